import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Item } from "../api/types";
import { group, read } from "../lib/number";
import { type Cells, type Edit, paste } from "../lib/sheet";
import { format, parse } from "../lib/tsv";
import { usePrinting } from "../lib/use";
import { useText } from "../text";
import { GridCell } from "./GridCell";
import "./grid.css";

export interface GridRow {
  key: string;
  label: string;
  sub?: ReactNode;
  locked?: boolean;
  margin?: ReactNode; // what is said of the row, in the margin
}
export interface Spot {
  row: number;
  col: number;
}
export interface GridProps {
  items: Item[];
  rows: GridRow[];
  cells: Cells;
  ghosts: [Cells, Cells]; // last month, last year
  marks: Record<string, Record<string, { level: string; message: string }>>;
  totals?: Record<string, string>;
  head: string; // of the first column
  at: Spot;
  onAt: (at: Spot) => void;
  onEdit: (edits: Edit[]) => void;
  onUndo: () => void;
  onRedo: () => void;
  onLost: (cells: number) => void; // a paste hung over the edge
}

const height = 46; // px of a row; rows out of sight are not drawn

/** Grid is the entry sheet: rows × items, moved through and pasted into like Excel. */
export function Grid(p: GridProps) {
  const { t, name } = useText();
  const box = useRef<HTMLDivElement>(null);
  const start = useRef(p.at.row);
  const [view, setView] = useState({ from: 0, to: 40 });
  const [anchor, setAnchor] = useState<Spot>(p.at);
  const [typing, setTyping] = useState<string>(); // undefined: moving, not typing
  const row = p.rows[p.at.row];
  const item = p.items[p.at.col];
  const stated = (row && item && p.cells[row.key]?.[item.code]) ?? "";

  useLayoutEffect(() => {
    const b = box.current;
    if (!b) return;
    const look = () =>
      setView({
        from: Math.max(0, Math.floor(b.scrollTop / height) - 8),
        to: Math.ceil((b.scrollTop + (b.clientHeight || 900)) / height) + 8,
      });
    b.scrollTop = Math.max(0, (start.current - 3) * height); // the row that a link named
    look();
    b.addEventListener("scroll", look, { passive: true });
    const watch = new ResizeObserver(look);
    watch.observe(b);
    return () => {
      b.removeEventListener("scroll", look);
      watch.disconnect();
    };
  }, []);
  const printing = usePrinting();
  const [from, to] = printing ? [0, p.rows.length] : [view.from, view.to];

  useEffect(() => {
    const b = box.current;
    const cell = b?.querySelector<HTMLElement>("td.on");
    if (!b?.contains(document.activeElement)) return;
    const top = p.at.row * height;
    if (top < b.scrollTop) b.scrollTop = top;
    else if (top + height * 3 > b.scrollTop + b.clientHeight) b.scrollTop = top + height * 3 - b.clientHeight;
    if (cell) {
      const left = b.querySelector<HTMLElement>("thead th")?.offsetWidth ?? 0;
      const right = b.querySelector<HTMLElement>("thead th.margin")?.offsetWidth ?? 0;
      if (cell.offsetLeft - left < b.scrollLeft) b.scrollLeft = cell.offsetLeft - left;
      else if (cell.offsetLeft + cell.offsetWidth + right > b.scrollLeft + b.clientWidth)
        b.scrollLeft = cell.offsetLeft + cell.offsetWidth + right - b.clientWidth;
    }
  }, [p.at]);

  const range = useMemo(() => {
    const [r1, r2] = [Math.min(anchor.row, p.at.row), Math.max(anchor.row, p.at.row)];
    const [c1, c2] = [Math.min(anchor.col, p.at.col), Math.max(anchor.col, p.at.col)];
    return { r1, r2, c1, c2, has: (r: number, c: number) => r >= r1 && r <= r2 && c >= c1 && c <= c2 };
  }, [anchor, p.at]);

  const commit = (text = typing) => {
    if (text !== undefined && row && item && !row.locked) p.onEdit([{ row: row.key, col: item.code, value: clean(item, text) }]);
    setTyping(undefined);
  };
  const go = (at: Spot, extend = false) => {
    const to = { row: clamp(at.row, p.rows.length), col: clamp(at.col, p.items.length) };
    p.onAt(to);
    if (!extend) setAnchor(to);
  };
  const write = (edits: Edit[]) => {
    const open = new Set(p.rows.filter((r) => !r.locked).map((r) => r.key));
    const kind = new Map(p.items.map((i) => [i.code, i]));
    p.onEdit(edits.filter((e) => open.has(e.row)).map((e) => ({ ...e, value: clean(kind.get(e.col), e.value) })));
  };
  const ranged = (value: (r: number, c: number) => string): Edit[] => {
    const edits: Edit[] = [];
    for (let r = range.r1; r <= range.r2; r++)
      for (let c = range.c1; c <= range.c2; c++)
        edits.push({ row: p.rows[r]?.key ?? "", col: p.items[c]?.code ?? "", value: value(r, c) });
    return edits;
  };

  const leave = (to: Spot, extend = false) => {
    commit();
    go(to, extend);
  };
  const takeBack = (again: boolean) => {
    setTyping(undefined);
    if (again) p.onRedo();
    else p.onUndo();
  };
  const onKey = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return;
    const { row: r, col: c } = p.at;
    const ctrl = e.ctrlKey || e.metaKey;
    const does = (f: () => void) => {
      e.preventDefault();
      f();
    };
    if (ctrl && e.key.toLowerCase() === "z") return does(() => takeBack(e.shiftKey));
    if (ctrl && e.key.toLowerCase() === "y") return does(() => takeBack(true));
    if (ctrl && e.key.toLowerCase() === "d" && range.r2 > range.r1)
      return does(() => write(ranged((_, col) => p.cells[p.rows[range.r1]?.key ?? ""]?.[p.items[col]?.code ?? ""] ?? "")));
    if (e.key === "Enter") return does(() => leave({ row: r + (e.shiftKey ? -1 : 1), col: c }));
    if (e.key === "Tab") {
      const edge = e.shiftKey ? r === 0 && c === 0 : r === p.rows.length - 1 && c === p.items.length - 1;
      if (edge) return; // leave the grid
      return does(() => {
        commit();
        const next = c + (e.shiftKey ? -1 : 1);
        go(
          next < 0
            ? { row: r - 1, col: p.items.length - 1 }
            : next >= p.items.length
              ? { row: r + 1, col: 0 }
              : { row: r, col: next },
        );
      });
    }
    if (e.key === "Escape") return does(() => setTyping(undefined));
    if (e.key === "F2") return does(() => setTyping(stated));
    const step = (
      {
        ArrowUp: [-1, 0],
        ArrowDown: [1, 0],
        ArrowLeft: [0, -1],
        ArrowRight: [0, 1],
        PageUp: [-12, 0],
        PageDown: [12, 0],
      } as Record<string, [number, number]>
    )[e.key];
    if (step && (typing === undefined || step[1] === 0))
      return does(() => leave({ row: r + step[0], col: c + step[1] }, e.shiftKey));
    if (typing === undefined && (e.key === "Home" || e.key === "End"))
      return does(() =>
        go({ row: ctrl ? (e.key === "Home" ? 0 : p.rows.length) : r, col: e.key === "Home" ? 0 : p.items.length }),
      );
    if (typing === undefined && (e.key === "Delete" || e.key === "Backspace")) return does(() => write(ranged(() => "")));
  };

  const onPaste = (e: ClipboardEvent) => {
    const block = parse(e.clipboardData.getData("text/plain"));
    if (block.length === 0 || (typing !== undefined && block.length === 1 && block[0]?.length === 1)) return;
    e.preventDefault();
    setTyping(undefined);
    const one = block.length === 1 && block[0]?.length === 1 ? block[0][0] : undefined;
    if (one !== undefined) return write(ranged(() => one)); // one value fills the range
    const { edits, lost } = paste(
      block,
      p.rows.map((x) => x.key),
      p.items.map((i) => i.code),
      range.r1,
      range.c1,
    );
    write(edits);
    if (lost) p.onLost(lost);
  };
  const onCopy = (e: ClipboardEvent) => {
    if (typing !== undefined) return;
    e.preventDefault();
    const lines: string[][] = [];
    for (let r = range.r1; r <= range.r2; r++)
      lines.push(p.items.slice(range.c1, range.c2 + 1).map((i) => p.cells[p.rows[r]?.key ?? ""]?.[i.code] ?? ""));
    e.clipboardData.setData("text/plain", format(lines));
    if (e.type === "cut") write(ranged(() => ""));
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the inputs inside are what is focused
    <div className="sheet-scroll" ref={box} onKeyDown={onKey} onPaste={onPaste} onCopy={onCopy} onCut={onCopy}>
      <table className="sheet">
        <thead>
          <tr>
            <th scope="col" className="who">
              {p.head}
              <span className="sheet-legend">{t("grid.legend")}</span>
            </th>
            {p.items.map((i) => (
              <th key={i.code} scope="col" className={numeric(i) ? "num" : ""} title={i.hint}>
                <span className="sheet-name">
                  {i.need && <b aria-hidden>*</b>}
                  {name(i)}
                </span>
                <span className="unit">{i.unit || "\u00a0"}</span>
              </th>
            ))}
            <th scope="col" className="margin">
              {t("grid.margin")}
            </th>
          </tr>
        </thead>
        <tbody>
          {from > 0 && <tr aria-hidden style={{ height: from * height }} />}
          {p.rows.slice(from, to).map((r, k) => {
            const i = from + k;
            return (
              <tr key={r.key} className={i === p.at.row ? "here" : ""} style={{ height }}>
                <th scope="row" className="who">
                  <button type="button" className="plain sheet-who" onClick={() => go({ row: i, col: p.at.col })}>
                    <span className="ellipsis">{r.label}</span>
                    <span className="cap">{r.sub}</span>
                  </button>
                </th>
                {p.items.map((c, j) => (
                  <GridCell
                    key={c.code}
                    item={c}
                    who={r.label}
                    value={p.cells[r.key]?.[c.code] ?? ""}
                    ghosts={[p.ghosts[0][r.key]?.[c.code], p.ghosts[1][r.key]?.[c.code]]}
                    mark={p.marks[r.key]?.[c.code]}
                    locked={r.locked}
                    on={i === p.at.row && j === p.at.col}
                    inRange={range.has(i, j)}
                    typing={i === p.at.row && j === p.at.col ? typing : undefined}
                    onType={setTyping}
                    onLeave={commit}
                    onPick={(extend) => leave({ row: i, col: j }, extend)}
                    onDrag={() => go({ row: i, col: j }, true)}
                  />
                ))}
                <td className="margin">{r.margin}</td>
              </tr>
            );
          })}
          {to < p.rows.length && <tr aria-hidden style={{ height: (p.rows.length - to) * height }} />}
        </tbody>
        {p.totals && (
          <tfoot>
            <tr>
              <th scope="row" className="who">
                {t("grid.total")}
              </th>
              {p.items.map((i) => (
                <td key={i.code} className="num">
                  {numeric(i) ? group(p.totals?.[i.code] ?? "", i.scale) : ""}
                </td>
              ))}
              <td className="margin cap">{t("grid.totalHint")}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

const numeric = (i?: Item) => !i?.type || i.type === "number";
const clamp = (n: number, size: number) => Math.min(Math.max(n, 0), Math.max(size - 1, 0));
/** clean gives a number its plain form; what is no number stays as typed, so that it can be seen and corrected. */
const clean = (i: Item | undefined, text: string) => (numeric(i) ? (read(text) ?? text.trim()) : text.trim());
