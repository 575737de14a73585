import { Input } from "antd";
import { useMemo } from "react";
import { useParams } from "react-router";
import type { LedgerRecord } from "../../api/types";
import { useApi } from "../../api/use";
import { width } from "../../lib/record";
import { useFilters } from "../../lib/use";
import { type Column, DataTable } from "../../parts/DataTable";
import { useOpener } from "../../parts/opener";
import { Page } from "../../parts/Page";
import { Empty, Failed } from "../../parts/States";
import { useText } from "../../text";
import { cell } from "./Ledger";

/** A register other than the enterprises: things that exist and have no flow. */
export function Component() {
  const { t, name } = useText();
  const { type = "" } = useParams();
  const open = useOpener();
  const [f, set] = useFilters("q");
  const asked = useApi("register", [type]);
  const def = asked.data?.type;
  const rows = useMemo(
    () =>
      asked.data?.rows.filter(
        (r) => !f.q || `${r.id} ${r.title} ${Object.values(r.shown ?? {}).join(" ")}`.toLowerCase().includes(f.q.toLowerCase()),
      ),
    [asked.data, f.q],
  );
  if (asked.error) return <Failed error={asked.error} retry={asked.refetch} />;
  const columns: Column<LedgerRecord>[] = def
    ? [
        { key: "title", title: t("record.title"), width: 240, fixed: "left", show: (r) => r.title || r.id },
        ...def.fields
          .filter((x) => x.code !== def.title && x.type !== "files")
          .map(
            (x): Column<LedgerRecord> => ({
              key: x.code,
              title: name(x),
              unit: x.type === "number" ? x.unit : undefined,
              num: x.type === "number",
              width: width(x),
              show: (r) => cell(r, x),
            }),
          ),
      ]
    : [];
  return (
    <Page title={def ? name(def) : t("state.loading")} fill>
      <DataTable
        id={`register.${type}`}
        columns={columns}
        rows={rows}
        rowKey={(r) => r.id}
        loading={asked.isFetching}
        empty={<Empty title={t("list.none")} hint={t("list.loosen")} />}
        onOpen={(r) => r.ref && open.fact(r.ref)}
        toolbar={
          <>
            <Input.Search
              allowClear
              placeholder={t("list.search")}
              aria-label={t("list.search")}
              style={{ width: 240 }}
              defaultValue={f.q}
              onSearch={(q) => set({ q })}
            />
            <span className="total tab">{t("list.total", { n: rows?.length ?? 0 })}</span>
          </>
        }
      />
    </Page>
  );
}
