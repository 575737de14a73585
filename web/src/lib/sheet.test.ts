import { expect, test } from "vitest";
import { type Act, empty, paste, reduce } from "./sheet";

const run = (...acts: Act[]) => acts.reduce(reduce, empty);
const edit = (row: string, col: string, value: string): Act => ({ do: "edit", edits: [{ row, col, value }] });

test("undo gives back what was there, redo what was typed", () => {
  const typed = run({ do: "load", cells: { e1: { c1: "5" } } }, edit("e1", "c1", "6"), edit("e1", "c1", "7"));
  const back = reduce(reduce(typed, { do: "undo" }), { do: "undo" });
  expect(back.cells.e1?.c1).toBe("5");
  expect(reduce(reduce(back, { do: "redo" }), { do: "redo" }).cells).toEqual(typed.cells);
  expect(reduce(back, { do: "undo" })).toBe(back);
});

test("a new edit forgets what could be redone", () => {
  const s = reduce(reduce(run(edit("e1", "c1", "6")), { do: "undo" }), edit("e1", "c1", "8"));
  expect(reduce(s, { do: "redo" }).cells.e1?.c1).toBe("8");
});

test("a paste is one step, even when it writes a cell twice", () => {
  const s = run({
    do: "edit",
    edits: [
      { row: "a", col: "x", value: "1" },
      { row: "a", col: "x", value: "2" },
      { row: "b", col: "x", value: "3" },
    ],
  });
  expect(s.past).toHaveLength(1);
  expect(reduce(s, { do: "undo" }).cells).toEqual({ a: { x: "" }, b: { x: "" } });
});

test("loading again keeps the rows that are being typed", () => {
  const s = reduce(run(edit("e1", "c1", "6")), { do: "load", cells: { e1: { c1: "0" }, e2: { c1: "1" } } });
  expect(s.cells).toEqual({ e1: { c1: "6" }, e2: { c1: "1" } });
});

test("a row typed again while it was being saved is still unsaved", () => {
  const first = run(edit("e1", "c1", "6"));
  const later = reduce(first, edit("e1", "c1", "7"));
  expect(reduce(later, { do: "saved", rows: ["e1"], of: first.cells }).touched).toEqual({ e1: true });
  expect(reduce(first, { do: "saved", rows: ["e1"], of: first.cells }).touched).toEqual({});
});

test("paste counts what hangs over the edge", () => {
  const got = paste(
    [
      ["1", "2", "3"],
      ["4", "5", ""],
    ],
    ["a", "b"],
    ["x", "y"],
    0,
    0,
  );
  expect(got.edits).toHaveLength(4);
  expect(got.lost).toBe(1);
});
