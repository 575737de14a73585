import { expect, test } from "vitest";
import type { TypeDef } from "../api/types";
import { births, columns, sections } from "./record";

const type: TypeDef = {
  code: "visit",
  name: "走访",
  title: "title",
  subject: "firm",
  fields: [
    { code: "title", name: "事由", type: "text", need: true },
    { code: "firm", name: "企业", type: "credit_code", need: true },
    { code: "note", name: "记录", type: "note", section: "经过" },
    { code: "phone", name: "电话", type: "text", section: "经过" },
    { code: "on", name: "日期", type: "date", need: true },
  ],
  steps: [
    { code: "open", name: "登记", from: null, to: "opened" },
    { code: "close", name: "办结", from: ["opened"], to: "closed" },
  ],
};

test("a step without a state before it makes the record", () => {
  expect(births(type).map((s) => s.code)).toEqual(["open"]);
});

test("needed fields come first into the list, long texts never", () => {
  expect(columns(type, 1)).toEqual([
    { field: type.fields[3], off: true },
    { field: type.fields[4], off: false },
  ]);
});

test("sections keep the order of the type", () => {
  expect(sections(type.fields).map(([s, f]) => [s, f.length])).toEqual([
    ["", 3],
    ["经过", 2],
  ]);
});
