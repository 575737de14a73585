import { fireEvent, screen } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { beforeEach, expect, test, vi } from "vitest";
import { api } from "../../api/client";
import { OpenerContext } from "../../parts/opener";
import { clerk, show } from "../../test";
import { Component as Report } from "./Report";

beforeEach(() => {
  vi.spyOn(api, "report").mockResolvedValue({
    code: "y",
    title: "年度工作总结",
    period: "2025",
    as_of: "2025-12-31",
    html: '<article class="paper"><p>产值<a class="fig" data-id="f7" data-code="out">12</a>亿元</p></article>',
    figures: [{ id: "f7", code: "out", name: "产值", value: "12", text: "12亿元", unit: "亿元" }],
    missing: [{ code: "p", name: "发明专利", provider_name: "市场监管局" }],
    warnings: [],
    outline: [],
  });
  vi.spyOn(api, "issues").mockResolvedValue([]);
});
const open = (query = "", me = clerk) => {
  const figure = vi.fn();
  show(
    <OpenerContext.Provider value={{ figure, fact: vi.fn(), record: vi.fn() }}>
      <Routes>
        <Route path="/reports/:code" element={<Report />} />
      </Routes>
    </OpenerContext.Provider>,
    `/reports/y${query}`,
    me,
  );
  return figure;
};

test("a figure on the paper opens as it was known when the paper was", async () => {
  const figure = open("?known=2025-12-01T00:00:00Z");
  fireEvent.click(await screen.findByRole("button", { name: "12" }));
  expect(figure).toHaveBeenCalledWith({ code: "out", known: "2025-12-01T00:00:00Z", scope: "", period: "" });
});

test("what is missing stands by provider", async () => {
  open();
  fireEvent.click(await screen.findByText("暂缺 1"));
  expect(await screen.findByText("发明专利")).toBeTruthy();
  expect(screen.getByText("市场监管局")).toBeTruthy();
});

test("who may not issue sees no such button", async () => {
  open();
  await screen.findByRole("button", { name: "12" });
  expect(screen.queryByRole("button", { name: "定稿发文" })).toBeNull();
});
