import { useApi } from "../../api/use";
import type { AuditPage } from "../../api/types";
import { clock } from "../../lib/period";
import { useFilters } from "../../lib/use";
import { type Column, DataTable } from "../../parts/DataTable";
import { Page } from "../../parts/Page";
import { Empty, Failed } from "../../parts/States";
import { State } from "../../parts/State";
import { useText } from "../../text";
import { short } from "../indicator/Facts";

const size = 100;
type Row = AuditPage["rows"][number];

/** The audit (审计): who did what, when and why, in a chain that shows whether it is whole. */
export function Component() {
  const { t } = useText();
  const [f, set] = useFilters("page");
  const page = Number(f.page) || 1;
  const asked = useApi("audit", [{ page, size }], { keep: true });
  if (asked.error && !asked.data) return <Failed error={asked.error} retry={asked.refetch} />;
  const chain = asked.data?.chain;
  const columns: Column<Row>[] = [
    { key: "seq", title: t("audit.seq"), num: true, width: 80, fixed: "left", show: (r) => r.seq },
    { key: "at", title: t("audit.at"), width: 170, show: (r) => <span className="tab">{clock(r.at, true)}</span> },
    { key: "actor", title: t("audit.who"), width: 130, show: (r) => r.actor_name || r.actor },
    { key: "act", title: t("audit.act"), width: 140, show: (r) => r.act },
    { key: "kind", title: t("audit.kind"), width: 160, show: (r) => r.kind },
    { key: "record", title: t("audit.record"), width: 280, show: (r) => <span title={r.record}>{r.record}</span> },
    { key: "reason", title: t("audit.why"), width: 220, show: (r) => <span title={r.reason}>{r.reason}</span> },
    { key: "hash", title: t("audit.hash"), width: 150, show: (r) => <code title={r.hash}>{short(r.hash ?? "")}</code> },
  ];
  return (
    <Page
      title={t("audit.title")}
      fill
      sub={
        chain && (
          <>
            <State name={chain.ok ? t("audit.whole") : t("audit.broken")} tone={chain.ok ? "done" : "stop"} />
            <code title={chain.head}>{short(chain.head ?? "")}</code>
          </>
        )
      }
    >
      <DataTable
        id="audit"
        columns={columns}
        rows={asked.data?.rows}
        rowKey={(r) => String(r.seq)}
        loading={asked.isFetching}
        empty={<Empty title={t("audit.empty")} />}
        page={{ page, size, total: asked.data?.total ?? 0, go: (n) => set({ page: n > 1 ? String(n) : "" }) }}
        toolbar={<span className="total tab">{t("list.total", { n: asked.data?.total ?? 0 })}</span>}
      />
    </Page>
  );
}
