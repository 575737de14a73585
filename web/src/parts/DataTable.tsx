import { SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover, Table, type TableProps } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { group } from "../lib/number";
import { useHeight, usePrinting } from "../lib/use";
import { useText } from "../text";
import "./data-table.css";

export interface Column<R> {
  key: string;
  title: string;
  unit?: string;
  num?: boolean;
  width: number;
  fixed?: "left" | "right";
  sortable?: boolean; // the server sorts
  off?: boolean; // hidden until chosen
  show: (row: R) => ReactNode;
}
interface Props<R> {
  id: string; // remembers the chosen columns
  columns: Column<R>[];
  rows: R[] | undefined;
  rowKey: (row: R) => string;
  loading?: boolean;
  empty: ReactNode;
  onOpen?: (row: R) => void;
  totals?: Record<string, string>;
  sort?: string;
  onSort?: (sort: string) => void;
  page?: { page: number; size: number; total: number; go: (page: number) => void };
  toolbar: ReactNode;
  actions?: ReactNode;
}

/** DataTable is the one list of the application: a toolbar row, the rows, totals in the foot. */
export function DataTable<R extends object>(p: Props<R>) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const height = useHeight(box);
  const printing = usePrinting();
  const [hidden, setHidden] = useHidden(p.id, p.columns);
  const shown = p.columns.filter((c) => !hidden.includes(c.key));
  const width = shown.reduce((w, c) => w + c.width, 0);
  const rows = p.rows ?? [];
  const foot = p.totals && Object.keys(p.totals).length > 0;
  const spare = 37 + (foot ? 37 : 0);

  // What scrolls can be reached and scrolled by keyboard.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table makes its body anew with its rows
  useEffect(() => {
    for (const b of box.current?.querySelectorAll(".ant-table-body") ?? []) b.setAttribute("tabindex", "0");
  }, [rows.length, shown.length, height]);

  const columns: TableProps<R>["columns"] = shown.map((c) => ({
    key: c.key,
    title: c.unit ? (
      <>
        {c.title}
        <span className="unit">{c.unit}</span>
      </>
    ) : (
      c.title
    ),
    width: c.width,
    fixed: printing ? undefined : c.fixed,
    align: c.num ? "right" : undefined,
    className: c.num ? "num" : undefined,
    ellipsis: !c.num,
    sorter: c.sortable || undefined,
    sortOrder: p.sort === c.key ? "ascend" : p.sort === `-${c.key}` ? "descend" : null,
    render: (_: unknown, r: R) => c.show(r),
  }));

  return (
    <section className="panel panel-fill data-table">
      <div className="toolbar">
        {p.toolbar}
        <div className="push row no-print">
          <ColumnPicker columns={p.columns} hidden={hidden} onChange={setHidden} label={t("table.columns")} />
          {p.actions}
        </div>
      </div>
      <div className="data-table-body" ref={box}>
        <Table<R>
          size="small"
          columns={columns}
          dataSource={rows}
          rowKey={p.rowKey}
          pagination={false}
          virtual={!printing && rows.length > 200}
          scroll={printing ? undefined : { x: width, y: rows.length === 0 ? undefined : Math.max(height - spare, 160) }}
          loading={{ spinning: p.loading ?? false, delay: 300 }}
          locale={{
            emptyText: p.rows === undefined ? <div className="table-wait" /> : p.empty,
            triggerAsc: t("table.asc"),
            triggerDesc: t("table.desc"),
            cancelSort: t("table.unsort"),
          }}
          onRow={(r) =>
            p.onOpen
              ? { onClick: (e) => !(e.target as HTMLElement).closest("a,button,input") && p.onOpen?.(r), className: "opens" }
              : {}
          }
          onChange={(_, __, s) => {
            const one = Array.isArray(s) ? s[0] : s;
            p.onSort?.(one?.order ? `${one.order === "descend" ? "-" : ""}${String(one.columnKey)}` : "");
          }}
          summary={foot ? () => totalsRow(shown, p.totals ?? {}, !printing, t("grid.total")) : undefined}
        />
      </div>
      {p.page && p.page.total > p.page.size && <Pager {...p.page} />}
    </section>
  );
}

/** totalsRow is a function, not a component: the table looks at the element itself to fix it to the bottom. */
function totalsRow<R>(columns: Column<R>[], totals: Record<string, string>, fixed: boolean, label: string) {
  return (
    <Table.Summary fixed={fixed ? "bottom" : false}>
      <Table.Summary.Row>
        {columns.map((c, i) => (
          <Table.Summary.Cell key={c.key} index={i} align={c.num ? "right" : undefined} className={c.num ? "num" : undefined}>
            {i === 0 ? label : totals[c.key] ? group(totals[c.key] ?? "") : ""}
          </Table.Summary.Cell>
        ))}
      </Table.Summary.Row>
    </Table.Summary>
  );
}

function Pager({ page, size, total, go }: { page: number; size: number; total: number; go: (page: number) => void }) {
  const { t } = useText();
  const last = Math.ceil(total / size);
  return (
    <nav className="pager no-print" aria-label={t("table.pages")}>
      <span className="cap tab">
        {t("table.range", { from: (page - 1) * size + 1, to: Math.min(page * size, total), total })}
      </span>
      <Button size="small" disabled={page <= 1} onClick={() => go(page - 1)}>
        {t("table.prev")}
      </Button>
      <span className="tab soft">
        {page} / {last}
      </span>
      <Button size="small" disabled={page >= last} onClick={() => go(page + 1)}>
        {t("table.next")}
      </Button>
    </nav>
  );
}

function ColumnPicker<R>({
  columns,
  hidden,
  onChange,
  label,
}: {
  columns: Column<R>[];
  hidden: string[];
  onChange: (hidden: string[]) => void;
  label: string;
}) {
  const list = (
    <div className="column-list">
      {columns.slice(1).map((c) => (
        <Checkbox
          key={c.key}
          checked={!hidden.includes(c.key)}
          onChange={(e) => onChange(e.target.checked ? hidden.filter((k) => k !== c.key) : [...hidden, c.key])}
        >
          {c.title}
        </Checkbox>
      ))}
    </div>
  );
  return (
    <Popover content={list} trigger="click" placement="bottomRight" arrow={false}>
      <Button icon={<SettingOutlined />}>{label}</Button>
    </Popover>
  );
}

function useHidden<R>(id: string, columns: Column<R>[]): [string[], (hidden: string[]) => void] {
  const key = `gongmai.columns.${id}`;
  const [own, setOwn] = useState<{ id: string; hidden: string[] | null }>(() => ({ id, hidden: stored(key) }));
  const chosen = own.id === id ? own.hidden : stored(key);
  return [
    chosen ?? columns.filter((c) => c.off).map((c) => c.key),
    (hidden) => {
      localStorage.setItem(key, JSON.stringify(hidden));
      setOwn({ id, hidden });
    },
  ];
}

function stored(key: string): string[] | null {
  try {
    const v: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return Array.isArray(v) ? v.map(String) : null;
  } catch {
    return null; // written by something else; the default columns will do
  }
}
