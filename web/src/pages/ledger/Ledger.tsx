import { DownloadOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Input, Select } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { api } from "../../api/client";
import type { Field, LedgerRecord, TypeDef } from "../../api/types";
import { useApi, useDo } from "../../api/use";
import { group } from "../../lib/number";
import { births, columns as fieldColumns, width } from "../../lib/record";
import { csv } from "../../lib/tsv";
import { save, useFilters } from "../../lib/use";
import { type Column, DataTable } from "../../parts/DataTable";
import { FileButton } from "../../parts/Evidence";
import { useOpener } from "../../parts/opener";
import { Page } from "../../parts/Page";
import { Empty, Failed } from "../../parts/States";
import { State } from "../../parts/State";
import { useText } from "../../text";
import { can, useMe } from "../shell/me";
import { ImportFaults } from "../survey/ImportFaults";
import { CreateDrawer } from "./CreateDrawer";
import "./ledger.css";

const size = 100;

/** One ledger (台账): its records, filtered by what stands in the URL; a record opens in a drawer. */
export function Component() {
  const { t, name } = useText();
  const { type = "" } = useParams();
  const open = useOpener();
  const writes = can(useMe(), "ledger.write");
  const { message } = App.useApp();
  const [f, set] = useFilters("q", "state", "enterprise", "period", "sort", "page", "new");
  const page = Number(f.page) || 1;
  const query = { q: f.q, state: f.state, enterprise: f.enterprise, period: f.period, sort: f.sort };
  const asked = useApi("ledger", [type, { ...query, page, size }], { keep: true });
  const [faults, setFaults] = useState<{ place: string; message: string }[]>();
  const take = useDo(
    (file: File) => api.importLedger(type, file),
    ["ledger"],
    (r) => {
      message.success(t("import.done", { stored: r.stored, unchanged: r.unchanged }));
      setFaults(r.faults?.length ? r.faults : undefined);
    },
  );
  const data = asked.data?.type.code === type ? asked.data : undefined;
  if (asked.error && !data) return <Failed error={asked.error} retry={asked.refetch} />;
  const def = data?.type;

  const exportAll = async () => {
    if (!def) return;
    const rows: LedgerRecord[] = [];
    for (let n = 1; ; n++) {
      const part = await api.ledger(type, { ...query, page: n, size: 1000 });
      rows.push(...part.rows);
      if (rows.length >= part.total || part.rows.length === 0) break;
    }
    const head = [
      t("record.number"),
      ...def.fields.map((x) => (x.unit ? `${name(x)}（${x.unit}）` : name(x))),
      t("record.state"),
      t("record.effective"),
    ];
    save(
      `${def.name}.csv`,
      csv([head, ...rows.map((r) => [r.number, ...def.fields.map((x) => text(r, x)), r.state_name, r.effective_on])]),
    );
  };

  return (
    <Page title={def ? name(def) : t("ledger.title")} sub={<Link to="/ledgers">{def?.office_name || t("ledger.all")}</Link>} fill>
      {faults && <ImportFaults faults={faults} onClose={() => setFaults(undefined)} />}
      <DataTable<LedgerRecord>
        id={`ledger.${type}`}
        columns={
          def
            ? columnsOf(
                def,
                name,
                t("record.number"),
                t("record.title"),
                t("record.enterprise"),
                t("record.state"),
                t("record.due"),
              )
            : []
        }
        rows={data?.rows}
        rowKey={(r) => r.id}
        loading={asked.isFetching}
        totals={data?.totals}
        sort={f.sort}
        onSort={(sort) => set({ sort })}
        page={{ page, size, total: data?.total ?? 0, go: (n) => set({ page: n > 1 ? String(n) : "" }) }}
        empty={
          <Empty
            title={f.q || f.state ? t("list.none") : t("ledger.empty")}
            hint={f.q || f.state ? t("list.loosen") : t("ledger.emptyHint")}
            action={
              writes && def && births(def).length > 0 && !f.q && !f.state ? (
                <Button type="primary" onClick={() => set({ new: "1" })}>
                  {t("ledger.create", { name: name(def) })}
                </Button>
              ) : undefined
            }
          />
        }
        onOpen={(r) => open.record(type, r.id)}
        toolbar={
          <>
            <Input.Search
              key={`q${type}`}
              allowClear
              placeholder={t("ledger.search")}
              aria-label={t("ledger.search")}
              style={{ width: 240 }}
              defaultValue={f.q}
              onSearch={(q) => set({ q })}
            />
            <Select
              allowClear
              placeholder={t("ledger.allStates")}
              aria-label={t("ledger.allStates")}
              style={{ width: 150 }}
              value={f.state || undefined}
              onChange={(state) => set({ state })}
              options={(def?.states ?? []).map((s) => ({ value: s.code, label: name(s) }))}
            />
            {f.enterprise && (
              <Button onClick={() => set({ enterprise: "" })}>{data?.rows[0]?.enterprise_name ?? f.enterprise} ×</Button>
            )}
            <span className="total tab">{t("list.total", { n: data?.total ?? 0 })}</span>
          </>
        }
        actions={
          <>
            {writes && (
              <FileButton
                label={t("list.import")}
                accept=".xlsx,.csv"
                busy={take.isPending}
                onFile={(file) => take.mutate(file, { onError: (e) => message.error(e.message) })}
              />
            )}
            <Button icon={<DownloadOutlined />} onClick={() => exportAll().catch((e: Error) => message.error(e.message))}>
              {t("list.export")}
            </Button>
            {writes && def && births(def).length > 0 && (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => set({ new: "1" })}>
                {t("ledger.add")}
              </Button>
            )}
          </>
        }
      />
      {def && f.new && (
        <CreateDrawer
          type={def}
          enterprise={f.enterprise}
          onClose={() => set({ new: "" })}
          onMade={(id) => {
            set({ new: "" });
            setTimeout(() => open.record(type, id)); // after the URL has let go of the form
          }}
        />
      )}
    </Page>
  );
}

