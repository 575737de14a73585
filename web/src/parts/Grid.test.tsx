import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Item } from "../api/types";
import { Grid, type GridProps } from "./Grid";

const items: Item[] = [
  { code: "a", name: "产值", unit: "万元", scale: 1 },
  { code: "b", name: "人数", unit: "人", scale: 0 },
];
function show(over: Partial<GridProps> = {}) {
  const calls = { onEdit: vi.fn(), onAt: vi.fn(), onUndo: vi.fn(), onRedo: vi.fn(), onLost: vi.fn() };
  render(
    <Grid
      items={items}
      rows={[
        { key: "e1", label: "甲厂" },
        { key: "e2", label: "乙厂" },
        { key: "e3", label: "丙厂", locked: true },
      ]}
      cells={{ e1: { a: "1200.5" } }}
      ghosts={[{ e1: { a: "1100" } }, {}]}
      marks={{}}
      head="企业"
      at={{ row: 0, col: 0 }}
      {...calls}
      {...over}
    />,
  );
  return { ...calls, input: screen.getByRole("textbox") as HTMLInputElement };
}
const paste = (el: Element, text: string) => fireEvent.paste(el, { clipboardData: { getData: () => text } });

test("a number stands grouped, last month beside it", () => {
  const { input } = show();
  expect(input.value).toBe("1,200.5");
  expect(screen.getByText("1,100")).toBeTruthy();
});

test("a block from Excel lands cell by cell, cleaned, and spares locked rows", () => {
  const { input, onEdit, onLost } = show();
  paste(input, "1,300.0\t１２\r\n(5)\t\r\n9\t9\r\n8\t8\r\n");
  expect(onEdit).toHaveBeenCalledWith([
    { row: "e1", col: "a", value: "1300.0" },
    { row: "e1", col: "b", value: "12" },
    { row: "e2", col: "a", value: "-5" },
    { row: "e2", col: "b", value: "" },
  ]);
  expect(onLost).toHaveBeenCalledWith(2);
});

test("typing replaces, Enter commits and moves down", () => {
  const { input, onEdit, onAt } = show();
  fireEvent.change(input, { target: { value: "7" } });
  fireEvent.keyDown(input, { key: "Enter" });
  expect(onEdit).toHaveBeenCalledWith([{ row: "e1", col: "a", value: "7" }]);
  expect(onAt).toHaveBeenCalledWith({ row: 1, col: 0 });
});

test("Escape forgets what was typed", () => {
  const { input, onEdit } = show();
  fireEvent.change(input, { target: { value: "7" } });
  fireEvent.keyDown(input, { key: "Escape" });
  expect(onEdit).not.toHaveBeenCalled();
});

test("arrows stop at the edge, Tab wraps to the next row, Ctrl+Z takes back", () => {
  const { input, onAt, onUndo } = show({ at: { row: 0, col: 1 } });
  fireEvent.keyDown(input, { key: "ArrowRight" });
  expect(onAt).toHaveBeenLastCalledWith({ row: 0, col: 1 });
  fireEvent.keyDown(input, { key: "Tab" });
  expect(onAt).toHaveBeenLastCalledWith({ row: 1, col: 0 });
  fireEvent.keyDown(input, { key: "z", ctrlKey: true });
  expect(onUndo).toHaveBeenCalled();
});

test("what is no number stays as typed", () => {
  const { input, onEdit } = show();
  fireEvent.change(input, { target: { value: "约十万" } });
  fireEvent.keyDown(input, { key: "Enter" });
  expect(onEdit).toHaveBeenCalledWith([{ row: "e1", col: "a", value: "约十万" }]);
});
