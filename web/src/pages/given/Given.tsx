import { FileTextOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";
import type { GivenRow } from "../../api/types";
import { useApi } from "../../api/use";
import { group } from "../../lib/number";
import { say } from "../../lib/period";
import { useFilters } from "../../lib/use";
import { useOpener } from "../../parts/opener";
import { Page, Panel } from "../../parts/Page";
import { PeriodPicker } from "../../parts/PeriodPicker";
import { State } from "../../parts/State";
import { Await, Empty } from "../../parts/States";
import { Scroll } from "../../parts/Scroll";
import { useText } from "../../text";
import { can, useMe } from "../shell/me";
import { GiveDialog } from "./GiveDialog";
import { RequestDrawer } from "./RequestDrawer";
import "./given.css";

/** Figures that lie in other offices (征数): asked for by provider, entered with their document. */
export function Component() {
  const { t, lang } = useText();
  const me = useMe();
  const [f, set] = useFilters("period", "show");
  const period = f.period || me.stat_period.slice(0, 4);
  const asked = useApi("given", [period]);
  const [giving, setGiving] = useState<GivenRow>();
  const [asking, setAsking] = useState<{ code: string; name: string }>();
  const rows = asked.data?.rows ?? [];
  const missing = rows.filter((r) => r.state === "missing").length;
  const shown = rows.filter((r) => !f.show || r.state === f.show);
  const providers = [...new Map(shown.map((r) => [r.provider, r.provider_name || r.provider])).entries()];
  return (
    <Page
      title={t("given.title")}
      sub={asked.data && <span className="tab">{t("given.progress", { have: rows.length - missing, want: rows.length })}</span>}
      extra={
        <>
          <Segmented
            value={f.show || "all"}
            onChange={(v) => set({ show: v === "all" ? "" : v })}
            options={[
              { value: "all", label: t("given.all") },
              { value: "missing", label: `${t("given.missing")} ${missing}` },
              { value: "given", label: `${t("given.have")} ${rows.length - missing}` },
            ]}
          />
          <PeriodPicker value={period} until={me.today} onChange={(p) => set({ period: p })} />
        </>
      }
    >
      <Await of={asked} rows={10}>
        {() =>
          providers.length === 0 ? (
            <Panel>
              <Empty title={t("given.none", { period: say(period, lang) })} hint={t("given.noneHint")} />
            </Panel>
          ) : (
            <div className="stack">
              {providers.map(([code, name]) => (
                <Panel
                  key={code}
                  title={name || t("given.ours")}
                  flush
                  extra={
                    <Button size="small" icon={<FileTextOutlined />} onClick={() => setAsking({ code, name })}>
                      {t("given.request")}
                    </Button>
                  }
                >
                  <Rows rows={shown.filter((r) => r.provider === code)} onGive={setGiving} />
                </Panel>
              ))}
            </div>
          )
        }
      </Await>
      {giving && <GiveDialog row={giving} period={period} onClose={() => setGiving(undefined)} />}
      {asking && <RequestDrawer provider={asking} period={period} onClose={() => setAsking(undefined)} />}
    </Page>
  );
}

function Rows({ rows, onGive }: { rows: GivenRow[]; onGive: (r: GivenRow) => void }) {
  const { t, lang } = useText();
  const open = useOpener();
  const writes = can(useMe(), "given.write");
  return (
    <Scroll label={t("given.title")}>
      <table className="mini given">
        <thead>
          <tr>
            <th scope="col">{t("indicator.name")}</th>
            <th scope="col">{t("fact.period")}</th>
            <th scope="col" className="num">
              {t("fact.value")}
            </th>
            <th scope="col">{t("record.state")}</th>
            <th scope="col">{t("given.stage")}</th>
            <th scope="col">{t("given.document")}</th>
            <th scope="col">{t("list.actions")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => (
            <tr key={r.indicator + r.scope + r.period}>
              <td>
                <button
                  type="button"
                  className="link"
                  onClick={() => open.figure({ code: r.indicator, scope: r.scope, period: r.period })}
                >
                  {r.name}
                </button>
              </td>
              <td className="tab nowrap">{say(r.period, lang)}</td>
              <td className="num">
                {r.value === "" ? (
                  "—"
                ) : r.ref ? (
                  <button type="button" className="fig" onClick={() => open.fact(r.ref ?? "")}>
                    <span className="fig-number">{group(r.value)}</span>
                    <span className="unit">{r.unit}</span>
                  </button>
                ) : (
                  <>
                    {group(r.value)}
                    <span className="unit">{r.unit}</span>
                  </>
                )}
              </td>
              <td>
                <State
                  name={t(r.state === "missing" ? "given.missing" : "given.have")}
                  tone={r.state === "missing" ? "wait" : "done"}
                />
              </td>
              <td>{r.stage}</td>
              <td>
                {r.document}
                {r.on && <div className="cap tab">{r.on}</div>}
              </td>
              <td>
                {writes && (
                  <button type="button" className="link" onClick={() => onGive(r)}>
                    {t(r.state === "missing" ? "given.enter" : "given.correct")}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
