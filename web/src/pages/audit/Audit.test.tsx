import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { api } from "../../api/client";
import { show } from "../../test";
import { Component as Audit } from "./Audit";

test("a broken chain is said aloud", async () => {
  vi.spyOn(api, "audit").mockResolvedValue({
    total: 1,
    rows: [{ seq: 7, at: "2025-12-31T16:30:00Z", actor: "u1", actor_name: "张敏", act: "提交", hash: "sm3:00ff" }],
    chain: { ok: false, head: "sm3:00ff" },
  });
  show(<Audit />);
  expect(await screen.findByText("链条断裂，请立即报告")).toBeTruthy();
  expect(screen.getByText("2026-01-01 00:30:00")).toBeTruthy();
});
