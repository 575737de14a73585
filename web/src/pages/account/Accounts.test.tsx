import { fireEvent, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { api } from "../../api/client";
import { clerk, show } from "../../test";
import { Component as Accounts } from "./Accounts";
import { reachOf } from "./GrantDialog";

test("a reset asks by name and shows the new password once", async () => {
  vi.spyOn(api, "accounts").mockResolvedValue([
    { id: "u2", login: "li", name: "李会计", role_names: ["企业填报人"], reach: { enterprises: ["E1"] }, state: "active" },
  ]);
  const reset = vi.spyOn(api, "resetAccount").mockResolvedValue({ password: "one-time-word" });
  show(<Accounts />, "/", { ...clerk, rights: ["account.manage"] });
  fireEvent.click(await screen.findByRole("button", { name: "重置密码" }));
  expect((await screen.findAllByText("为 李会计 重置密码？")).length).toBeGreaterThan(0);
  const confirm = screen.getAllByRole("button", { name: "重置密码" });
  fireEvent.click(confirm[confirm.length - 1] as HTMLElement);
  expect(await screen.findByText("one-time-word")).toBeTruthy();
  expect(reset).toHaveBeenCalledWith("u2");
});

test("who manages accounts does not grant, and a reach is one of its kinds", async () => {
  vi.spyOn(api, "accounts").mockResolvedValue([{ id: "u2", login: "li", name: "李会计", state: "disabled" }]);
  show(<Accounts />, "/", { ...clerk, rights: ["account.manage"] });
  expect(await screen.findByRole("button", { name: "启用" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "授权" })).toBeNull();
  expect(reachOf({ over: "parks", parks: ["P1"], enterprises: ["E1"], roles: [], reason: "" })).toEqual({ parks: ["P1"] });
});
