import { useEffect } from "react";
import { Link } from "react-router";
import { api } from "../../api/client";
import { useApi } from "../../api/use";
import { group } from "../../lib/number";
import { clock, say } from "../../lib/period";
import type { Stop } from "../../lib/trail";
import { Await } from "../../parts/States";
import { Timeline } from "../../parts/Timeline";
import { useText } from "../../text";
import { Pair } from "./FigureView";

/** FactView is where a figure ends: the cell, record or letter that stated it, with who, when and why. */
export function FactView({ of, onOpen, onName }: { of: string; onOpen: (s: Stop) => void; onName?: (name: string) => void }) {
  const { t, lang } = useText();
  const asked = useApi("fact", [of]);
  const title = asked.data?.enterprise_name || asked.data?.title;
  useEffect(() => {
    if (title) onName?.(title);
  });
  return (
    <Await of={asked} rows={10}>
      {(f) => (
        <div className="stack figure-view">
          <div className="figure-head">
            <div className="grow">
              <h2>{f.title}</h2>
              <div className="cap">
                {[f.kind_name || f.kind, f.enterprise_name, f.period && say(f.period, lang)].filter(Boolean).join(" · ")}
              </div>
              {f.field && (
                <div className="figure-value">
                  <span className="soft">{f.field.name}</span>
                  <strong>{group(f.field.value) || t("value.none")}</strong>
                  <span className="unit">{f.field.unit}</span>
                </div>
              )}
              <dl className="facts-line">
                <Pair name={t("fact.who")}>{f.version.actor_name || f.version.actor}</Pair>
                <Pair name={t("fact.when")}>{clock(f.version.recorded_at, true)}</Pair>
                <Pair name={t("fact.act")}>{[f.version.act, f.version.state_name].filter(Boolean).join(" · ")}</Pair>
                {f.version.reason && <Pair name={t("fact.why")}>{f.version.reason}</Pair>}
              </dl>
            </div>
            <div className="figure-side">{f.path && <Link to={f.path}>{t("lineage.goThere")}</Link>}</div>
          </div>
          {f.document && (f.document.digest || f.document.name || f.document.title) && (
            <section>
              <h3>{t("fact.document")}</h3>
              <p>
                {f.document.digest ? (
                  <a href={api.file(f.document.digest, f.ref)} target="_blank" rel="noreferrer">
                    {f.document.name || f.document.title || f.document.digest}
                  </a>
                ) : (
                  f.document.title || f.document.name
                )}
                <span className="cap"> {[f.document.number, f.document.date].filter(Boolean).join(" · ")}</span>
              </p>
            </section>
          )}
          <section>
            <h3>{t("fact.body", { n: f.version.version })}</h3>
            <table className="mini">
              <tbody>
                {f.body.map((b) => (
                  <tr key={b.code} className={b.highlight ? "lit" : ""}>
                    <th scope="row">{b.name}</th>
                    <td className={/^-?[\d.]+$/.test(b.value) ? "num" : ""}>
                      {/^-?[\d.]+$/.test(b.value) && b.unit
                        ? group(b.value)
                        : b.value || <span className="cap">{t("value.none")}</span>}
                      {b.value && b.unit && <span className="unit">{b.unit}</span>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {f.versions && f.versions.length > 0 && (
            <section>
              <h3>{t("version.title")}</h3>
              <Timeline
                of={f.versions}
                now={f.version.version}
                action={(v) =>
                  v.version !== f.version.version &&
                  v.ref && (
                    <button type="button" className="link" onClick={() => onOpen({ fact: v.ref })}>
                      {t("version.open")}
                    </button>
                  )
                }
              />
            </section>
          )}
          <p className="cap" style={{ overflowWrap: "anywhere" }}>
            {f.ref}
          </p>
        </div>
      )}
    </Await>
  );
}
