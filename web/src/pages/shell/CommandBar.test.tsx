import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { api } from "../../api/client";
import { OpenerContext } from "../../parts/opener";
import { clerk, show } from "../../test";
import { CommandBar } from "./CommandBar";

const me = { ...clerk, menu: [{ group: "a", name: "工作", items: [{ path: "/given", name: "征数" }] }] };
beforeEach(() => {
  vi.spyOn(api, "search").mockResolvedValue({
    hits: [
      { kind: "indicator", title: "产值", path: "/figures/out" },
      { kind: "enterprise", title: "甲厂", path: "/enterprises/E1" },
    ],
  });
});

test("an indicator opens as a card over the page", async () => {
  const figure = vi.fn();
  const onClose = vi.fn();
  show(
    <OpenerContext.Provider value={{ figure, fact: vi.fn(), record: vi.fn() }}>
      <CommandBar open onClose={onClose} me={me} />
    </OpenerContext.Provider>,
  );
  const input = screen.getByRole("combobox");
  expect(screen.getByText("征数")).toBeTruthy();
  fireEvent.change(input, { target: { value: "产" } });
  await waitFor(() => expect(screen.getByText("产值")).toBeTruthy());
  fireEvent.keyDown(input, { key: "Enter" });
  expect(figure).toHaveBeenCalledWith({ code: "out" });
  expect(onClose).toHaveBeenCalled();
});

test("nothing is asked while nothing is typed", () => {
  show(<CommandBar open onClose={() => {}} me={me} />);
  expect(api.search).not.toHaveBeenCalled();
});
