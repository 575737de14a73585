import { fireEvent, screen } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { expect, test, vi } from "vitest";
import { api } from "../../api/client";
import { OpenerContext } from "../../parts/opener";
import { show } from "../../test";
import { Component as Enterprise } from "./Enterprise";

test("a figure of an enterprise opens for that enterprise", async () => {
  vi.spyOn(api, "enterprise").mockResolvedValue({
    code: "E1",
    name: "甲厂",
    figures: [{ code: "out", name: "产值", unit: "万元", value: "1234.5", period: "2025-11", points: [] }],
    cases: [
      { type: "v", type_name: "走访", id: "k1", number: "1号", title: "缺工", state: "s", state_name: "待办", on: "2025-11-01" },
    ],
  });
  const opener = { figure: vi.fn(), fact: vi.fn(), record: vi.fn() };
  show(
    <OpenerContext.Provider value={opener}>
      <Routes>
        <Route path="/enterprises/:code" element={<Enterprise />} />
      </Routes>
    </OpenerContext.Provider>,
    "/enterprises/E1",
  );
  fireEvent.click(await screen.findByRole("button", { name: /1,234\.5/ }));
  expect(opener.figure).toHaveBeenCalledWith({ code: "out", scope: "enterprise:E1", period: "2025-11" });
  fireEvent.click(screen.getByRole("button", { name: "缺工" }));
  expect(opener.record).toHaveBeenCalledWith("v", "k1");
});
