import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { api } from "../../api/client";
import type { Figure } from "../../api/types";
import type { Stop } from "../../lib/trail";
import { show } from "../../test";
import LineageDrawer from "./LineageDrawer";

const figure: Figure = {
  code: "rate",
  name: "增速",
  value: "8.2",
  text: "8.2%",
  unit: "%",
  period: "2025-01..11",
  scope: "county",
  caliber: "按可比口径计算",
  formula: { text: "a / last.a × 100 − 100", filled: "108.2 / 100 × 100 − 100" },
  parts: [{ code: "a", name: "产值", value: "108.2", unit: "亿元" }],
  facts: { count: 1, digest: "sm3:00ff" },
};
const start: Stop[] = [{ figure: { code: "rate", scope: "", period: "", known: "" } }];

beforeEach(() => {
  vi.spyOn(api, "figure").mockResolvedValue(figure);
  vi.spyOn(api, "history").mockResolvedValue({ points: [] });
  vi.spyOn(api, "facts").mockResolvedValue({
    count: 1,
    digest: "sm3:00ff",
    hidden: 3,
    rows: [
      {
        ref: "survey:m/2025-11/E1/a@2",
        value: "108.2",
        title: "产值",
        enterprise_name: "甲厂",
        stated_by: "李会计",
        stated_at: "2025-12-03T02:11:00Z",
      },
    ],
  });
  vi.spyOn(api, "differences").mockResolvedValue({ from: { ...figure, text: "8.0%" }, to: figure, changes: [] });
});

test("a figure opens to its sentence, formula, parts and facts", async () => {
  const onTrail = vi.fn();
  show(<LineageDrawer trail={start} onTrail={onTrail} />);
  expect(await screen.findByText("按可比口径计算")).toBeTruthy();
  expect(screen.getByText("= 108.2 / 100 × 100 − 100")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: /产值.*108\.2/ }));
  expect(onTrail).toHaveBeenLastCalledWith([
    ...start,
    { figure: { code: "a", scope: "county", period: "2025-01..11", known: "" } },
  ]);
  fireEvent.click(await screen.findByRole("button", { name: "甲厂" }));
  expect(onTrail).toHaveBeenLastCalledWith([...start, { fact: "survey:m/2025-11/E1/a@2" }]);
  expect(screen.getByText(/另有 3 条/)).toBeTruthy();
  expect(screen.getByText("2025-12-03 10:11")).toBeTruthy();
});

test("a moment goes to the server, and what changed since is shown", async () => {
  const known = "2025-12-01T00:00:00Z";
  show(<LineageDrawer trail={[{ figure: { code: "rate", scope: "", period: "", known } }]} onTrail={() => {}} />);
  await waitFor(() => expect(api.figure).toHaveBeenCalledWith("rate", { scope: "", period: "", known_at: known }));
  expect(await screen.findByText(/8\.0% →/)).toBeTruthy();
  expect(api.differences).toHaveBeenCalledWith("rate", { scope: "", period: "", from: known });
});
