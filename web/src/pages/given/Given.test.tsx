import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { api } from "../../api/client";
import type { GivenRow } from "../../api/types";
import { show } from "../../test";
import { Component as Given } from "./Given";

const row = (indicator: string, name: string, provider_name: string, value = ""): GivenRow => ({
  indicator,
  name,
  unit: "件",
  provider: provider_name,
  provider_name,
  scope: "county",
  period: "2025",
  value,
  state: value ? "given" : "missing",
});

beforeEach(() => {
  vi.spyOn(api, "given").mockResolvedValue({ rows: [row("p", "发明专利", "市场监管局"), row("t", "职称", "人社局", "12")] });
});

test("figures stand by the office that owes them", async () => {
  show(<Given />);
  const office = (await screen.findByText("市场监管局")).closest("section") as HTMLElement;
  expect(within(office).getByText("发明专利")).toBeTruthy();
  expect(within(office).queryByText("职称")).toBeNull();
  expect(screen.getByText("已反馈 1 / 共 2")).toBeTruthy();
});

test("a figure is entered in its plain form, with its document", async () => {
  const give = vi.spyOn(api, "give").mockResolvedValue(row("p", "发明专利", "市场监管局", "1024"));
  show(<Given />);
  fireEvent.click(await screen.findByRole("button", { name: "录入" }));
  const dialog = await screen.findByRole("dialog");
  fireEvent.change(within(dialog).getByLabelText("数值（件）"), { target: { value: "1,024" } });
  fireEvent.click(within(dialog).getByRole("button", { name: "保存" }));
  expect(await within(dialog).findByText("此项必填")).toBeTruthy();
  fireEvent.change(within(dialog).getByLabelText("依据文件"), { target: { value: "滨市监函〔2025〕9号" } });
  fireEvent.click(within(dialog).getByRole("button", { name: "保存" }));
  await waitFor(() =>
    expect(give).toHaveBeenCalledWith({
      indicator: "p",
      scope: "county",
      period: "2025",
      provider: "市场监管局",
      value: "1024",
      on: "2025-12-31",
      stage: "反馈",
      document: "滨市监函〔2025〕9号",
      files: [],
      reason: undefined,
    }),
  );
});
