import { expect, test } from "vitest";
import type { Field, Item } from "../api/types";
import { byItem, cell, creditCode, field } from "./check";

const item: Item = { code: "c1", name: "甲", unit: "万元", scale: 1, type: "number" };
test.each([
  ["", undefined],
  ["12.5", undefined],
  ["12.50", undefined],
  ["12.55", "scale"],
  ["-1", "negative"],
  ["十二", "number"],
])("cell %s", (value, want) => expect(cell(item, value)?.wrong).toBe(want));

test("a text cell holds anything, a cell that may be negative may be", () => {
  expect(cell({ ...item, type: "text" }, "检修")).toBeUndefined();
  expect(cell({ ...item, negative: true }, "-1")).toBeUndefined();
});

const f = (x: Partial<Field>): Field => ({ code: "f", name: "乙", type: "text", ...x });
test.each<[Partial<Field>, unknown, string | undefined]>([
  [{ need: true }, "", "need"],
  [{ need: true }, [], "need"],
  [{}, "", undefined],
  [{ type: "number", min: "1" }, "0", "min"],
  [{ type: "number", max: "9" }, "10", "max"],
  [{ type: "number", scale: 0 }, "1.5", "scale"],
  [{ type: "people", min: "2" }, ["甲"], "least"],
  [{ type: "credit_code" }, "91620724MA0000001X", "code"],
])("field %o holding %o", (x, value, want) => expect(field(f(x), value)?.wrong).toBe(want));

test("a step may ask for what the record does not", () => {
  expect(field(f({}), "", true)?.wrong).toBe("need");
});

test("the check character of a credit code", () => {
  expect(creditCode("91350100M000100Y43")).toBe(true); // the example of GB 32100-2015
  expect(creditCode("91350100M000100Y44")).toBe(false);
  expect(creditCode("91350100M000100I43")).toBe(false);
});

test("a hard fault hides a question on the same cell", () => {
  const hard = { code: "h", level: "hard", items: ["c1"], message: "合计不等" };
  const ask = { code: "a", level: "ask", items: ["c1", "c2"], message: "变动较大" };
  expect(byItem([ask, hard, ask])).toEqual({ c1: hard, c2: ask });
});
