import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Typography } from "antd";
import { useState } from "react";
import { api } from "../../api/client";
import type { Account, Me } from "../../api/types";
import { useApi, useDo } from "../../api/use";
import { type Column, DataTable } from "../../parts/DataTable";
import { Page } from "../../parts/Page";
import { Empty, Failed } from "../../parts/States";
import { State } from "../../parts/State";
import { useText } from "../../text";
import { can, useMe } from "../shell/me";
import { GrantDialog } from "./GrantDialog";
import { MakeDialog } from "./MakeDialog";

const off = (a: Account) => a.state !== undefined && a.state !== "" && a.state !== "active";

/** Persons and posts (人员与岗位). A password is shown once, when it is made. */
export function Component() {
  const { t } = useText();
  const { modal, message } = App.useApp();
  const asked = useApi("accounts", []);
  const [making, setMaking] = useState(false);
  const tell = (login: string, password: string) =>
    modal.info({
      title: t("account.once"),
      content: (
        <div className="stack" style={{ gap: 4 }}>
          <span>{login}</span>
          <Typography.Text copyable code>
            {password}
          </Typography.Text>
          <span className="cap">{t("account.onceHint")}</span>
        </div>
      ),
    });
  const reset = useDo(
    (a: Account) => api.resetAccount(a.id),
    ["accounts"],
    (r, a) => tell(a.login, r.password),
  );
  const turn = useDo(
    (a: Account) => api.setAccountState(a.id, off(a) ? "active" : "disabled"),
    ["accounts"],
    () => message.success(t("form.saved")),
  );
  const me = useMe();
  const manages = can(me, "account.manage");
  const [granting, setGranting] = useState<Account>();
  const fail = { onError: (e: Error) => message.error(e.message) };
  if (asked.error) return <Failed error={asked.error} retry={asked.refetch} />;
  const columns: Column<Account>[] = [
    { key: "name", title: t("account.name"), width: 160, fixed: "left", show: (a) => a.name },
    { key: "login", title: t("account.login"), width: 160, show: (a) => a.login },
    { key: "roles", title: t("account.roles"), width: 220, show: (a) => (a.role_names ?? a.roles ?? []).join("、") },
    { key: "posts", title: t("account.posts"), width: 260, show: (a) => (a.posts ?? []).join("、") },
    { key: "reach", title: t("account.reach"), width: 260, show: (a) => reachText(a.reach, t("account.wholeCounty")) },
    {
      key: "state",
      title: t("account.state"),
      width: 100,
      show: (a) => <State name={off(a) ? t("account.off") : t("account.on")} tone={off(a) ? "stop" : "done"} />,
    },
    {
      key: "do",
      title: t("list.actions"),
      width: 170,
      fixed: "right",
      show: (a) => (
        <span className="row">
          {can(me, "policy.manage") && (
            <button type="button" className="link" onClick={() => setGranting(a)}>
              {t("account.grant")}
            </button>
          )}
          {manages && (
            <>
              <button
                type="button"
                className="link"
                onClick={() =>
                  modal.confirm({
                    title: t("account.resetAsk", { name: a.name }),
                    okText: t("account.reset"),
                    onOk: () => reset.mutateAsync(a).catch(fail.onError),
                  })
                }
              >
                {t("account.reset")}
              </button>
              <button
                type="button"
                className="link"
                onClick={() =>
                  modal.confirm({
                    title: t(off(a) ? "account.onAsk" : "account.offAsk", { name: a.name }),
                    onOk: () => turn.mutateAsync(a).catch(fail.onError),
                  })
                }
              >
                {t(off(a) ? "account.turnOn" : "account.turnOff")}
              </button>
            </>
          )}
        </span>
      ),
    },
  ];
  return (
    <Page title={t("account.title")} fill>
      <DataTable
        id="accounts"
        columns={columns}
        rows={asked.data}
        rowKey={(a) => a.id}
        loading={asked.isFetching}
        empty={<Empty title={t("account.empty")} />}
        toolbar={<span className="total tab">{t("account.total", { n: asked.data?.length ?? 0 })}</span>}
        actions={
          manages ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
              {t("account.add")}
            </Button>
          ) : undefined
        }
      />
      {making && <MakeDialog onClose={() => setMaking(false)} onMade={tell} />}
      {granting && <GrantDialog account={granting} known={asked.data ?? []} onClose={() => setGranting(undefined)} />}
    </Page>
  );
}

const reachText = (r: Me["reach"] | undefined, county: string) =>
  r?.county ? county : [...(r?.parks ?? []), ...(r?.enterprises ?? [])].join("、");