/** text is what a field says, readable; the value itself when the server gave no reading. */
export function text(r: LedgerRecord, f: Field): string {
  const shown = r.shown?.[f.code];
  if (shown !== undefined) return shown;
  const v = r.values?.[f.code];
  if (v === undefined || v === null) return "";
  if (Array.isArray(v)) return v.map((x) => f.options?.find((o) => o.code === x)?.name ?? String(x)).join("、");
  return f.options?.find((o) => o.code === v)?.name ?? String(v);
}

/** cell writes a number with separators, and everything else as it reads. */
export function cell(r: LedgerRecord, f: Field): string {
  const v = r.values?.[f.code];
  return f.type === "number" && v !== undefined && v !== null ? group(String(v)) : text(r, f);
}

function columnsOf(
  def: TypeDef,
  name: (x: { name: string; en?: string }) => string,
  number: string,
  title: string,
  enterprise: string,
  state: string,
  due: string,
): Column<LedgerRecord>[] {
  return [
    {
      key: "title",
      title: def.title ? name(def.fields.find((x) => x.code === def.title) ?? { name: title }) : title,
      width: 240,
      fixed: "left",
      show: (r) => <span title={r.title}>{r.title || r.number || r.id}</span>,
    },
    ...(def.number
      ? [
          {
            key: "number",
            title: number,
            width: 190,
            sortable: true,
            show: (r: LedgerRecord) => <span className="tab">{r.number}</span>,
          },
        ]
      : []),
    ...(def.subject
      ? [{ key: "enterprise", title: enterprise, width: 220, show: (r: LedgerRecord) => r.enterprise_name || r.enterprise }]
      : []),
    { key: "state", title: state, width: 110, sortable: true, show: (r) => <State name={r.state_name} tone={r.tone} /> },
    ...fieldColumns(def).map(
      ({ field, off }): Column<LedgerRecord> => ({
        key: field.code,
        title: name(field),
        unit: field.type === "number" ? field.unit : undefined,
        num: field.type === "number",
        width: width(field),
        off,
        sortable: true,
        show: (r) => cell(r, field),
      }),
    ),
    { key: "due", title: due, width: 110, show: (r) => <span className={r.late ? "late tab" : "tab"}>{r.due}</span> },
  ];
}
