import { memo, useEffect, useRef } from "react";
import type { Item } from "../api/types";
import { group } from "../lib/number";
import { useText } from "../text";

interface Props {
  item: Item;
  who: string;
  value: string;
  ghosts: [string | undefined, string | undefined];
  mark?: { level: string; message: string };
  locked?: boolean;
  on: boolean;
  inRange: boolean;
  typing: string | undefined;
  onType: (text: string) => void;
  onLeave: (text?: string) => void;
  onPick: (extend: boolean) => void;
  onDrag: () => void;
}

/** GridCell draws one cell; the one that is on holds an input, so that a Chinese input method can type into it. */
export const GridCell = memo(Cell, (a, b) => {
  if (a.on || b.on) return false;
  return (
    a.value === b.value &&
    a.mark === b.mark &&
    a.inRange === b.inRange &&
    a.locked === b.locked &&
    a.item === b.item &&
    a.ghosts[0] === b.ghosts[0] &&
    a.ghosts[1] === b.ghosts[1]
  );
});

function Cell(p: Props) {
  const { t, name } = useText();
  const input = useRef<HTMLInputElement>(null);
  const first = useRef(true);
  const numeric = !p.item.type || p.item.type === "number";
  const shown = numeric ? group(p.value) : (p.item.options?.find((o) => o.code === p.value)?.name ?? p.value);

  useEffect(() => {
    // The first cell of a page is on without taking the focus.
    if (p.on && !(first.current && !document.activeElement?.closest(".sheet-scroll")))
      input.current?.focus({ preventScroll: true });
    first.current = false;
  }, [p.on]);
  useEffect(() => {
    if (p.on && p.typing === undefined && document.activeElement === input.current) input.current?.select();
  }, [p.on, p.typing]);

  const kind = [
    "cell",
    numeric ? "num" : "",
    p.on ? "on" : "",
    p.inRange ? "in" : "",
    p.mark ? `bad-${p.mark.level}` : "",
    p.locked ? "locked" : "",
  ]
    .filter(Boolean)
    .join(" ");
  return (
    <td
      className={kind}
      title={p.mark?.message}
      onMouseDown={(e) => {
        if (p.on && e.target === input.current) return;
        if (e.button === 0) p.onPick(e.shiftKey);
      }}
      onMouseEnter={(e) => e.buttons === 1 && p.onDrag()}
      onDoubleClick={() => p.on && !p.locked && p.onType(p.value)}
    >
      {p.on && p.item.type === "enum" ? (
        <select
          className="cell-input"
          value={p.value}
          disabled={p.locked}
          aria-label={`${p.who} ${name(p.item)}`}
          onChange={(e) => p.onLeave(e.target.value)}
        >
          <option value="" />
          {p.item.options?.map((o) => (
            <option key={o.code} value={o.code}>
              {name(o)}
            </option>
          ))}
        </select>
      ) : p.on ? (
        <input
          ref={input}
          className={p.typing === undefined ? "cell-input moving" : "cell-input"}
          value={p.typing ?? shown}
          readOnly={p.locked}
          inputMode={numeric ? "decimal" : "text"}
          autoComplete="off"
          aria-label={`${p.who} ${name(p.item)}`}
          aria-invalid={p.mark?.level === "hard"}
          onChange={(e) => p.onType(e.target.value)}
          onBlur={() => p.typing !== undefined && p.onLeave(p.typing)}
        />
      ) : (
        <span className="cell-value">{shown}</span>
      )}
      {(p.ghosts[0] !== undefined || p.ghosts[1] !== undefined) && numeric && (
        <span className="cell-ghost">
          <i title={t("grid.lastMonth")}>{p.ghosts[0] ? group(p.ghosts[0]) : "—"}</i>
          <i title={t("grid.lastYear")}>{p.ghosts[1] ? group(p.ghosts[1]) : "—"}</i>
        </span>
      )}
    </td>
  );
}
