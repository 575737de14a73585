import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { Paper } from "./Paper";

const html =
  '<article class="paper"><p>完成<a class="fig" data-id="f1" data-code="output">12.3</a>亿元，<a href="/x">他处</a></p></article>';

test("a figure of the document opens, by mouse and by key; other links do not", () => {
  const open = vi.fn();
  render(<Paper html={html} onFigure={open} lit="f1" />);
  const figure = screen.getByRole("button", { name: "12.3" });
  fireEvent.click(figure);
  fireEvent.keyDown(figure, { key: "Enter" });
  expect(open.mock.calls).toEqual([
    ["output", "f1"],
    ["output", "f1"],
  ]);
  expect(figure.classList.contains("lit")).toBe(true);
  fireEvent.click(screen.getByText("他处"));
  expect(open).toHaveBeenCalledTimes(2);
});
