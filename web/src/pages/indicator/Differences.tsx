import type { Figure } from "../../api/types";
import { useApi } from "../../api/use";
import { group } from "../../lib/number";
import { clock } from "../../lib/period";
import type { FigureAt, Stop } from "../../lib/trail";
import { Await } from "../../parts/States";
import { useText } from "../../text";

/** Differences tells what has changed between the moment asked for and now, fact by fact. */
export function Differences({ of, at, onOpen }: { of: Figure; at: FigureAt; onOpen: (s: Stop) => void }) {
  const { t } = useText();
  const asked = useApi("differences", [at.code, { scope: at.scope, period: at.period, from: at.known }]);
  return (
    <section>
      <h3>{t("diff.title")}</h3>
      <Await of={asked} rows={3}>
        {(d) => (
          <>
            <p className="diff-line tab">
              {d.from.text || group(d.from.value) || t("figure.missing")} →{" "}
              <strong>{d.to.text || group(d.to.value) || t("figure.missing")}</strong>
              {d.changes.length === 0 && <span className="soft"> · {t("diff.none")}</span>}
            </p>
            {d.changes.length > 0 && (
              <table className="mini">
                <thead>
                  <tr>
                    <th scope="col">{t("fact.what")}</th>
                    <th scope="col" className="num">
                      {t("diff.before")}
                      <span className="unit">{of.unit}</span>
                    </th>
                    <th scope="col" className="num">
                      {t("diff.after")}
                    </th>
                    <th scope="col">{t("diff.who")}</th>
                  </tr>
                </thead>
                <tbody>
                  {d.changes.map((c) => (
                    <tr key={`${c.ref_before}${c.ref_after}`}>
                      <td>
                        <button
                          type="button"
                          className="link"
                          onClick={() => onOpen({ fact: c.ref_after || c.ref_before || "" })}
                        >
                          {c.enterprise_name || c.title}
                        </button>
                        {c.reason && <div className="cap">{c.reason}</div>}
                      </td>
                      <td className="num">{group(c.before) || "—"}</td>
                      <td className="num">{group(c.after) || "—"}</td>
                      <td>
                        {c.actor}
                        <div className="cap tab">{c.at && clock(c.at)}</div>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </>
        )}
      </Await>
    </section>
  );
}
