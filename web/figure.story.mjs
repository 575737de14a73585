// The story of a figure: the summary is opened, a counted figure is clicked, its facts are as many as it says, and
// the first fact opens to what somebody stated. Nothing here names an indicator: the API says which figures count.
// usage: node figure.story.mjs --base URL --login NAME --password WORD
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values: o } = parseArgs({ options: { base: { type: "string" }, login: { type: "string" }, password: { type: "string" } } });
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "gongmai-story-"));
const args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const ctx = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROME ?? "/usr/bin/chromium", headless: true, args, viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
try {
  const page = ctx.pages()[0] ?? (await ctx.newPage());
  const get = async (p) => (await ctx.request.get(`${o.base}/api${p}`)).json();

  await page.goto(`${o.base}/login`);
  await page.getByLabel(/账号|Login/).first().fill(o.login);
  await page.locator("input[type=password]").fill(`${o.password}x`);
  await page.keyboard.press("Enter");
  await page.getByText(/不正确|错误/).first().waitFor();
  await page.locator("input[type=password]").fill(o.password);
  await page.keyboard.press("Enter");
  await page.waitForURL((u) => !u.pathname.startsWith("/login"));

  const [report] = await get("/reports");
  await page.goto(`${o.base}/reports/${report.code}`);
  await page.locator("article.paper a.fig").first().waitFor();
  const period = Number(await page.locator("article.paper a.fig").first().innerText());
  const { figures } = await get(`/reports/${report.code}?period=${period}`);
  const counted = figures.find((f) => f.kind === "counted" && Number(f.value) > 3 && Number(f.value) < 50);
  assert.ok(counted, "the report counts nothing");
  await page.locator(`article.paper a.fig[data-id="${counted.id}"]`).click();
  await page.getByText(new RegExp(`事实\\s*${counted.value}\\s*条`)).waitFor();

  const drawer = page.getByRole("dialog").last();
  await drawer.locator("table.mini button.link").first().click();
  await page.getByText(/第\s*\d+\s*版/).first().waitFor();
  console.log(`${counted.name} ${counted.value}: opened to its facts and to a version`);
} finally {
  await ctx.close();
  fs.rmSync(profile, { recursive: true, force: true });
}
