import { Tooltip } from "antd";
import type { Figure as FigureData } from "../api/types";
import { apart, group } from "../lib/number";
import { useText } from "../text";
import { useOpener } from "./opener";

type Shown = Pick<FigureData, "code" | "name"> & Partial<FigureData>;

/** Figure is a number anywhere: value and unit; hover tells 口径, stage and cut-off; a click opens its lineage. */
export function Figure({ of, large, known }: { of: Shown; large?: boolean; known?: string }) {
  const { t } = useText();
  const open = useOpener();
  const missing = of.missing || (!of.value && !of.text);
  const { lead, number, unit } = apart(of.text || group(of.value ?? "", of.digits));
  return (
    <Tooltip title={<Hint of={of} />} mouseEnterDelay={0.35}>
      <button
        type="button"
        className={`fig ${large ? "fig-large" : ""} ${missing ? "fig-missing" : ""}`}
        onClick={() => open.figure({ code: of.code, scope: of.scope ?? "", period: of.period ?? "", known: known ?? "" })}
      >
        <span className="hidden">{t("figure.open", { name: of.name })}</span>
        {missing ? (
          <span className="fig-chip">{of.kind === "given" ? t("figure.notReturned") : t("figure.missing")}</span>
        ) : (
          <>
            {lead && <span className="fig-lead">{lead}</span>}
            <span className="fig-number">{group(number)}</span>
            <span className="unit">{unit || (of.text ? "" : of.unit)}</span>
          </>
        )}
      </button>
    </Tooltip>
  );
}

function Hint({ of }: { of: Shown }) {
  const { t } = useText();
  return (
    <div className="fig-hint">
      <strong>{of.name}</strong>
      {of.value && of.unit && (
        <div className="tab">
          {group(of.value)} {of.unit}
        </div>
      )}
      {of.why && <div>{of.why}</div>}
      {of.caliber && <div>{of.caliber}</div>}
      <div>{[of.period_text, of.scope_name, of.stage].filter(Boolean).join(" · ")}</div>
      <div className="fig-hint-do">{t("figure.clickToTrace")}</div>
    </div>
  );
}

/** Delta is a change with its direction written, not only coloured. */
export function Delta({ of }: { of?: { text: string; direction?: string } }) {
  if (!of?.text) return null;
  return <span className={`delta delta-${of.direction ?? "flat"}`}>{of.text}</span>;
}

/** Sparkline is the shape of a history, without axes; a gap stays a gap. */
export function Sparkline({
  points,
  width = 96,
  height = 28,
  label,
}: {
  points: { y: number | null }[];
  width?: number;
  height?: number;
  label: string;
}) {
  const ys = points.map((p) => p.y).filter((y): y is number => y !== null);
  if (ys.length < 2) return <span className="spark-none" style={{ width, height }} />;
  const low = Math.min(...ys);
  const span = Math.max(...ys) - low || 1;
  const at = (i: number, y: number) =>
    `${((i / (points.length - 1)) * (width - 6) + 3).toFixed(1)},${(height - 3 - ((y - low) / span) * (height - 6)).toFixed(1)}`;
  const path = points
    .map((p, i) => (p.y === null ? "" : `${i === 0 || points[i - 1]?.y == null ? "M" : "L"}${at(i, p.y)}`))
    .join("");
  const end = points[points.length - 1];
  const [cx, cy] = end && end.y !== null ? at(points.length - 1, end.y).split(",") : [];
  return (
    <svg className="spark" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      {cx && <circle cx={cx} cy={cy} r="2" fill="currentColor" />}
    </svg>
  );
}
