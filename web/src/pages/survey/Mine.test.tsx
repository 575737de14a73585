import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { api } from "../../api/client";
import type { FormDef, FormPeriod } from "../../api/types";
import { show } from "../../test";
import { Component as Mine } from "./Mine";

const form: FormDef = {
  code: "m",
  name: "监测月报",
  periods: ["2025-11", "2025-10"],
  items: [
    { code: "a", name: "产值", unit: "万元", scale: 1, need: true },
    { code: "b", name: "人数", unit: "人", scale: 0, need: true },
  ],
};
const page: FormPeriod = {
  form: "m",
  period: "2025-11",
  due: "2025-12-05",
  received: 0,
  accepted: 0,
  expected: 1,
  rows: [
    { enterprise: "E1", name: "甲厂", state: "missing", version: 0, cells: { a: "1200" }, last_month: { a: "1100", b: "86" } },
  ],
};

beforeEach(() => {
  vi.spyOn(api, "forms").mockResolvedValue([form]);
  vi.spyOn(api, "formPeriod").mockResolvedValue(page);
  vi.spyOn(api, "saveDraft").mockResolvedValue({ saved_at: "2025-12-01T01:00:00Z" });
});

test("what is known is filled in, the rest is one tap, then it can be handed in", async () => {
  const submit = vi.spyOn(api, "submitReturn").mockResolvedValue({ version: 1, state: "submitted" });
  show(<Mine />);
  const output = (await screen.findByLabelText(/产值/)) as HTMLInputElement;
  expect(output.value).toBe("1,200");
  const send = screen.getByRole("button", { name: "提交" }) as HTMLButtonElement;
  expect(send.disabled).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: /其余 1 项与上月相同/ }));
  await waitFor(() => expect((screen.getByLabelText(/人数/) as HTMLInputElement).value).toBe("86"));
  expect(send.disabled).toBe(false);
  fireEvent.click(send);
  await waitFor(() => expect(submit).toHaveBeenCalledWith("m", "2025-11", "E1", { cells: { a: "1200", b: "86" }, based_on: 0 }));
});
