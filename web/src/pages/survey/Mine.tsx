import { App, Button, Segmented, Select } from "antd";
import { useEffect, useMemo, useState } from "react";
import type { FormDef, Item, ReturnRow } from "../../api/types";
import { useApi } from "../../api/use";
import { group, read } from "../../lib/number";
import { clock, say } from "../../lib/period";
import { useFilters } from "../../lib/use";
import { Page, Panel } from "../../parts/Page";
import { PeriodPicker } from "../../parts/PeriodPicker";
import { State } from "../../parts/State";
import { Await, Empty } from "../../parts/States";
import { useText } from "../../text";
import { isOpen, stateTone } from "./state";
import { useReturns } from "./useReturns";
import "./mine.css";

/** What an enterprise reporter sees: its own return, on a phone as well as at a desk. */
export function Component() {
  const { t, name, lang } = useText();
  const [f, set] = useFilters("form", "period", "enterprise");
  const forms = useApi("forms", []);
  const own = forms.data?.filter((x) => !x.copy && x.periods?.length) ?? [];
  // The form that comes round most often is what a reporter comes for.
  const def = own.find((x) => x.code === f.form) ?? own.find((x) => x.every === "month") ?? own[0];
  const period = f.period || def?.periods[0] || "";
  const asked = useApi("formPeriod", [def?.code ?? "", period], { on: Boolean(def && period) });
  const rows = asked.data?.rows ?? [];
  const row = rows.find((r) => r.enterprise === f.enterprise) ?? rows[0];
  return (
    <Page
      title={def ? name(def) : t("mine.title")}
      extra={def && <PeriodPicker value={period} options={def.periods} onChange={(p) => set({ period: p })} />}
    >
      <div className="mine">
        {own.length > 1 && (
          <Segmented
            block
            value={def?.code}
            onChange={(form) => set({ form, period: "" })}
            options={own.map((x) => ({ value: x.code, label: name(x) }))}
          />
        )}
        {rows.length > 1 && (
          <Select
            showSearch
            optionFilterProp="label"
            aria-label={t("enterprise.name")}
            value={row?.enterprise}
            onChange={(enterprise) => set({ enterprise })}
            options={rows.map((r) => ({ value: r.enterprise, label: r.name }))}
          />
        )}
        {forms.data && !def ? (
          <Panel>
            <Empty title={t("mine.none")} hint={t("mine.noneHint")} />
          </Panel>
        ) : (
          <Await of={{ ...asked, error: asked.error ?? forms.error }} rows={10}>
            {(d) =>
              row && def ? (
                <Card
                  key={`${def.code}/${period}/${row.enterprise}`}
                  def={def}
                  period={period}
                  due={d.due}
                  row={row}
                  when={say(period, lang)}
                />
              ) : (
                <Panel>
                  <Empty title={t("mine.none")} hint={t("mine.noneHint")} />
                </Panel>
              )
            }
          </Await>
        )}
      </div>
    </Page>
  );
}

