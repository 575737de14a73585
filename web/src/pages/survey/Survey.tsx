import { CheckOutlined, DownloadOutlined, PrinterOutlined, RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { App, Button, Input, Segmented, Select } from "antd";
import { useMemo, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api } from "../../api/client";
import type { FormDef, FormPeriod, PlaceFault, ReturnRow } from "../../api/types";
import { useApi, useDo } from "../../api/use";
import { clock, say } from "../../lib/period";
import { useFilters } from "../../lib/use";
import { FileButton } from "../../parts/Evidence";
import { Grid } from "../../parts/Grid";
import { Page } from "../../parts/Page";
import { PeriodPicker } from "../../parts/PeriodPicker";
import { State } from "../../parts/State";
import { Await, Empty } from "../../parts/States";
import { useText } from "../../text";
import { can, useMe } from "../shell/me";
import { FillDialog } from "./FillDialog";
import { ImportFaults } from "./ImportFaults";
import { Late } from "./Late";
import { Rail } from "./Rail";
import { isOpen, owing, pick, stateTone, type View, views } from "./state";
import { useReturns } from "./useReturns";
import "./survey.css";

/** One form in one period (月报): entry, review, and who is late. */
export function Component() {
  const { t, name, lang } = useText();
  const { form = "", period = "" } = useParams();
  const go = useNavigate();
  const forms = useApi("forms", []);
  const asked = useApi("formPeriod", [form, period]);
  const def = forms.data?.find((f) => f.code === form);
  return (
    <Page
      title={def ? name(def) : t("survey.title")}
      fill
      sub={def && <Source of={def} />}
      extra={
        <>
          {asked.data && (
            <span className="soft tab">
              {t("survey.progress", {
                received: asked.data.received,
                expected: asked.data.expected,
                accepted: asked.data.accepted,
                due: asked.data.due,
              })}
            </span>
          )}
          {def && <PeriodPicker value={period} options={def.periods} onChange={(p) => go(`/survey/${form}/${p}`)} />}
          <Button icon={<PrinterOutlined />} aria-label={t("list.print")} onClick={() => window.print()} />
        </>
      }
    >
      <p className="print-only">{say(period, lang)}</p>
      <Await
        of={{ ...asked, data: asked.data && def ? { def, data: asked.data } : undefined, error: asked.error ?? forms.error }}
        rows={14}
      >
        {({ def, data }) => <Sheet key={`${form}/${period}`} def={def} data={data} />}
      </Await>
    </Page>
  );
}

/** Source is what a statistical form must carry: number, approval and how long it is valid. */
function Source({ of: f }: { of: FormDef }) {
  const { t } = useText();
  return (
    <>
      {f.number && <span className="cap">{t("survey.numberIs", { number: f.number })}</span>}
      {f.approval && (
        <span className="cap">{t("survey.approvalIs", { approval: `${f.authority ?? ""} ${f.approval}`.trim() })}</span>
      )}
      {f.valid_until && (
        <span className={`cap ${f.expired ? "late" : ""}`}>
          {t(f.expired ? "survey.expiredOn" : "survey.validIs", { day: f.valid_until })}
        </span>
      )}
      {f.copy && <span className="cap">{t("survey.copyHint")}</span>}
    </>
  );
}

function Sheet({ def, data }: { def: FormDef; data: FormPeriod }) {
  const { t, name } = useText();
  const me = useMe();
  const { message } = App.useApp();
  const [f, set] = useFilters("view", "q", "region", "park", "state", "enterprise");
  const clerk = can(me, "survey.fill_for");
  const reviewer = can(me, "survey.review");
  const view: View = views.find((v) => v === f.view) ?? "entry";
  const { q, region, park, state: only } = f;
  const rows = useMemo(() => pick(data.rows, view, { q, region, park, state: only }), [data.rows, view, q, region, park, only]);
  const returns = useReturns(data.form, data.period, data.rows, def.items, t);
  // A link may name the enterprise whose return it means.
  const [at, setAt] = useState(() => ({
    row: Math.max(
      0,
      rows.findIndex((r) => r.enterprise === f.enterprise),
    ),
    col: 0,
  }));
  const [unlocked, setUnlocked] = useState<Record<string, true>>({});
  const [filling, setFilling] = useState<string[]>();
  const [faults, setFaults] = useState<PlaceFault[]>();
  const take = useDo(
    (file: File) => api.importReturns(data.form, data.period, file),
    ["formPeriod", "desk"],
    (r) => {
      message.success(t("import.done", { stored: r.stored, unchanged: r.unchanged }));
      setFaults(r.faults?.length ? r.faults : undefined);
    },
  );

  const here = { row: Math.min(at.row, Math.max(rows.length - 1, 0)), col: at.col };
  const current = rows[here.row];
  const state = (r: ReturnRow) => (returns.drafted[r.enterprise] && isOpen(r) ? "draft" : r.state);
  const writes = clerk || can(me, "survey.file");
  const locked = (r: ReturnRow) => view === "review" || !writes || Boolean(r.hidden) || (!isOpen(r) && !unlocked[r.enterprise]);
  const ready = rows.filter(
    (r) =>
      !locked(r) &&
      (returns.drafted[r.enterprise] || r.state === "draft" || returns.sheet.touched[r.enterprise]) &&
      !returns.faults[r.enterprise]?.some((x) => x.level === "hard"),
  );
  const clean = rows.filter((r) => r.state === "submitted" && !returns.faults[r.enterprise]?.some((x) => x.level === "hard"));

  const submitAll = async (list: string[], extra: Parameters<typeof returns.submit>[1]) => {
    let done = 0;
    const refused: PlaceFault[] = [];
    for (const e of list) {
      try {
        await returns.submit(e, extra);
        done++;
      } catch (x) {
        refused.push({ place: rows.find((r) => r.enterprise === e)?.name ?? e, message: (x as Error).message });
      }
    }
    await returns.again();
    if (done) message.success(t("survey.submitted", { n: done }));
    setFaults(refused.length ? refused : undefined);
    setUnlocked({});
  };
  const acceptAll = async () => {
    const refused: PlaceFault[] = [];
    for (const r of clean)
      await api
        .judgeReturn(data.form, data.period, r.enterprise, "accept")
        .catch((e: Error) => refused.push({ place: r.name, message: e.message }));
    await returns.again();
    message.success(t("survey.acceptedN", { n: clean.length - refused.length }));
    setFaults(refused.length ? refused : undefined);
  };
  const fillIn = (e: string) => {
    set({ view: "", state: "" });
    setAt({
      row: Math.max(
        0,
        pick(data.rows, "entry", { q, region, park, state: "" }).findIndex((r) => r.enterprise === e),
      ),
      col: 0,
    });
  };
  const ask = (list: string[]) => (clerk || list.some((e) => unlocked[e]) ? setFilling(list) : submitAll(list, {}));

  const regions = [...new Set(data.rows.map((r) => r.region).filter(Boolean))] as string[];
  const parks = [...new Set(data.rows.map((r) => r.park).filter(Boolean))] as string[];
  return (
    <>
      {faults && <ImportFaults faults={faults} onClose={() => setFaults(undefined)} />}
      <section className="panel panel-fill survey">
        <div className="toolbar">
          <Segmented
            value={view}
            onChange={(v) => set({ view: v === "entry" ? "" : v, state: "" })}
            options={[
              { value: "entry", label: t("survey.entry") },
              { value: "review", label: `${t("survey.review")} ${data.rows.filter((r) => r.state === "submitted").length}` },
              { value: "late", label: `${t("survey.late")} ${owing(data.rows).length}` },
            ]}
          />
          <Input.Search
            allowClear
            placeholder={t("enterprise.search")}
            aria-label={t("enterprise.search")}
            style={{ width: 180 }}
            defaultValue={f.q}
            onSearch={(q) => set({ q })}
          />
          {parks.length > 1 && (
            <Select
              allowClear
              placeholder={t("enterprise.allParks")}
              aria-label={t("enterprise.allParks")}
              style={{ width: 140 }}
              value={f.park || undefined}
              onChange={(park) => set({ park })}
              options={parks.map((p) => ({ value: p, label: p }))}
            />
          )}
          {regions.length > 1 && (
            <Select
              allowClear
              placeholder={t("enterprise.allRegions")}
              aria-label={t("enterprise.allRegions")}
              style={{ width: 120 }}
              value={f.region || undefined}
              onChange={(region) => set({ region })}
              options={regions.map((p) => ({ value: p, label: p }))}
            />
          )}
          <div className="push row no-print">
            <span className="cap survey-saved" role="status">
              {returns.error ? (
                <span className="late">{returns.error}</span>
              ) : returns.saving ? (
                t("survey.saving")
              ) : returns.savedAt ? (
                t("survey.savedAt", { at: clock(returns.savedAt).slice(11) })
              ) : (
                ""
              )}
            </span>
            {view === "entry" && (
              <>
                <Button
                  icon={<UndoOutlined />}
                  aria-label={t("grid.undo")}
                  title={t("grid.undo")}
                  disabled={returns.sheet.past.length === 0}
                  onClick={() => returns.act({ do: "undo" })}
                />
                <Button
                  icon={<RedoOutlined />}
                  aria-label={t("grid.redo")}
                  title={t("grid.redo")}
                  disabled={returns.sheet.next.length === 0}
                  onClick={() => returns.act({ do: "redo" })}
                />
                <Button icon={<DownloadOutlined />} href={api.workbook(data.form, data.period)}>
                  {t("survey.download")}
                </Button>
                <FileButton
                  label={t("survey.upload")}
                  accept=".xlsx,.xls,.et"
                  busy={take.isPending}
                  onFile={(file) => take.mutate(file, { onError: (e) => message.error(e.message) })}
                />
                <Button type="primary" disabled={ready.length === 0} onClick={() => ask(ready.map((r) => r.enterprise))}>
                  {ready.length ? t("survey.submitN", { n: ready.length }) : t("survey.submit")}
                </Button>
              </>
            )}
            {view === "review" && reviewer && (
              <Button type="primary" icon={<CheckOutlined />} disabled={clean.length === 0} onClick={acceptAll}>
                {t("survey.acceptAll", { n: clean.length })}
              </Button>
            )}
          </div>
        </div>
        {view === "late" ? (
          <Late data={data} rows={rows} onFill={fillIn} />
        ) : rows.length === 0 ? (
          <Empty
            title={view === "review" ? t("survey.noReview") : t("list.none")}
            hint={view === "review" ? t("survey.noReviewHint") : t("list.loosen")}
          />
        ) : (
          <div className="survey-body">
            <div className="survey-grid">
              <Grid
                head={t("enterprise.name")}
                items={def.items}
                rows={rows.map((r) => ({
                  key: r.enterprise,
                  label: r.name,
                  locked: locked(r),
                  sub: (
                    <>
                      <State name={t(`return.${state(r)}`)} tone={stateTone(state(r))} />
                      {r.late && <span className="late">{t("survey.lateMark")}</span>}
                    </>
                  ),
                  margin: r.hidden ? (
                    <span className="cap">{t("survey.hidden")}</span>
                  ) : (
                    <Margin faults={returns.faults[r.enterprise]} />
                  ),
                }))}
                cells={returns.sheet.cells}
                ghosts={[ghosts(data.rows, "last_month"), ghosts(data.rows, "last_year")]}
                marks={returns.marks}
                totals={data.totals}
                at={here}
                onAt={setAt}
                onEdit={(edits) => returns.act({ do: "edit", edits })}
                onUndo={() => returns.act({ do: "undo" })}
                onRedo={() => returns.act({ do: "redo" })}
                onLost={(n) => message.warning(t("grid.lost", { n }))}
              />
            </div>
            {current && (
              <Rail
                def={def}
                data={data}
                row={current}
                faults={returns.faults[current.enterprise] ?? []}
                locked={locked(current)}
                clerk={clerk}
                reviewer={reviewer}
                writes={writes}
                locker={can(me, "survey.lock")}
                onItem={(code) =>
                  setAt({
                    row: here.row,
                    col: Math.max(
                      0,
                      def.items.findIndex((i) => i.code === code),
                    ),
                  })
                }
                onUnlock={() => setUnlocked((u) => ({ ...u, [current.enterprise]: true }))}
                onSubmit={() => ask([current.enterprise])}
                onJudged={returns.again}
              />
            )}
          </div>
        )}
        <div className="sign-line print-only">
          <span>{t("print.filler")}</span>
          <span>{t("print.checker")}</span>
          <span>{t("print.head")}</span>
        </div>
      </section>
      {filling && (
        <FillDialog
          names={filling.map((e) => data.rows.find((r) => r.enterprise === e)?.name ?? e)}
          fill={clerk}
          correct={filling.some((e) => unlocked[e])}
          onClose={() => setFilling(undefined)}
          onSubmit={async (extra) => {
            await submitAll(filling, extra);
            setFilling(undefined);
          }}
          title={name(def)}
        />
      )}
    </>
  );
}

const ghosts = (rows: ReturnRow[], which: "last_month" | "last_year") =>
  Object.fromEntries(rows.map((r) => [r.enterprise, r[which] ?? {}]));

function Margin({ faults }: { faults?: { level: string; message: string }[] }) {
  const { t } = useText();
  if (!faults?.length) return null;
  const worst = faults.find((f) => f.level === "hard") ?? faults[0];
  return (
    <span className={`margin-note ${worst?.level}`} title={faults.map((f) => f.message).join("\n")}>
      {faults.length > 1 && <b>{t("grid.faults", { n: faults.length })} </b>}
      {worst?.message}
    </span>
  );
}
