// Logs in, opens every page at 1440×900 and at 375 px, takes a picture, runs axe, and prints what is wrong.
// usage: node shot.mjs FOLDER [--base http://127.0.0.1:8080] [--login NAME] [--password WORD] [--only desk,given] [--wide-only]
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values: o, positionals } = parseArgs({ allowPositionals: true, options: { base: { type: "string", default: "http://127.0.0.1:8080" }, login: { type: "string", default: "" }, password: { type: "string", default: "" }, only: { type: "string", default: "" }, "wide-only": { type: "boolean" } } });
const folder = positionals[0] ?? "shots";
fs.mkdirSync(folder, { recursive: true });
const axe = fs.readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "gongmai-shot-"));
const args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
const ctx = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROME ?? "/usr/bin/chromium", headless: true, args, viewport: { width: 1440, height: 900 }, locale: "zh-CN", timezoneId: "Asia/Shanghai" });
const page = ctx.pages()[0] ?? (await ctx.newPage());
let now = "";
const faults = [];
const wrong = (what) => faults.push(`${now}: ${what}`);
page.on("console", (m) => ["error", "warning"].includes(m.type()) && wrong(`console ${m.text().slice(0, 220)}`));
page.on("pageerror", (e) => wrong(`page ${String(e).slice(0, 300)}`));
page.on("request", (r) => !r.url().startsWith(o.base) && !/^(data|blob):/.test(r.url()) && wrong(`outside request ${r.url()}`));
page.on("response", (r) => r.status() >= 400 && !(r.status() === 401 && now === "login") && wrong(`answer ${r.status()} ${r.url().slice(o.base.length)}`));

async function look(name) {
  await page.waitForLoadState("networkidle").catch(() => {});
  await page.waitForFunction(() => !document.querySelector(".state-loading"), null, { timeout: 15000 }).catch(() => wrong("still loading after 15 s"));
  await page.waitForTimeout(700);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa"] }));
  for (const v of violations) wrong(`axe ${v.id} (${v.impact}) ×${v.nodes.length} ${v.nodes.slice(0, 2).map((n) => n.target.join(" ").slice(0, 110)).join(" | ")}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (over > 1) wrong(`wider than the window by ${over} px`);
}
// What a role may not read is no fault: those answers are not asked for by a page.
const ask = (p) => ctx.request.get(`${o.base}/api${p}`).then((r) => (r.ok() ? r.json() : undefined));

now = "login";
await page.goto(`${o.base}/login`);
await look("login");
if (o.login) {
  await page.getByLabel(/账号|Login/).first().fill(o.login);
  await page.locator("input[type=password]").fill(o.password);
  await page.keyboard.press("Enter");
  await page.waitForURL((u) => !u.pathname.startsWith("/login"), { timeout: 15000 });
}

// What there is to show is asked of the server, so that nothing here names a ledger, a form or a report.
const [me, forms, ledgers, figures, reports, firms] = await Promise.all(["/me", "/forms", "/ledgers", "/indicators", "/reports", "/enterprises?size=1&above_scale=true"].map(ask));
const form = forms?.find((f) => !f.copy && f.periods?.length) ?? forms?.[0];
const own = form && `/survey/${form.code}/${form.periods?.[0]}`;
const ledger = [...(ledgers ?? [])].sort((a, b) => b.records - a.records)[0];
const records = ledger && (await ask(`/ledgers/${ledger.code}?size=1`));
const one = records?.rows?.[0];
const desk = await ask("/desk");
const figure = desk?.headline?.find((f) => !f.missing)?.code ?? figures?.[0]?.code;
const facts = figure && (await ask(`/figures/${figure}/facts?size=1`));
const firm = firms?.rows?.[0]?.code;
const may = (to) => me?.menu?.some((g) => g.items.some((i) => i.path === to));
const pages = [
  ["home", me?.home ?? "/"], ["desk", "/"], ["enterprises", "/enterprises"], firm && ["enterprise", `/enterprises/${firm}`],
  ["forms", "/survey"], own && ["survey", own], own && ["survey-review", `${own}?view=review`], own && ["survey-late", `${own}?view=late`], ["mine", "/mine"],
  ["ledgers", "/ledgers"], ledger && ["ledger", `/ledgers/${ledger.code}`], ledger && ["ledger-new", `/ledgers/${ledger.code}?new=1`], one && ["record", `/ledgers/${ledger.code}?record=${ledger.code}/${one.id}`], one && ["record-page", `/ledgers/${ledger.code}/${one.id}`],
  ["indicators", "/figures"], figure && ["card", `/figures/${figure}`], figure && ["lineage", `/?trace=${figure}`], figure && ["lineage-known", `/?trace=${figure}~~~2025-12-01T00:00:00Z`], facts?.rows?.[0] && ["fact", `/?trace=${figure};@${encodeURIComponent(facts.rows[0].ref)}`],
  ["reports", "/reports"], reports?.[0] && ["report", `/reports/${reports[0].code}`], ["given", "/given"], may("/audit") && ["audit", "/audit"], may("/accounts") && ["accounts", "/accounts"], ["catalogue", "/catalogue"], ["notfound", "/no/such/page"],
].filter((p) => p && (!o.only || o.only.split(",").includes(p[0])));
for (const width of o["wide-only"] ? [1440] : [1440, 375]) {
  await page.setViewportSize({ width, height: width === 375 ? 812 : 900 });
  for (const [name, to] of pages) {
    now = `${name}-${width}`;
    await page.goto(o.base + to, { waitUntil: "load" });
    await look(now);
    if (name === "desk" && width === 1440) {
      now = "command";
      await page.keyboard.press("Control+k");
      await page.keyboard.type("规上");
      await look(now);
    }
  }
}
console.log(faults.length ? [...new Set(faults)].join("\n") : `${pages.length} pages: nothing wrong`);
await ctx.close();
fs.rmSync(profile, { recursive: true, force: true });
process.exitCode = faults.length ? 1 : 0;
