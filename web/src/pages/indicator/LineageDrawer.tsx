import { Drawer } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useApi } from "../../api/use";
import { knownAt, type Stop, write } from "../../lib/trail";
import { KnownAt } from "../../parts/KnownAt";
import { useText } from "../../text";
import { FactView } from "./FactView";
import { FigureView } from "./FigureView";
import "./lineage.css";

/** LineageDrawer follows a figure down: sentence, formula, parts, facts, and each fact to where it was stated. */
export default function LineageDrawer({ trail, onTrail }: { trail: Stop[]; onTrail: (trail: Stop[]) => void }) {
  const { t } = useText();
  const [names, setNames] = useState<Record<string, string>>({});
  const list = useApi("indicators", [], { on: trail.length > 1 });
  const label = (s: Stop) =>
    names[key(s)] ??
    ("fact" in s ? t("lineage.fact") : (list.data?.find((i) => i.code === s.figure.code)?.name ?? s.figure.code));
  const last = trail[trail.length - 1];
  const known = trail.find((s) => "figure" in s && s.figure.known);
  if (!last) return null;
  const named = (s: Stop, name: string) => setNames((n) => (n[key(s)] === name ? n : { ...n, [key(s)]: name }));
  return (
    <Drawer
      open
      onClose={() => onTrail([])}
      size={620}
      className="lineage"
      title={t("lineage.title")}
      extra={"figure" in last && <Link to={page(last)}>{t("lineage.page")}</Link>}
    >
      <div className="lineage-top">
        <nav className="crumbs" aria-label={t("lineage.trail")}>
          {trail.length > 1 &&
            trail.map((s, i) => (
              <span key={write(trail.slice(0, i + 1))}>
                {i > 0 && <i aria-hidden>›</i>}
                {i < trail.length - 1 ? (
                  <button type="button" className="link" onClick={() => onTrail(trail.slice(0, i + 1))}>
                    {label(s)}
                  </button>
                ) : (
                  <span aria-current="step">{label(s)}</span>
                )}
              </span>
            ))}
        </nav>
        {"figure" in last && (
          <KnownAt value={known && "figure" in known ? known.figure.known : ""} onChange={(k) => onTrail(knownAt(trail, k))} />
        )}
      </div>
      {"figure" in last ? (
        <FigureView at={last.figure} onOpen={(s) => onTrail([...trail, s])} onName={(n) => named(last, n)} />
      ) : (
        <FactView of={last.fact} onOpen={(s) => onTrail([...trail, s])} onName={(n) => named(last, n)} />
      )}
    </Drawer>
  );
}

const key = (s: Stop) => ("fact" in s ? s.fact : s.figure.code);

function page(s: Extract<Stop, { figure: unknown }>): string {
  const q = new URLSearchParams();
  const { code, scope, period, known } = s.figure;
  if (scope) q.set("scope", scope);
  if (period) q.set("period", period);
  if (known) q.set("known", known);
  return `/figures/${encodeURIComponent(code)}?${q}`;
}
