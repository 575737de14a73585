import { Input, Select } from "antd";
import { useMemo } from "react";
import type { Indicator } from "../../api/types";
import { useApi } from "../../api/use";
import { useFilters } from "../../lib/use";
import { type Column, DataTable } from "../../parts/DataTable";
import { Page } from "../../parts/Page";
import { Empty, Failed } from "../../parts/States";
import { useOpener } from "../../parts/opener";
import { type Key, useText } from "../../text";
import { Link } from "react-router";

/** The list of indicators (指标目录): what each means, who answers for it, how it adds up. */
export function Component() {
  const { t, name } = useText();
  const open = useOpener();
  const [f, set] = useFilters("q", "group", "provider");
  const asked = useApi("indicators", []);
  const all = asked.data ?? [];
  const rows = useMemo(() => {
    const q = f.q.toLowerCase();
    return asked.data?.filter(
      (i) =>
        (!f.group || i.group === f.group) &&
        (!f.provider || i.provider === f.provider) &&
        (!q || `${i.code} ${i.name} ${i.en ?? ""} ${i.caliber ?? ""}`.toLowerCase().includes(q)),
    );
  }, [asked.data, f.q, f.group, f.provider]);
  const groups = [...new Set(all.map((i) => i.group).filter(Boolean))] as string[];
  const providers = [...new Map(all.filter((i) => i.provider).map((i) => [i.provider, i.provider_name || i.provider])).entries()];
  const known = (prefix: string, v?: string) => (v ? t(`${prefix}.${v}` as Key) || v : "");
  const columns: Column<Indicator>[] = [
    {
      key: "name",
      title: t("indicator.name"),
      width: 260,
      fixed: "left",
      show: (i) => (
        <button type="button" className="link" onClick={() => open.figure({ code: i.code })}>
          {name(i)}
        </button>
      ),
    },
    { key: "unit", title: t("indicator.unit"), width: 90, show: (i) => i.unit },
    { key: "kind", title: t("indicator.kind"), width: 100, show: (i) => known("kind", i.kind) },
    { key: "accumulate", title: t("indicator.accumulate"), width: 90, show: (i) => known("accumulate", i.accumulate) },
    { key: "caliber", title: t("indicator.caliber"), width: 420, show: (i) => <span title={i.caliber}>{i.caliber}</span> },
    { key: "group", title: t("indicator.group"), width: 130, show: (i) => i.group },
    { key: "provider", title: t("indicator.provider"), width: 150, show: (i) => i.provider_name || i.provider },
    { key: "code", title: t("indicator.code"), width: 220, off: true, show: (i) => <code>{i.code}</code> },
    {
      key: "page",
      title: "",
      width: 80,
      fixed: "right",
      show: (i) => <Link to={`/figures/${encodeURIComponent(i.code)}`}>{t("figure.card")}</Link>,
    },
  ];
  return (
    <Page title={t("indicator.title")} fill>
      {asked.error ? (
        <Failed error={asked.error} retry={asked.refetch} />
      ) : (
        <DataTable
          id="indicators"
          columns={columns}
          rows={rows}
          rowKey={(i) => i.code}
          loading={asked.isFetching}
          empty={<Empty title={t("indicator.none")} hint={t("list.loosen")} />}
          onOpen={(i) => open.figure({ code: i.code })}
          toolbar={
            <>
              <Input.Search
                allowClear
                placeholder={t("indicator.search")}
                aria-label={t("indicator.search")}
                style={{ width: 260 }}
                defaultValue={f.q}
                onSearch={(q) => set({ q })}
              />
              <Select
                allowClear
                placeholder={t("indicator.allGroups")}
                aria-label={t("indicator.allGroups")}
                style={{ width: 150 }}
                value={f.group || undefined}
                onChange={(group) => set({ group })}
                options={groups.map((g) => ({ value: g, label: g }))}
              />
              <Select
                allowClear
                placeholder={t("indicator.allProviders")}
                aria-label={t("indicator.allProviders")}
                style={{ width: 170 }}
                value={f.provider || undefined}
                onChange={(provider) => set({ provider })}
                options={providers.map(([value, label]) => ({ value, label }))}
              />
              <span className="total tab">{t("indicator.total", { n: rows?.length ?? 0 })}</span>
            </>
          }
        />
      )}
    </Page>
  );
}
