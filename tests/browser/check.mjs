// Opens a page in Chromium as a board would, and says what is wrong with it.
//
//   node tests/browser/check.mjs report.html [folder for screenshots]
//
// Prints a line for every check, and leaves with 1 if one fails.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file, shots] = process.argv.slice(2);
const address = pathToFileURL(resolve(file)).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LAPTOP = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
if (shots) mkdirSync(shots, { recursive: true });

const faults = [];
function check(name, isGood, detail = "") {
  console.log(`${isGood ? "ok  " : "FAIL"} ${name}${isGood ? "" : `: ${detail}`}`);
  if (!isGood) faults.push(name);
}

const browser = await chromium.launch({
  executablePath: process.env.RVTSIM_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

async function open(viewport, hash = "") {
  const context = await browser.newContext({ viewport, bypassCSP: true, locale: "nl-NL" });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const complaints = [];
  const requests = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(address + hash);
  return { page, complaints, requests };
}

const visible = (page) => page.locator("main:not([hidden])");

async function isTooWide(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

for (const [device, viewport] of [["laptop", LAPTOP], ["phone", PHONE]]) {
  for (const lang of ["nl", "en"]) {
    const name = `${device}, ${lang}`;
    const { page, complaints, requests } = await open(viewport, lang === "en" ? "#en" : "");
    const main = visible(page);
    check(`${name}: one language is shown`, (await main.count()) === 1);
    check(`${name}: it is the one that was asked`, (await main.getAttribute("lang")) === lang);
    check(`${name}: the document says so`, (await page.locator("html").getAttribute("lang")) === lang);
    const sentences = await main.locator("ol.answer > li").count();
    check(`${name}: five sentences`, sentences === 5, String(sentences));
    const excess = await isTooWide(page);
    check(`${name}: no sideways scrolling`, excess <= 0, `${excess} pixels too wide`);
    const journeys = await main.locator("figure.journey").count();
    check(`${name}: a family's journey is drawn once`, journeys > 0
      && (await main.locator("figure.journey svg:visible").count()) === journeys, String(journeys));
    const commands = await main.locator("figure.journey + p + pre").count();
    check(`${name}: with the command that tells it in full`, commands === journeys, String(commands));
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }));
    const violations = found.violations.map((one) =>
      `${one.id} (${one.nodes.length}): ${one.help}; ${one.nodes[0].html.slice(0, 160)}`);
    check(`${name}: axe-core finds nothing`, violations.length === 0, violations.join("\n       "));
    check(`${name}: no complaint in the console`, complaints.length === 0, complaints.join("; "));
    const others = requests.filter((url) => url !== address && !url.startsWith("data:")
      && url !== `${address}#en`);
    check(`${name}: nothing else is fetched`, others.length === 0, others.join(" "));
    if (shots) {
      await page.screenshot({ path: join(shots, `${device}_${lang}_top.png`) });
      await page.screenshot({ path: join(shots, `${device}_${lang}.png`), fullPage: true });
    }
    await page.context().close();
  }
}

