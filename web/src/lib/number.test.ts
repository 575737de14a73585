import { expect, test } from "vitest";
import { apart, group, order, points, read } from "./number";

test.each([
  ["1234567.5", 0, "1,234,567.5"],
  ["123", 0, "123"],
  ["-9876.5", 2, "−9,876.50"],
  ["0.123456", 2, "0.123456"],
  ["90071992547409931234", 0, "90,071,992,547,409,931,234"],
  ["未反馈", 0, "未反馈"],
  ["", 2, ""],
])("group(%s, %i) = %s", (value, digits, want) => expect(group(value, digits)).toBe(want));

test.each([
  ["1,234.50", "1234.50"],
  ["１２．５", "12.5"],
  ["(12)", "-12"],
  ["−3", "-3"],
  [" ¥ 1 000 ", "1000"],
  ["007", "7"],
  [".5", "0.5"],
  ["5.", "5"],
  ["", ""],
  ["—", ""],
  ["0", "0"],
  ["1.2.3", undefined],
  ["十二", undefined],
  ["1e5", undefined],
])("read(%s) = %s", (text, want) => expect(read(text)).toBe(want));

test("apart takes a finished text to pieces", () => {
  expect(apart("12.34亿元")).toEqual({ lead: "", number: "12.34", unit: "亿元" });
  expect(apart("增长8.2%")).toEqual({ lead: "增长", number: "8.2", unit: "%" });
  expect(apart("1,284 个")).toEqual({ lead: "", number: "1,284", unit: "个" });
  expect(apart("—")).toEqual({ lead: "", number: "—", unit: "" });
});

test("order puts what is missing last", () => {
  expect(["", "10", "9", undefined].sort(order)).toEqual(["9", "10", "", undefined]);
});

test("a missing month is a gap", () => {
  expect(
    points([
      { period: "2025-01", value: "" },
      { period: "2025-02", value: "0" },
    ]).map((p) => p.y),
  ).toEqual([null, 0]);
});
