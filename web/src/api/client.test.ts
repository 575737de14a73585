import { afterEach, expect, test, vi } from "vitest";
import { api, Problem, url } from "./client";

afterEach(() => vi.unstubAllGlobals());
const answer = (status: number, body: unknown) =>
  vi.stubGlobal("fetch", vi.fn().mockResolvedValue(new Response(body === undefined ? null : JSON.stringify(body), { status })));

test("a path is escaped and empty parameters are left out", async () => {
  expect(url("/x", { q: "甲&乙", page: 1, sort: "", park: undefined })).toBe("/api/x?q=%E7%94%B2%26%E4%B9%99&page=1");
  answer(200, {});
  await api.record("a/b", "k 1");
  expect(fetch).toHaveBeenCalledWith("/api/ledgers/a%2Fb/records/k%201", expect.anything());
});

test("a refusal carries the sentence and every fault", async () => {
  answer(422, { status: 422, detail: "有 2 处需要改正", faults: [{ place: "第3行", message: "应为数字" }], id: "q1" });
  const p = await api.desk().catch((e: unknown) => e as Problem);
  expect(p).toBeInstanceOf(Problem);
  expect(p).toMatchObject({
    status: 422,
    message: "有 2 处需要改正",
    id: "q1",
    faults: [{ place: "第3行", message: "应为数字" }],
  });
});

test("an answer that is no problem document still says something", async () => {
  vi.stubGlobal("fetch", vi.fn().mockResolvedValue(new Response("<html>", { status: 502 })));
  await expect(api.desk()).rejects.toThrow("服务器答复 502");
  vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("failed")));
  await expect(api.desk()).rejects.toThrow("连接不到服务器");
});

test("204 is done, without a body", async () => {
  answer(204, undefined);
  await expect(api.logout()).resolves.toBeUndefined();
});
