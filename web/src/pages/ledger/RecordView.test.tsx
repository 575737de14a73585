import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { RecordDetail, TypeDef } from "../../api/types";
import { show } from "../../test";
import { RecordView } from "./RecordView";

const type: TypeDef = {
  code: "visit",
  name: "走访",
  fields: [
    { code: "sum", name: "金额", type: "number", unit: "万元", section: "基本" },
    { code: "kind", name: "类别", type: "enum", options: [{ code: "a", name: "用工" }], section: "基本" },
  ],
};
const record: RecordDetail = {
  id: "k1",
  ref: "ledger:visit/k1@2",
  number: "1号",
  title: "缺工",
  state: "opened",
  state_name: "已登记",
  effective_on: "2025-11-01",
  version: 2,
  values: { sum: "1234.5", kind: "a" },
  steps: [
    { code: "back", name: "退回", to: "draft", allowed: true, back: true },
    { code: "hand", name: "交办", to: "handed", allowed: true },
    { code: "close", name: "办结", to: "closed", allowed: false, why: "还没有办理结果" },
  ],
  timeline: [
    {
      ref: "ledger:visit/k1@2",
      version: 2,
      state: "opened",
      state_name: "已登记",
      recorded_at: "2025-11-01T02:00:00Z",
      actor: "u1",
      actor_name: "张敏",
      act: "修改",
      reason: "录错",
      changes: [{ field: "sum", name: "金额", from: "1000", to: "1234.5" }],
    },
  ],
};

test("the next step is the primary button; what may not be done yet says why", () => {
  show(<RecordView record={record} type={type} />);
  const buttons = screen.getAllByRole("button").map((b) => b.textContent);
  expect(buttons.indexOf("交办")).toBeLessThan(buttons.indexOf("退回"));
  expect(screen.getByRole("button", { name: "交办" }).className).toContain("primary");
  expect((screen.getByRole("button", { name: "办结" }) as HTMLButtonElement).disabled).toBe(true);
  expect(screen.getByText(/还没有办理结果/)).toBeTruthy();
  expect(screen.getByText("1,234.5")).toBeTruthy();
  expect(screen.getByText("用工")).toBeTruthy();
  expect(screen.getByText("2025-11-01 10:00", { exact: false })).toBeTruthy();
});
