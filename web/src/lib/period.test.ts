import { expect, test } from "vitest";
import { choices, clock, instant, parse, say, shift, short } from "./period";

test.each([
  ["2025", "2025年", "2025"],
  ["2025H1", "2025年上半年", "H1 2025"],
  ["2025Q3", "2025年三季度", "Q3 2025"],
  ["2025-11", "2025年11月", "Nov 2025"],
  ["2025-01..11", "2025年1—11月", "Jan–Nov 2025"],
  ["2025-13", "2025-13", "2025-13"],
  ["未定", "未定", "未定"],
])("say(%s)", (period, zh, en) => {
  expect(say(period)).toBe(zh);
  expect(say(period, "en")).toBe(en);
});

test("parse refuses a span that runs backwards", () => {
  expect(parse("2025-11..02")).toBeUndefined();
  expect(parse("2025Q2")).toEqual({ year: 2025, from: 4, to: 6 });
});

test("shift keeps the form of the period", () => {
  expect(shift("2025-01..11", -1)).toBe("2024-01..11");
  expect(shift("2025Q3", 1)).toBe("2026Q3");
});

test("short leaves the year out", () => {
  expect(short("2025-11")).toBe("11月");
  expect(short("2025-01..11", "en")).toBe("Jan–Nov");
  expect(short("2025")).toBe("2025");
});

test("choices offers the whole year only when it is over", () => {
  expect(choices(2025, 3)).toEqual(["2025-01..03", "2025-01..02", "2025-03", "2025-02", "2025-01"]);
  expect(choices(2025)[0]).toBe("2025");
});

test("clocks are Beijing clocks", () => {
  expect(clock("2025-11-22T16:05:09Z")).toBe("2025-11-23 00:05");
  expect(clock("2025-11-22T16:05:09Z", true)).toBe("2025-11-23 00:05:09");
  expect(instant("2025-11-23 00:05:00")).toBe("2025-11-22T16:05:00Z");
  expect(clock("")).toBe("");
});
