import { fireEvent, screen, waitFor } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { beforeEach, expect, test, vi } from "vitest";
import { api, Problem } from "../../api/client";
import { clerk, show } from "../../test";
import { Component as Login } from "./Login";

const menu = [{ group: "a", name: "工作", items: [{ path: "/", name: "工作台" }] }];
const open = (at: string) =>
  show(
    <Routes>
      <Route path="/login" element={<Login />} />
      <Route path="*" element={<p>到了</p>} />
    </Routes>,
    at,
  );
const enter = () => {
  fireEvent.change(screen.getByLabelText("账号"), { target: { value: " wang " } });
  fireEvent.change(screen.getByLabelText("密码"), { target: { value: "secret-word" } });
  fireEvent.click(screen.getByRole("button", { name: "登录" }));
};

beforeEach(() => {
  vi.spyOn(api, "login").mockResolvedValue(undefined);
  vi.spyOn(api, "me").mockResolvedValue({ ...clerk, menu });
});

test("a good login lands", async () => {
  open("/login");
  enter();
  expect(await screen.findByText("到了")).toBeTruthy();
  expect(api.login).toHaveBeenCalledWith({ login: "wang", password: "secret-word" });
});

test("a wrong one says the server's sentence and stays", async () => {
  vi.spyOn(api, "login").mockRejectedValue(new Problem(401, "账号或密码不对"));
  open("/login");
  enter();
  expect(await screen.findByText("账号或密码不对")).toBeTruthy();
});

test("the first login changes the password before anything else", async () => {
  const change = vi.spyOn(api, "password").mockResolvedValue(undefined);
  vi.spyOn(api, "me").mockResolvedValueOnce({ ...clerk, menu, must_change: true });
  open("/login");
  enter();
  fireEvent.change(await screen.findByLabelText("新密码"), { target: { value: "a-longer-word" } });
  fireEvent.change(screen.getByLabelText("再输一次新密码"), { target: { value: "another-word" } });
  fireEvent.click(screen.getByRole("button", { name: "保存并进入" }));
  expect(await screen.findByText("两次输入不一致")).toBeTruthy();
  fireEvent.change(screen.getByLabelText("再输一次新密码"), { target: { value: "a-longer-word" } });
  fireEvent.click(screen.getByRole("button", { name: "保存并进入" }));
  await waitFor(() => expect(change).toHaveBeenCalledWith({ old: "secret-word", new: "a-longer-word" }));
  expect(await screen.findByText("到了")).toBeTruthy();
});
