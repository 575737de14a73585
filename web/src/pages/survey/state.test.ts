import { expect, test } from "vitest";
import type { ReturnRow } from "../../api/types";
import { owing, pick } from "./state";

const row = (enterprise: string, state: ReturnRow["state"], park = ""): ReturnRow => ({
  enterprise,
  name: `${enterprise}厂`,
  state,
  park,
  version: 1,
});
const rows = [
  row("a", "missing", "东"),
  row("b", "submitted", "东"),
  row("c", "accepted"),
  row("d", "returned"),
  row("e", "draft"),
];
const all = { q: "", region: "", park: "", state: "" };

test("a return that was sent back is owed again", () => {
  expect(owing(rows).map((r) => r.enterprise)).toEqual(["a", "d", "e"]);
});

test("views and filters narrow together", () => {
  expect(pick(rows, "entry", all)).toHaveLength(5);
  expect(pick(rows, "review", all).map((r) => r.enterprise)).toEqual(["b"]);
  expect(pick(rows, "late", { ...all, park: "东" }).map((r) => r.enterprise)).toEqual(["a"]);
  expect(pick(rows, "entry", { ...all, q: "C厂" }).map((r) => r.enterprise)).toEqual(["c"]);
});
