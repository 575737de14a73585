import { expect, test } from "vitest";
import { clerk } from "../../test";
import { can } from "./me";
import { landing } from "./Shell";

const menu = [
  {
    group: "a",
    name: "工作",
    items: [
      { path: "/", name: "工作台" },
      { path: "/ledgers", name: "台账" },
      { path: "/mine", name: "我的报表" },
    ],
  },
];

test.each([
  ["/", "/"],
  ["/mine", "/mine"],
  ["/ledgers/visit", "/ledgers/visit"],
  ["/live", "/"],
  ["", "/"],
])("home %s lands on %s", (home, want) => expect(landing({ ...clerk, home, menu })).toBe(want));

test("nobody may do what is not written down", () => {
  expect(can({ ...clerk, rights: ["given.write"] }, "given.write")).toBe(true);
  expect(can({ ...clerk, rights: [] }, "given.write")).toBe(false);
});