function Card({ def, period, due, row, when }: { def: FormDef; period: string; due: string; row: ReturnRow; when: string }) {
  const { t } = useText();
  const { message } = App.useApp();
  const rows = useMemo(() => [row], [row]);
  const r = useReturns(def.code, period, rows, def.items, t);
  const [busy, setBusy] = useState(false);
  const [correcting, setCorrecting] = useState(false);
  const cells = r.sheet.cells[row.enterprise] ?? {};
  const open = isOpen(row) || correcting;
  const faults = r.faults[row.enterprise] ?? [];
  const same = def.items.filter((i) => !cells[i.code] && row.last_month?.[i.code]);
  const lacking = def.items.filter((i) => i.need && !cells[i.code]);
  const put = (edits: [string, string][]) =>
    r.act({ do: "edit", edits: edits.map(([col, value]) => ({ row: row.enterprise, col, value })) });
  const submit = async () => {
    setBusy(true);
    try {
      await r.submit(row.enterprise, correcting ? { reason: t("mine.corrected") } : {});
      setCorrecting(false);
      await r.again();
      message.success(t("mine.thanks"));
    } catch (e) {
      message.error((e as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel">
      <header>
        <h2>{row.name}</h2>
        <State name={t(`return.${row.state}`)} tone={stateTone(row.state)} />
      </header>
      <div className="mine-head">
        <span className="cap tab">
          {when} · {t("mine.due", { day: due })}
          {def.number && ` · ${t("survey.numberIs", { number: def.number })}`}
          {def.approval && ` · ${t("survey.approvalIs", { approval: def.approval })}`}
          {def.valid_until && ` · ${t("survey.validIs", { day: def.valid_until })}`}
        </span>
        {open && same.length > 0 && (
          <Button onClick={() => put(same.map((i) => [i.code, row.last_month?.[i.code] ?? ""]))}>
            {t("mine.sameAll", { n: same.length })}
          </Button>
        )}
      </div>
      <ul className="mine-items">
        {def.items.map((i) => (
          <Line
            key={i.code}
            item={i}
            value={cells[i.code] ?? ""}
            row={row}
            open={open}
            mark={r.marks[row.enterprise]?.[i.code]}
            onValue={(v) => put([[i.code, v]])}
          />
        ))}
      </ul>
      {faults.some((f) => !f.items?.length) && (
        <ul className="faults mine-faults">
          {faults
            .filter((f) => !f.items?.length)
            .map((f) => (
              <li key={f.message} className={f.level}>
                {f.message}
              </li>
            ))}
        </ul>
      )}
      <footer className="mine-foot">
        <span className="cap grow" role="status">
          {r.error ? (
            <span className="late">{r.error}</span>
          ) : r.saving ? (
            t("survey.saving")
          ) : r.savedAt ? (
            t("survey.savedAt", { at: clock(r.savedAt).slice(11) })
          ) : lacking.length && open ? (
            t("mine.lacking", { n: lacking.length })
          ) : (
            ""
          )}
        </span>
        {open ? (
          <Button
            type="primary"
            size="large"
            loading={busy}
            disabled={lacking.length > 0 || faults.some((f) => f.level === "hard")}
            onClick={submit}
          >
            {t("survey.submit")}
          </Button>
        ) : (
          row.state !== "locked" && <Button onClick={() => setCorrecting(true)}>{t("survey.correct")}</Button>
        )}
      </footer>
    </section>
  );
}

function Line({
  item,
  value,
  row,
  open,
  mark,
  onValue,
}: {
  item: Item;
  value: string;
  row: ReturnRow;
  open: boolean;
  mark?: { level: string; message: string };
  onValue: (v: string) => void;
}) {
  const { t, name } = useText();
  const [text, setText] = useState<string>();
  const numeric = !item.type || item.type === "number";
  const before = row.last_month?.[item.code];
  const year = row.last_year?.[item.code];
  const id = `mine-${item.code}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value from elsewhere replaces what was typed
  useEffect(() => setText(undefined), [value]);
  const shown = text ?? (numeric ? group(value) : value);
  const commit = (s: string) => onValue(numeric ? (read(s) ?? s.trim()) : s.trim());
  return (
    <li className={`mine-item ${mark ? `bad-${mark.level}` : ""}`}>
      <label htmlFor={id} style={{ paddingLeft: (item.indent ?? 0) * 14 }}>
        {name(item)}
        {item.need && (
          <b className="late" aria-hidden>
            *
          </b>
        )}
        <span className="unit">{item.unit}</span>
      </label>
      <div className="mine-input">
        {item.type === "enum" ? (
          <select id={id} value={value} disabled={!open} onChange={(e) => onValue(e.target.value)}>
            <option value="" />
            {item.options?.map((o) => (
              <option key={o.code} value={o.code}>
                {name(o)}
              </option>
            ))}
          </select>
        ) : (
          <input
            id={id}
            className={numeric ? "num" : ""}
            value={shown}
            readOnly={!open}
            inputMode={numeric ? "decimal" : "text"}
            autoComplete="off"
            aria-describedby={`${id}-hint`}
            aria-invalid={mark?.level === "hard"}
            onChange={(e) => setText(e.target.value)}
            onBlur={() => text !== undefined && commit(text)}
          />
        )}
        {open && before && before !== value && numeric && (
          <button type="button" className="mine-same" onClick={() => onValue(before)}>
            {t("mine.same")}
          </button>
        )}
      </div>
      <div id={`${id}-hint`} className="mine-hint">
        {numeric && (before || year) && (
          <span className="cap tab">
            {before && `${t("grid.lastMonth")} ${group(before)}`}
            {before && year && " · "}
            {year && `${t("grid.lastYear")} ${group(year)}`}
          </span>
        )}
        {item.hint && <span className="cap">{item.hint}</span>}
        {mark && <span className="mine-mark">{mark.message}</span>}
      </div>
    </li>
  );
}
