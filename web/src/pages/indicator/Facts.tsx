import { Button } from "antd";
import { useEffect, useState } from "react";
import type { FactRow, Figure } from "../../api/types";
import { useApi } from "../../api/use";
import { group } from "../../lib/number";
import { clock, say } from "../../lib/period";
import type { FigureAt, Stop } from "../../lib/trail";
import { Failed, Loading } from "../../parts/States";
import { Scroll } from "../../parts/Scroll";
import { useText } from "../../text";

const size = 50;

/** Facts lists what was counted or added up, a page at a time; each row opens what stated it. */
export function Facts({ of, at, onOpen }: { of: Figure; at: FigureAt; onOpen: (s: Stop) => void }) {
  const { t, lang } = useText();
  const [page, setPage] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another figure starts at its first page
  useEffect(() => setPage(1), [at.code, at.scope, at.period, at.known]);
  const count = of.facts?.count ?? 0;
  const asked = useApi("facts", [at.code, { scope: at.scope, period: at.period, known_at: at.known, page, size }], {
    on: count > 0,
  });
  if (!of.facts) return null;
  const last = Math.max(1, Math.ceil(count / size));
  return (
    <section>
      <h3>
        {t("lineage.facts", { n: count })}
        {of.facts.digest && (
          <span className="digest" title={of.facts.digest}>
            {short(of.facts.digest)}
          </span>
        )}
      </h3>
      {asked.error ? <Failed error={asked.error} retry={asked.refetch} /> : null}
      {count > 0 && !asked.data && !asked.error && <Loading rows={5} />}
      {asked.data && asked.data.rows.length > 0 && (
        <Scroll label={t("lineage.facts", { n: count })}>
          <table className="mini">
            <thead>
              <tr>
                <th scope="col">{t("fact.what")}</th>
                <th scope="col">{t("fact.period")}</th>
                <th scope="col" className="num">
                  {t("fact.value")}
                  <span className="unit">{asked.data.rows[0]?.unit}</span>
                </th>
                <th scope="col">{t("fact.stated")}</th>
              </tr>
            </thead>
            <tbody>
              {asked.data.rows.map((r) => (
                <tr
                  key={r.ref}
                  className="opens"
                  onClick={(e) => !(e.target as HTMLElement).closest("button") && onOpen({ fact: r.ref })}
                >
                  <td>
                    <button type="button" className="link" onClick={() => onOpen({ fact: r.ref })}>
                      {r.enterprise_name || r.title}
                    </button>
                    {r.enterprise_name && r.title && r.title !== r.enterprise_name && <div className="cap">{r.title}</div>}
                  </td>
                  <td className="tab nowrap">{r.period ? say(r.period, lang) : ""}</td>
                  <td className="num">{signed(r)}</td>
                  <td>
                    {r.stated_by}
                    {r.note && <div className="cap">{r.note}</div>}
                    <div className="cap tab">{r.stated_at && clock(r.stated_at)}</div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {asked.data?.hidden ? <p className="cap">{t("lineage.hidden", { n: asked.data.hidden })}</p> : null}
      {last > 1 && (
        <div className="row" style={{ justifyContent: "flex-end", marginTop: 8 }}>
          <Button size="small" disabled={page <= 1} onClick={() => setPage(page - 1)}>
            {t("table.prev")}
          </Button>
          <span className="tab soft">
            {page} / {last}
          </span>
          <Button size="small" disabled={page >= last} onClick={() => setPage(page + 1)}>
            {t("table.next")}
          </Button>
        </div>
      )}
    </section>
  );
}

const signed = (r: FactRow) => (r.sign === "-" || r.sign === "−" ? `−${group(r.value)}` : group(r.value));
export const short = (digest: string) => {
  const [kind, hash] = digest.includes(":") ? digest.split(":") : ["", digest];
  return `${kind ? `${kind}:` : ""}${(hash ?? "").slice(0, 10)}…`;
};
