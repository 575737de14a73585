// The pictures of the README: a figure of the annual summary opened to its facts, the desk, the monthly grid.
// usage: node pictures.mjs FOLDER --base http://127.0.0.1:8080 --login NAME --password WORD
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values: o, positionals } = parseArgs({ allowPositionals: true, options: { base: { type: "string", default: "http://127.0.0.1:8080" }, login: { type: "string" }, password: { type: "string" } } });
const folder = positionals[0] ?? "../docs/pictures";
fs.mkdirSync(folder, { recursive: true });
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "gongmai-pictures-"));
const args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const ctx = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROME ?? "/usr/bin/chromium", headless: true, args, viewport: { width: 1440, height: 900 }, locale: "zh-CN", timezoneId: "Asia/Shanghai" });
const page = ctx.pages()[0] ?? (await ctx.newPage());
const rest = async () => { await page.waitForLoadState("networkidle"); await page.waitForTimeout(600); };
const take = (name) => page.screenshot({ path: path.join(folder, `${name}.png`) });

await page.goto(`${o.base}/login`);
await page.getByLabel(/账号|Login/).first().fill(o.login);
await page.locator("input[type=password]").fill(o.password);
await page.keyboard.press("Enter");
await page.waitForURL((u) => !u.pathname.startsWith("/login"));

const ask = (p) => page.evaluate(async (u) => (await fetch(u)).json(), `${o.base}/api${p}`);
const [report] = await ask("/reports");
await page.goto(`${o.base}/reports/${report.code}`);
await rest();
const figures = page.locator("article.paper a.fig");
// The first figure that counts more than ten things: it shows best what opening means.
for (let n = await figures.count(), i = 0; i < n; i++) {
  const f = figures.nth(i);
  if (Number(await f.innerText()) > 10 && Number(await f.innerText()) < 1900) { await f.scrollIntoViewIfNeeded(); await f.click(); break; }
}
await rest();
await take("report");
await page.goto(`${o.base}/`);
await rest();
await take("desk");
const form = (await ask("/forms")).find((f) => !f.copy && f.every === "month");
await page.goto(`${o.base}/survey/${form.code}/${form.periods[1] ?? form.periods[0]}`);
await rest();
await take("survey");
await ctx.close();
fs.rmSync(profile, { recursive: true, force: true });
