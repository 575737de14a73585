import { PrinterOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import type { ReactNode } from "react";
import { Link, useParams } from "react-router";
import type { Subject } from "../../api/types";
import { useApi } from "../../api/use";
import { apart, group, points } from "../../lib/number";
import { say } from "../../lib/period";
import { useFilters } from "../../lib/use";
import { Sparkline } from "../../parts/Figure";
import { useOpener } from "../../parts/opener";
import { Page, Panel } from "../../parts/Page";
import { State } from "../../parts/State";
import { Await, Empty } from "../../parts/States";
import { Timeline } from "../../parts/Timeline";
import { Scroll } from "../../parts/Scroll";
import { type Key, useText } from "../../text";
import { stateTone } from "../survey/state";
import "./enterprise.css";

/** One enterprise, one file (一企一档): everything known about it; prints as a one-page brief. */
export function Component() {
  const { t } = useText();
  const { code = "" } = useParams();
  const asked = useApi("enterprise", [code]);
  const e = asked.data;
  return (
    <Page
      title={e?.name ?? t("enterprise.one")}
      sub={
        e && (
          <>
            <span className="tab">{e.code}</span>
            {e.status_name && <span>{e.status_name}</span>}
            {e.above_scale && <span className="tag blue">{t("enterprise.above")}</span>}
            {e.size_name && <span className="tag">{e.size_name}</span>}
          </>
        )
      }
      extra={
        <Button className="no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t("list.print")}
        </Button>
      }
    >
      <Await of={asked} rows={12}>
        {(s) => (
          <>
            <Facts of={s} />
            <Figures of={s} />
            <Tabbed of={s} />
          </>
        )}
      </Await>
    </Page>
  );
}

function Facts({ of: e }: { of: Subject }) {
  const { t } = useText();
  const lines: [string, ReactNode][] = [
    [t("enterprise.industry"), [e.industry, e.industry_name].filter(Boolean).join(" ")],
    [t("enterprise.region"), e.region_name || e.region],
    [t("enterprise.park"), e.parks?.map((p) => p.name).join("、")],
    [t("enterprise.founded"), e.founded_on],
    [t("enterprise.short"), e.short_names?.join("、")],
    [t("enterprise.former"), e.former_names?.join("、")],
    [t("enterprise.address"), e.address],
  ];
  return (
    <Panel>
      <dl className="subject-facts">
        {lines
          .filter(([, v]) => v)
          .map(([k, v]) => (
            <div key={k}>
              <dt>{k}</dt>
              <dd>{v}</dd>
            </div>
          ))}
      </dl>
    </Panel>
  );
}

function Figures({ of: e }: { of: Subject }) {
  const { name, lang } = useText();
  const open = useOpener();
  if (!e.figures?.length) return null;
  return (
    <ul className="strip subject-strip">
      {e.figures.map((f) => {
        const { number, unit } = apart(group(f.value));
        return (
          <li key={f.code} className="panel">
            <span className="strip-name ellipsis" title={name(f)}>
              {name(f)}
            </span>
            <button
              type="button"
              className="fig fig-large"
              onClick={() => open.figure({ code: f.code, scope: `enterprise:${e.code}`, period: f.period })}
            >
              {f.value ? (
                <>
                  <span className="fig-number">{number}</span>
                  <span className="unit">{unit || f.unit}</span>
                </>
              ) : (
                <span className="fig-number">—</span>
              )}
            </button>
            <div className="row strip-foot">
              <span className="cap">{say(f.period, lang)}</span>
              <Sparkline points={points(f.points ?? [])} width={84} height={22} label={name(f)} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Tabbed({ of: e }: { of: Subject }) {
  const { t, lang } = useText();
  const open = useOpener();
  const [f, set] = useFilters("tab");
  const cases = (
    <Rows
      empty={t("enterprise.noCases")}
      head={[t("enterprise.caseKind"), t("record.number"), t("record.title"), t("record.state"), t("enterprise.caseOn")]}
      rows={(e.cases ?? []).map((c) => ({
        key: c.type + c.id,
        cells: [
          c.type_name,
          <span key="n" className="tab">
            {c.number}
          </span>,
          <button key="t" type="button" className="link" onClick={() => open.record(c.type, c.id)}>
            {c.title || c.number}
          </button>,
          <State key="s" name={c.state_name} tone={c.tone} />,
          <span key="o" className="tab">
            {c.on}
          </span>,
        ],
      }))}
    />
  );
  const returns = (
    <Rows
      empty={t("enterprise.noReturns")}
      head={[t("enterprise.form"), t("fact.period"), t("record.state"), t("version.title")]}
      rows={(e.returns ?? []).map((r) => ({
        key: r.form + r.period,
        cells: [
          <Link key="f" to={`/survey/${r.form}/${r.period}?q=${e.code}`}>
            {r.name || r.form}
          </Link>,
          say(r.period, lang),
          <State key="s" name={t(`return.${r.state}` as Key) || r.state} tone={stateTone(r.state)} />,
          r.version,
        ],
      }))}
    />
  );
  const lists = (
    <Rows
      empty={t("enterprise.noLists")}
      head={[t("enterprise.list"), t("enterprise.batch"), t("enterprise.from"), t("enterprise.until")]}
      rows={(e.memberships ?? []).map((m) => ({
        key: m.list + m.from_on + (m.park ?? ""),
        cells: [
          m.ref ? (
            <button key="l" type="button" className="link" onClick={() => open.fact(m.ref ?? "")}>
              {m.list_name}
            </button>
          ) : (
            m.list_name
          ),
          m.batch,
          m.from_on,
          m.until_on || t("enterprise.still"),
        ],
      }))}
    />
  );
  const history = e.history?.length ? (
    <div className="body">
      <Timeline
        of={e.history}
        action={(v) =>
          v.ref && (
            <button type="button" className="link no-print" onClick={() => open.fact(v.ref)}>
              {t("version.open")}
            </button>
          )
        }
      />
    </div>
  ) : (
    <Empty title={t("enterprise.noHistory")} />
  );
  const tabs = [
    { key: "cases", label: `${t("enterprise.cases")} ${e.cases?.length ?? 0}`, children: cases },
    { key: "returns", label: `${t("enterprise.returns")} ${e.returns?.length ?? 0}`, children: returns },
    { key: "lists", label: `${t("enterprise.lists")} ${e.memberships?.length ?? 0}`, children: lists },
    { key: "history", label: t("enterprise.history"), children: history },
  ];
  const shown = tabs.find((x) => x.key === f.tab) ?? (tabs[0] as (typeof tabs)[number]);
  return (
    <section className="panel subject-tabs">
      <div className="toolbar">
        <Segmented
          value={shown.key}
          onChange={(tab) => set({ tab: tab === "cases" ? "" : tab })}
          options={tabs.map((x) => ({ value: x.key, label: x.label }))}
        />
      </div>
      {shown.children}
    </section>
  );
}

function Rows({ head, rows, empty }: { head: string[]; rows: { key: string; cells: ReactNode[] }[]; empty: string }) {
  if (rows.length === 0) return <Empty title={empty} />;
  return (
    <Scroll label={head.join(" ")}>
      <table className="mini">
        <thead>
          <tr>
            {head.map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.key}>
              {r.cells.map((c, i) => (
                <td key={head[i]} className="tab">
                  {c}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
