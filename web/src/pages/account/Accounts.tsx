import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Modal, Select, Typography } from "antd";
import { useState } from "react";
import { api, Problem } from "../../api/client";
import type { Account, Me } from "../../api/types";
import { useApi, useDo } from "../../api/use";
import { type Column, DataTable } from "../../parts/DataTable";
import { Faults } from "../../parts/Faults";
import { Page } from "../../parts/Page";
import { Empty, Failed } from "../../parts/States";
import { State } from "../../parts/State";
import { useText } from "../../text";

const off = (a: Account) => a.state !== undefined && a.state !== "" && a.state !== "active" && a.state !== "on";

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
    (a: Account) => api.setAccountState(a.id, off(a) ? "active" : "off"),
    ["accounts"],
    () => message.success(t("form.saved")),
  );
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
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
            {t("account.add")}
          </Button>
        }
      />
      {making && <Make known={asked.data ?? []} onClose={() => setMaking(false)} onMade={tell} />}
    </Page>
  );
}

const reachText = (r: Me["reach"] | undefined, county: string) =>
  r?.county ? county : [...(r?.parks ?? []), ...(r?.enterprises ?? [])].join("、");

interface Input1 {
  login: string;
  name: string;
  roles: string[];
  posts?: string[];
  county: string;
  parks?: string[];
  enterprises?: string[];
}

function Make({
  known,
  onClose,
  onMade,
}: {
  known: Account[];
  onClose: () => void;
  onMade: (login: string, password: string) => void;
}) {
  const { t } = useText();
  const [form] = Form.useForm<Input1>();
  const reach = Form.useWatch("county", form);
  const parks = useApi("register", ["park"]);
  const roles = new Map(known.flatMap((a) => (a.roles ?? []).map((r, i) => [r, a.role_names?.[i] ?? r] as const)));
  const make = useDo(
    (v: Input1) =>
      api.makeAccount({
        login: v.login.trim(),
        name: v.name.trim(),
        roles: v.roles,
        posts: v.posts ?? [],
        reach: {
          county: v.county === "county",
          parks: v.county === "parks" ? (v.parks ?? []) : [],
          enterprises: v.county === "enterprises" ? (v.enterprises ?? []) : [],
        },
      }),
    ["accounts"],
    (r, v) => {
      onClose();
      onMade(v.login, r.password);
    },
  );
  const need = [{ required: true, message: t("wrong.need") }];
  return (
    <Modal
      open
      title={t("account.add")}
      onCancel={onClose}
      onOk={() => form.submit()}
      okText={t("form.save")}
      cancelText={t("form.cancel")}
      okButtonProps={{ loading: make.isPending }}
      destroyOnHidden
    >
      <Faults problem={make.error instanceof Problem ? make.error : undefined} error={make.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ county: "county" }}
        onFinish={(v) => make.mutate(v)}
      >
        <Form.Item name="name" label={t("account.name")} rules={need}>
          <Input />
        </Form.Item>
        <Form.Item name="login" label={t("account.login")} rules={need}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="roles" label={t("account.roles")} rules={need}>
          <Select mode="tags" options={[...roles].map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <Form.Item name="posts" label={t("account.posts")}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="county" label={t("account.reach")}>
          <Select
            options={[
              { value: "county", label: t("account.wholeCounty") },
              { value: "parks", label: t("account.someParks") },
              { value: "enterprises", label: t("account.someEnterprises") },
            ]}
          />
        </Form.Item>
        {reach === "parks" && (
          <Form.Item name="parks" label={t("account.someParks")} rules={need}>
            <Select mode="multiple" options={parks.data?.rows.map((p) => ({ value: p.id, label: p.title }))} />
          </Form.Item>
        )}
        {reach === "enterprises" && (
          <Form.Item name="enterprises" label={t("account.someEnterprises")} rules={need} extra={t("account.codesHint")}>
            <Select mode="tags" open={false} suffixIcon={null} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
