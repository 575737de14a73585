import { expect, test } from "vitest";
import { knownAt, read, type Stop, write } from "./trail";

const trail: Stop[] = [
  { figure: { code: "output", scope: "park:P01", period: "2025-01..11", known: "2025-12-01T00:00:00Z" } },
  { figure: { code: "count", scope: "", period: "", known: "" } },
  { fact: "survey:B204-1/2025-11/91620724MA0000001X/c05@2" },
];

test("a trail is read back as written", () => {
  expect(read(write(trail))).toEqual(trail);
  expect(write(trail.slice(1, 2))).toBe("count");
  expect(read(null)).toEqual([]);
});

test("the moment goes into figures only", () => {
  expect(write(knownAt(trail.slice(1), "9"))).toBe("count~~~9;@survey:B204-1/2025-11/91620724MA0000001X/c05@2");
});
