/** The sheet under the entry grid: cells by row and column, and every edit can be taken back. */

export type Cells = Record<string, Record<string, string>>;
export interface Edit {
  row: string;
  col: string;
  value: string;
}
export interface Sheet {
  cells: Cells;
  past: Edit[][]; // each holds what was there before
  next: Edit[][]; // each holds what was there before the undo
  touched: Record<string, true>; // rows edited since they were last saved
}

export type Act =
  | { do: "load"; cells: Cells }
  | { do: "edit"; edits: Edit[] }
  | { do: "undo" }
  | { do: "redo" }
  | { do: "saved"; rows: string[]; of: Cells };

export const empty: Sheet = { cells: {}, past: [], next: [], touched: {} };
const limit = 200; // steps kept for undo

export function reduce(s: Sheet, a: Act): Sheet {
  switch (a.do) {
    case "load": {
      // Rows being edited keep what was typed; the rest follow the server.
      const kept = Object.fromEntries(Object.keys(s.touched).map((r) => [r, s.cells[r] ?? {}]));
      return { ...s, cells: { ...a.cells, ...kept } };
    }
    case "edit": {
      const real = a.edits.filter((e) => (s.cells[e.row]?.[e.col] ?? "") !== e.value);
      if (real.length === 0) return s;
      const [cells, before] = apply(s.cells, real);
      return { cells, past: [...s.past, before].slice(-limit), next: [], touched: touch(s.touched, real) };
    }
    case "undo":
      return step(s, "past", "next");
    case "redo":
      return step(s, "next", "past");
    case "saved": {
      const done = new Set(a.rows.filter((r) => s.cells[r] === a.of[r]));
      return {
        ...s,
        touched: Object.fromEntries(
          Object.keys(s.touched)
            .filter((r) => !done.has(r))
            .map((r) => [r, true as const]),
        ),
      };
    }
  }
}

function step(s: Sheet, from: "past" | "next", to: "past" | "next"): Sheet {
  const edits = s[from][s[from].length - 1];
  if (!edits) return s;
  const [cells, before] = apply(s.cells, edits);
  const moved = { [from]: s[from].slice(0, -1), [to]: [...s[to], before] } as Pick<Sheet, "past" | "next">;
  return { cells, ...moved, touched: touch(s.touched, edits) };
}

function apply(cells: Cells, edits: Edit[]): [Cells, Edit[]] {
  const out = { ...cells };
  const before: Edit[] = [];
  for (const e of edits) {
    const row = { ...out[e.row] };
    before.unshift({ ...e, value: row[e.col] ?? "" });
    row[e.col] = e.value;
    out[e.row] = row;
  }
  return [out, before];
}

const touch = (t: Record<string, true>, edits: Edit[]) => ({
  ...t,
  ...Object.fromEntries(edits.map((e) => [e.row, true as const])),
});

/** paste lays a block over rows and columns from a corner; what hangs over the edge is counted, not silently lost. */
export function paste(
  block: string[][],
  rows: string[],
  cols: string[],
  row: number,
  col: number,
): { edits: Edit[]; lost: number } {
  const edits: Edit[] = [];
  let lost = 0;
  block.forEach((line, i) => {
    line.forEach((value, j) => {
      const r = rows[row + i];
      const c = cols[col + j];
      if (r !== undefined && c !== undefined) edits.push({ row: r, col: c, value });
      else if (value.trim() !== "") lost++;
    });
  });
  return { edits, lost };
}
