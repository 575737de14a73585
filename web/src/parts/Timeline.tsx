import type { ReactNode } from "react";
import type { Version } from "../api/types";
import { clock } from "../lib/period";
import { useText } from "../text";
import "./timeline.css";

/** Timeline tells what happened to a record, newest first: who, when, why, and what changed. */
export function Timeline({ of, now, action }: { of: Version[]; now?: number; action?: (v: Version) => ReactNode }) {
  const { t } = useText();
  return (
    <ol className="timeline">
      {[...of]
        .sort((a, b) => b.version - a.version)
        .map((v) => (
          <li key={v.ref || v.version} className={v.version === now ? "now" : ""}>
            <div className="row wrap" style={{ gap: "2px 8px" }}>
              <strong>{v.act || v.state_name}</strong>
              {v.act && v.state_name && <span className="soft">{v.state_name}</span>}
              <span className="cap tab">{t("version.n", { n: v.version })}</span>
              {action?.(v)}
            </div>
            <div className="cap tab">
              {v.actor_name || v.actor} · {clock(v.recorded_at)}
              {v.effective_on &&
                v.effective_on !== clock(v.recorded_at).slice(0, 10) &&
                ` · ${t("version.effective", { day: v.effective_on })}`}
            </div>
            {v.reason && <div className="timeline-why">{t("version.reason", { reason: v.reason })}</div>}
            {v.changes && v.changes.length > 0 && (
              <dl className="changes">
                {v.changes.map((c) => (
                  <div key={c.field}>
                    <dt>{c.name}</dt>
                    <dd>
                      <del>{c.from || t("value.none")}</del> → <ins>{c.to || t("value.none")}</ins>
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
    </ol>
  );
}
