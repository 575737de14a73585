import { App, Input, Select } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { api } from "../../api/client";
import type { Enterprise } from "../../api/types";
import { useApi, useDo } from "../../api/use";
import { csv } from "../../lib/tsv";
import { save, useFilters } from "../../lib/use";
import { type Column, DataTable } from "../../parts/DataTable";
import { FileButton } from "../../parts/Evidence";
import { Page } from "../../parts/Page";
import { Empty, Failed } from "../../parts/States";
import { useText } from "../../text";
import { can, useMe } from "../shell/me";
import { ImportFaults } from "../survey/ImportFaults";
import { Button } from "antd";
import { DownloadOutlined } from "@ant-design/icons";

const size = 100;

/** The register of enterprises (企业名录). */
export function Component() {
  const { t } = useText();
  const go = useNavigate();
  const me = useMe();
  const { message } = App.useApp();
  const [f, set] = useFilters("q", "park", "region", "industry", "status", "above_scale", "sort", "page");
  const page = Number(f.page) || 1;
  const { page: _, ...filter } = f;
  const asked = useApi("enterprises", [{ ...filter, page, size }], { keep: true });
  const parks = useApi("register", ["park"]);
  const [faults, setFaults] = useState<{ place: string; message: string }[]>();
  const take = useDo(
    (file: File) => api.importRegister(file),
    ["enterprises"],
    (r) => {
      message.success(t("import.done", { stored: r.stored, unchanged: r.unchanged }));
      setFaults(r.faults?.length ? r.faults : undefined);
    },
  );
  const columns: Column<Enterprise>[] = [
    {
      key: "name",
      title: t("enterprise.name"),
      width: 270,
      fixed: "left",
      sortable: true,
      show: (e) => <Link to={`/enterprises/${e.code}`}>{e.name}</Link>,
    },
    { key: "code", title: t("enterprise.code"), width: 185, sortable: true, show: (e) => <span className="tab">{e.code}</span> },
    { key: "industry", title: t("enterprise.industry"), width: 220, sortable: true, show: (e) => e.industry_name || e.industry },
    { key: "parks", title: t("enterprise.park"), width: 160, show: (e) => e.parks?.map((p) => p.name).join("、") },
    { key: "region", title: t("enterprise.region"), width: 120, sortable: true, show: (e) => e.region_name || e.region },
    { key: "size", title: t("enterprise.size"), width: 80, sortable: true, show: (e) => e.size_name || e.size },
    {
      key: "above_scale",
      title: t("enterprise.aboveScale"),
      width: 80,
      show: (e) => (e.above_scale ? t("enterprise.above") : ""),
    },
    { key: "status", title: t("enterprise.status"), width: 90, sortable: true, show: (e) => e.status_name || e.status },
    {
      key: "founded_on",
      title: t("enterprise.founded"),
      width: 110,
      sortable: true,
      off: true,
      show: (e) => <span className="tab">{e.founded_on}</span>,
    },
    { key: "address", title: t("enterprise.address"), width: 260, off: true, show: (e) => e.address },
  ];
  const exportAll = async () => {
    const rows: Enterprise[] = [];
    for (let n = 1; ; n++) {
      const part = await api.enterprises({ ...filter, page: n, size: 1000 });
      rows.push(...part.rows);
      if (rows.length >= part.total || part.rows.length === 0) break;
    }
    const head = [
      t("enterprise.name"),
      t("enterprise.code"),
      t("enterprise.industry"),
      t("enterprise.park"),
      t("enterprise.region"),
      t("enterprise.size"),
      t("enterprise.aboveScale"),
      t("enterprise.status"),
      t("enterprise.founded"),
      t("enterprise.address"),
    ];
    save(
      `${t("enterprise.title")}.csv`,
      csv([
        head,
        ...rows.map((e) => [
          e.name,
          e.code,
          e.industry_name ?? "",
          e.parks?.map((p) => p.name).join("、") ?? "",
          e.region_name ?? "",
          e.size_name ?? "",
          e.above_scale ? t("enterprise.above") : "",
          e.status_name ?? "",
          e.founded_on ?? "",
          e.address ?? "",
        ]),
      ]),
    );
  };
  if (asked.error && !asked.data) return <Failed error={asked.error} retry={asked.refetch} />;
  const filtered = Object.entries(filter).some(([k, v]) => v && k !== "sort");
  return (
    <Page title={t("enterprise.title")} fill>
      {faults && <ImportFaults faults={faults} onClose={() => setFaults(undefined)} />}
      <DataTable
        id="enterprises"
        columns={columns}
        rows={asked.data?.rows}
        rowKey={(e) => e.code}
        loading={asked.isFetching}
        sort={f.sort}
        onSort={(sort) => set({ sort })}
        page={{ page, size, total: asked.data?.total ?? 0, go: (n) => set({ page: n > 1 ? String(n) : "" }) }}
        onOpen={(e) => go(`/enterprises/${e.code}`)}
        empty={
          <Empty
            title={filtered ? t("list.none") : t("enterprise.empty")}
            hint={filtered ? t("list.loosen") : t("enterprise.emptyHint")}
          />
        }
        toolbar={
          <>
            <Input.Search
              allowClear
              placeholder={t("enterprise.search")}
              aria-label={t("enterprise.search")}
              style={{ width: 240 }}
              defaultValue={f.q}
              onSearch={(q) => set({ q })}
            />
            <Select
              allowClear
              showSearch
              optionFilterProp="label"
              placeholder={t("enterprise.allParks")}
              aria-label={t("enterprise.allParks")}
              style={{ width: 150 }}
              value={f.park || undefined}
              onChange={(park) => set({ park })}
              options={parks.data?.rows.map((p) => ({ value: p.id, label: p.title }))}
            />
            <Select
              allowClear
              placeholder={t("enterprise.allScales")}
              aria-label={t("enterprise.allScales")}
              style={{ width: 120 }}
              value={f.above_scale || undefined}
              onChange={(above_scale) => set({ above_scale })}
              options={[
                { value: "true", label: t("enterprise.above") },
                { value: "false", label: t("enterprise.below") },
              ]}
            />
            <span className="total tab">{t("enterprise.total", { n: asked.data?.total ?? 0 })}</span>
          </>
        }
        actions={
          <>
            {can(me, "register.write") && (
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
          </>
        }
      />
    </Page>
  );
}
