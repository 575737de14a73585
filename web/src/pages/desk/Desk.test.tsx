import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { api } from "../../api/client";
import { show } from "../../test";
import { Component as Desk } from "./Desk";

test("what is late comes first; an empty list says so", async () => {
  vi.spyOn(api, "desk").mockResolvedValue({
    late: [{ kind: "ledger", ref: "r", title: "储罐检修审查", state: "s", state_name: "办理中", days_left: -3, path: "/x" }],
    due: [],
    waiting: [],
    recent: [],
    forms: [
      {
        form: "m",
        name: "监测月报",
        period: "2025-11",
        expected: 48,
        received: 31,
        accepted: 12,
        due: "2025-12-05",
        days_left: 0,
      },
    ],
    headline: [
      { code: "out", name: "产值", value: "", text: "", unit: "亿元", period: "2025-11", scope: "county", missing: true },
    ],
  });
  show(<Desk />);
  expect(await screen.findByText("储罐检修审查")).toBeTruthy();
  expect(screen.getByText("逾期 3 天")).toBeTruthy();
  expect(screen.getByText("今天到期")).toBeTruthy();
  expect(screen.getByText("近期没有到期事项。")).toBeTruthy();
  expect(screen.getByText("暂缺")).toBeTruthy();
});
