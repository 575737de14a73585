import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useParams } from "react-router";
import { useApi } from "../../api/use";
import { points } from "../../lib/number";
import { shift, short } from "../../lib/period";
import type { FigureAt } from "../../lib/trail";
import { useFilters } from "../../lib/use";
import { Chart, type ChartData } from "../../parts/Chart";
import { Figure } from "../../parts/Figure";
import { KnownAt } from "../../parts/KnownAt";
import { Page, Panel } from "../../parts/Page";
import { PeriodPicker } from "../../parts/PeriodPicker";
import { Await, Empty } from "../../parts/States";
import { useText } from "../../text";
import { useMe } from "../shell/me";
import { FigureView } from "./FigureView";
import { ScopePicker } from "./ScopePicker";
import "./lineage.css";
import "./card.css";
import { useOpener } from "../../parts/opener";

/** The card of one indicator (指标卡): value, what it is made of, its history and its breakdown. */
export function Component() {
  const { t, name } = useText();
  const me = useMe();
  const open = useOpener();
  const { code = "" } = useParams();
  const [f, set] = useFilters("scope", "period", "known");
  const figure = useApi("figure", [code, { scope: f.scope, period: f.period, known_at: f.known }]);
  const at: FigureAt = { code, scope: f.scope, period: f.period, known: f.known };
  const period = f.period || figure.data?.period || me.stat_period;
  return (
    <Page
      title={figure.data ? name(figure.data) : t("figure.card")}
      extra={
        <>
          <KnownAt value={f.known} onChange={(known) => set({ known })} />
          <ScopePicker value={f.scope} onChange={(scope) => set({ scope })} />
          <PeriodPicker value={period} until={me.today} onChange={(p) => set({ period: p })} />
        </>
      }
    >
      <div className="card-page">
        <Panel>
          <FigureView at={at} onOpen={(s) => ("fact" in s ? open.fact(s.fact) : open.figure(s.figure))} />
        </Panel>
        <div className="stack">
          <History code={code} scope={f.scope} period={period} unit={figure.data?.unit ?? ""} />
          <Split code={code} period={f.period} known={f.known} />
        </div>
      </div>
    </Page>
  );
}

function History({ code, scope, period, unit }: { code: string; scope: string; period: string; unit: string }) {
  const { t, lang } = useText();
  const year = period.slice(0, 4);
  const asked = useApi("history", [code, { scope, from: String(Number(year) - 1), to: period }]);
  const chart = useMemo<ChartData | undefined>(() => {
    const all = new Map((asked.data?.points ?? []).map((p) => [p.period, p.value]));
    if (all.size < 2) return undefined;
    const last = Math.max(...[...all.keys()].map((p) => Number(p.slice(5, 7)) || 12));
    const months = Array.from({ length: last }, (_, i) => `${year}-${String(i + 1).padStart(2, "0")}`);
    // A month that nobody stated is a gap.
    const line = (of: string[]) => points(of.map((period) => ({ period, value: all.get(period) ?? "" }))).map((p) => p.y);
    return {
      kind: "line",
      unit,
      x: months.map((p) => short(p, lang)),
      series: [
        { name: year, y: line(months) },
        { name: String(Number(year) - 1), y: line(months.map((p) => shift(p, -1))), dashed: true },
      ],
    };
  }, [asked.data, year, unit, lang]);
  return (
    <Panel title={t("figure.history")}>
      <Await of={asked} rows={5}>
        {() => (chart ? <Chart of={chart} height={220} label={t("figure.history")} /> : <Empty title={t("figure.noHistory")} />)}
      </Await>
    </Panel>
  );
}

const ways = ["industry", "region", "park"] as const;

function Split({ code, period, known }: { code: string; period: string; known: string }) {
  const { t } = useText();
  const [by, setBy] = useState<(typeof ways)[number]>("industry");
  const asked = useApi("breakdown", [code, { by, period, known_at: known }]);
  return (
    <Panel
      title={t("figure.breakdown")}
      extra={
        <Segmented size="small" value={by} onChange={setBy} options={ways.map((w) => ({ value: w, label: t(`by.${w}`) }))} />
      }
      flush
    >
      <Await of={asked} rows={5}>
        {(b) =>
          b.rows.length === 0 ? (
            <Empty title={t("figure.noBreakdown")} />
          ) : (
            <>
              <table className="mini">
                <tbody>
                  {b.rows.map((r) => (
                    <tr key={r.scope}>
                      <th scope="row">{r.name}</th>
                      <td className="num">
                        <Figure of={r.figure} known={known} />
                      </td>
                      <td className="num soft">{r.figure.change?.text}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {!!b.suppressed && (
                <p className="cap" style={{ padding: "6px 12px" }}>
                  {t("figure.suppressed", { n: b.suppressed })}
                </p>
              )}
            </>
          )
        }
      </Await>
    </Panel>
  );
}
