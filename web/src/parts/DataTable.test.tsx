import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { show } from "../test";
import { type Column, DataTable } from "./DataTable";

interface Row {
  id: string;
  sum: string;
}
const columns: Column<Row>[] = [
  { key: "id", title: "编号", width: 80, show: (r) => r.id },
  { key: "sum", title: "金额", unit: "万元", num: true, width: 100, sortable: true, show: (r) => r.sum },
  { key: "note", title: "备注", width: 100, off: true, show: () => "注" },
];
const table = (over: object = {}) =>
  show(
    <DataTable
      id="t"
      columns={columns}
      rows={[{ id: "a", sum: "1" }]}
      rowKey={(r) => r.id}
      empty={<p>空</p>}
      toolbar={null}
      totals={{ sum: "12345.6" }}
      {...over}
    />,
  );

beforeEach(() => localStorage.clear());

test("totals stand in the foot under their column", () => {
  table();
  expect(screen.getByText("合计")).toBeTruthy();
  expect(screen.getByText("12,345.6").className).toContain("num");
});

test("a row opens, a link inside it does not", () => {
  const onOpen = vi.fn();
  table({ onOpen, columns: [...columns, { key: "x", title: "操作", width: 80, show: () => <a href="#x">编辑</a> }] });
  fireEvent.click(screen.getByText("编辑"));
  expect(onOpen).not.toHaveBeenCalled();
  fireEvent.click(screen.getByText("a"));
  expect(onOpen).toHaveBeenCalledWith({ id: "a", sum: "1" });
});

test("a chosen column is remembered", async () => {
  const first = table();
  expect(screen.getAllByRole("columnheader").map((h) => h.textContent)).not.toContain("备注");
  fireEvent.click(screen.getByRole("button", { name: /列设置/ }));
  fireEvent.click(await screen.findByLabelText("备注"));
  first.unmount();
  table();
  expect(screen.getAllByRole("columnheader").map((h) => h.textContent)).toContain("备注");
});

test("an empty list says what to do", () => {
  table({ rows: [] });
  expect(screen.getByText("空")).toBeTruthy();
});
