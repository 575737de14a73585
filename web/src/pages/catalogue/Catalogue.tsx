import { useApi } from "../../api/use";
import { clock } from "../../lib/period";
import { Page, Panel } from "../../parts/Page";
import { Await, Empty } from "../../parts/States";
import { Scroll } from "../../parts/Scroll";
import { type Key, useText } from "../../text";
import { short } from "../indicator/Facts";
import "../indicator/lineage.css";

/** The business catalogue (业务目录): what is in force, its editions, and which files of the county replace embedded ones. */
export function Component() {
  const { t } = useText();
  const asked = useApi("catalogue", []);
  return (
    <Page title={t("catalogue.title")}>
      <Await of={asked} rows={10}>
        {(c) => (
          <div className="stack">
            <ul className="strip">
              {Object.entries(c.counts).map(([k, n]) => (
                <li key={k} className="panel">
                  <span className="strip-name">{t(`catalogue.${k}` as Key) || k}</span>
                  <span className="fig-large tab">
                    <span className="fig-number">{n}</span>
                  </span>
                </li>
              ))}
            </ul>
            <Panel title={t("catalogue.editions")} flush>
              {c.editions.length === 0 ? (
                <Empty title={t("catalogue.noEditions")} />
              ) : (
                <Scroll label={t("catalogue.editions")}>
                  <table className="mini">
                    <thead>
                      <tr>
                        <th scope="col" className="num">
                          {t("catalogue.edition")}
                        </th>
                        <th scope="col">{t("catalogue.at")}</th>
                        <th scope="col">{t("catalogue.by")}</th>
                        <th scope="col">{t("catalogue.changed")}</th>
                        <th scope="col">{t("catalogue.digest")}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {c.editions.map((e) => (
                        <tr key={e.number}>
                          <td className="num">{e.number}</td>
                          <td className="tab nowrap">{clock(e.at)}</td>
                          <td>{e.actor}</td>
                          <td style={{ overflowWrap: "anywhere" }}>{e.changed?.join("、") || <span className="cap">—</span>}</td>
                          <td>
                            <code title={e.digest}>{short(e.digest)}</code>
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Scroll>
              )}
            </Panel>
            <Panel title={t("catalogue.override")} flush>
              {!c.override?.length ? (
                <Empty title={t("catalogue.noOverride")} hint={t("catalogue.overrideHint")} />
              ) : (
                <table className="mini">
                  <tbody>
                    {c.override.map((o) => (
                      <tr key={o.file}>
                        <td>
                          <code>{o.file}</code>
                        </td>
                        <td>{o.replaces && <code>{short(o.replaces)}</code>}</td>
                        <td>{o.base_changed && <span style={{ color: "var(--warning)" }}>{t("catalogue.baseChanged")}</span>}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </Panel>
          </div>
        )}
      </Await>
    </Page>
  );
}