{
  const { page, complaints } = await open(LAPTOP);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  check("keyboard: the second button shows English",
    (await visible(page).getAttribute("lang")) === "en");
  check("language: the title follows", (await page.title()).includes("forms compared"), await page.title());
  await page.locator("button[data-language=nl]").click();
  const main = visible(page);
  check("language: and back", (await main.getAttribute("lang")) === "nl");

  const map = main.locator(".map svg");
  const title = () => main.locator(".map figure > h3").textContent();
  const numbers = () => map.locator(".tile g text").allTextContents();
  const drawn = await numbers();
  check("map: it has tiles", drawn.length > 0);
  const form = main.locator("[data-choose=form]");
  const n_forms = await form.locator("option").count();
  const before = await title();
  await main.locator("[data-choose=kpi]").selectOption("0");
  check("map: another indicator is another title", (await title()) !== before);
  check("map: and other numbers", (await numbers()).join() !== drawn.join());
  if (n_forms > 1) {
    await form.selectOption(String(n_forms - 1));
    await main.locator("[data-choose=view]").selectOption("difference");
    const signs = await numbers();
    check("map: differences have a sign that needs no colour",
      signs.every((text) => /^[▼▲=?]/.test(text)), signs.join(" "));
    if (shots) await main.locator(".map").screenshot({ path: join(shots, "map_difference.png") });
  }

  const table = main.locator("[data-place] table");
  const caption = () => table.locator("caption").textContent();
  const all = await table.locator("tbody tr").count();
  const first = await caption();
  await main.locator("[data-choose=place]").selectOption("0");
  check("regions: another region is another table", (await caption()) !== first);
  await main.locator("[data-choose=every]").check();
  check("regions: all indicators are more", (await table.locator("tbody tr").count()) > all);

  await main.locator(".fold > summary").click();
  const rows = main.locator(".ledger tbody tr:visible");
  const n_rows = await rows.count();
  await main.locator("[data-choose=grade]").selectOption("D");
  const n_assumed = await rows.count();
  check("ledger: a grade leaves fewer rows", n_assumed > 0 && n_assumed < n_rows, `${n_assumed} of ${n_rows}`);
  await main.locator("[data-choose=search]").fill("turnover");
  const n_found = await rows.count();
  check("ledger: a word fewer still", n_found > 0 && n_found < n_assumed, String(n_found));

  await page.emulateMedia({ media: "print" });
  check("print: a journey is drawn for paper, and not for a phone",
    (await page.locator("main:not([hidden]) .journey .narrow:visible").count()) === 0);
  check("print: no bar and no choosers on paper",
    (await page.locator(".bar:visible, .choosers:visible").count()) === 0);
  check("choosers: no complaint in the console", complaints.length === 0, complaints.join("; "));
  await page.context().close();
}

{
  const { page } = await open(LAPTOP);
  const main = visible(page);
  const shown = () => main.locator(".flows > figure:visible").count();
  const flow = main.locator("[data-choose=flow]");
  const all = await main.locator(".flows > figure").count();
  check("flows: one form is shown at first", (await shown()) === 1, String(await shown()));
  await flow.selectOption("");
  check("flows: all can be", (await shown()) === all, `${await shown()} of ${all}`);
  await flow.selectOption("0");
  await page.emulateMedia({ media: "print" });
  check("flows: all are on paper", (await shown()) === all, `${await shown()} of ${all}`);
  await page.context().close();
}
await browser.close();

// The PDF of docs/board.md, by the command that stands there. Root has no sandbox.
const readme = readFileSync(new URL("../../docs/board.md", import.meta.url), "utf8");
const line = readme.split("\n").find((one) => one.startsWith("chromium ") && one.includes("--print-to-pdf"));
const folder = mkdtempSync(join(tmpdir(), "rvtsim-pdf-"));
for (const [lang, hash, title] of [["nl", "", "vormen vergeleken"], ["en", "#en", "forms compared"]]) {
  const pdf = join(folder, `${lang}.pdf`);
  const words = line.split(/ +/).slice(1, -1).map((word) => word.replace(/(?<=--print-to-pdf=).*/, pdf));
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const chromium = process.env.RVTSIM_CHROMIUM ?? "chromium";
  execFileSync(chromium, [...root, ...words, address + hash], { stdio: "ignore", timeout: 300_000 });
  const info = execFileSync("pdfinfo", [pdf], { encoding: "utf8" });
  const fact = (name) => info.match(new RegExp(`^${name}: +(.*)$`, "m"))?.[1] ?? "";
  check(`pdf, ${lang}: it is tagged`, fact("Tagged") === "yes", info);
  check(`pdf, ${lang}: it is A4`, fact("Page size").endsWith("(A4)"), fact("Page size"));
  check(`pdf, ${lang}: it has its title`, fact("Title").includes(title), fact("Title"));
  const spoken = readFileSync(pdf, "latin1").match(/\/Type\s*\/Catalog[^]*?\/Lang\s*\((\w+)\)/)?.[1];
  check(`pdf, ${lang}: it says its language`, spoken === lang, String(spoken));
  if (shots) copyFileSync(pdf, join(shots, `${lang}.pdf`));
}
rmSync(folder, { recursive: true });
console.log(`${faults.length} of the checks failed`);
process.exit(faults.length > 0 ? 1 : 0);
