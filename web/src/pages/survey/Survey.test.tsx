import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { api } from "../../api/client";
import type { FormDef, FormPeriod } from "../../api/types";
import { clerk, show } from "../../test";
import { Component as Survey } from "./Survey";

const form: FormDef = {
  code: "m",
  name: "监测月报",
  periods: ["2025-11"],
  items: [{ code: "a", name: "产值", unit: "万元", scale: 1, need: true }],
};
const page: FormPeriod = {
  form: "m",
  period: "2025-11",
  due: "2025-12-05",
  received: 1,
  accepted: 0,
  expected: 2,
  totals: { a: "1500.0" },
  remind: "请尽快报送",
  rows: [
    { enterprise: "E1", name: "甲厂", state: "missing", version: 0, late: true, days_late: 3 },
    { enterprise: "E2", name: "乙厂", state: "submitted", version: 2, cells: { a: "1500" } },
  ],
};
const open = (query = "", me = clerk) =>
  show(
    <Routes>
      <Route path="/survey/:form/:period" element={<Survey />} />
    </Routes>,
    `/survey/m/2025-11${query}`,
    me,
  );

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  vi.spyOn(api, "forms").mockResolvedValue([form]);
  vi.spyOn(api, "formPeriod").mockResolvedValue(page);
  vi.spyOn(api, "returnHistory").mockResolvedValue({ versions: [] });
  vi.spyOn(api, "saveDraft").mockResolvedValue({
    saved_at: "2025-12-08T01:30:00Z",
    faults: [{ code: "r1", level: "ask", items: ["a"], message: "变动较大，请核实" }],
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("what is typed is saved as a draft by itself, and its checks come back to the cell", async () => {
  open();
  const cell = await screen.findByLabelText("甲厂 产值");
  fireEvent.change(cell, { target: { value: "1,234.5" } });
  fireEvent.keyDown(cell, { key: "Enter" });
  expect(api.saveDraft).not.toHaveBeenCalled();
  await act(() => vi.advanceTimersByTimeAsync(1600));
  expect(api.saveDraft).toHaveBeenCalledTimes(1);
  expect(api.saveDraft).toHaveBeenCalledWith("m", "2025-11", "E1", { cells: { a: "1234.5" }, based_on: 0 });
  expect(await screen.findByText(/草稿已保存 09:30/)).toBeTruthy();
  expect(screen.getAllByText("变动较大，请核实").length).toBeGreaterThan(0);
});

test("what is no number is marked and never sent", async () => {
  open();
  const cell = await screen.findByLabelText("甲厂 产值");
  fireEvent.change(cell, { target: { value: "约十万" } });
  fireEvent.keyDown(cell, { key: "Enter" });
  await act(() => vi.advanceTimersByTimeAsync(1600));
  expect(api.saveDraft).toHaveBeenCalledWith("m", "2025-11", "E1", { cells: {}, based_on: 0 });
  expect(screen.getAllByText("产值：应为数字").length).toBeGreaterThan(0);
});

test("a clerk who fills in for an enterprise says who told it and how", async () => {
  const submit = vi.spyOn(api, "submitReturn").mockResolvedValue({ version: 1, state: "submitted" });
  open();
  const cell = await screen.findByLabelText("甲厂 产值");
  fireEvent.change(cell, { target: { value: "7" } });
  fireEvent.keyDown(cell, { key: "Enter" });
  fireEvent.click(screen.getByRole("button", { name: "提交 1 家" }));
  const dialog = await screen.findByRole("dialog");
  fireEvent.click(within(dialog).getByRole("button", { name: "提交" }));
  expect(await within(dialog).findByText("此项必填")).toBeTruthy();
  expect(submit).not.toHaveBeenCalled();
  fireEvent.change(within(dialog).getByLabelText("提供数据的人"), { target: { value: "李会计" } });
  fireEvent.click(within(dialog).getByRole("button", { name: "提交" }));
  await waitFor(() =>
    expect(submit).toHaveBeenCalledWith("m", "2025-11", "E1", {
      cells: { a: "7" },
      based_on: 0,
      reason: undefined,
      fill_for: { informant: "李会计", how: "电话", evidence: [] },
    }),
  );
});

test("only a reviewer may accept", async () => {
  open("?view=review");
  await screen.findAllByText("乙厂");
  expect(screen.queryByRole("button", { name: /全部通过/ })).toBeNull();
  expect(screen.queryByRole("button", { name: "退回" })).toBeNull();
});

test("a reviewer accepts, and sends back with a reason", async () => {
  const judge = vi.spyOn(api, "judgeReturn").mockResolvedValue({ version: 2, state: "returned" });
  open("?view=review", { ...clerk, rights: ["survey.review"] });
  expect(await screen.findByRole("button", { name: /全部通过 1 家/ })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "退回" }));
  fireEvent.change(screen.getByLabelText(/退回原因/), { target: { value: "单位写错" } });
  fireEvent.click(screen.getByRole("button", { name: "退回" }));
  await waitFor(() => expect(judge).toHaveBeenCalledWith("m", "2025-11", "E2", "return", "单位写错"));
});

test("who is late stands with the days and a text to send", async () => {
  open("?view=late");
  const row = (await screen.findByText("甲厂")).closest("tr") as HTMLElement;
  expect(within(row).getByText("3")).toBeTruthy();
  expect(screen.queryByText("乙厂")).toBeNull();
  expect(screen.getByText("请尽快报送")).toBeTruthy();
});
