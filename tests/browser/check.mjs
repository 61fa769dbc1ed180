// Opens a page in Chromium as a board would, and says what is wrong with it.
//
//   node tests/browser/check.mjs report.html [folder for screenshots]
//
// Prints a line for every check, and leaves with 1 if one fails.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LAPTOP, PHONE, addressOf, check, checkShape, end, open as opened } from "./browser.mjs";

const [file, shots] = process.argv.slice(2);
const address = addressOf(file);
if (shots) mkdirSync(shots, { recursive: true });
const open = (viewport, hash = "") => opened(address + hash, viewport, { bypassCSP: true });

const visible = (page) => page.locator("main:not([hidden])");

// Words are what has a letter in it: figures are not counted.
const words = (text) => text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
const MOST_WORDS = 250;
const MOST_PAGES = 20;

for (const [device, viewport] of [["laptop", LAPTOP], ["phone", PHONE]]) {
  for (const lang of ["nl", "en"]) {
    const name = `${device}, ${lang}`;
    const { page, complaints, requests } = await open(viewport, lang === "en" ? "#en" : "");
    const main = visible(page);
    check(`${name}: one language is shown`, (await main.count()) === 1);
    check(`${name}: it is the one that was asked`, (await main.getAttribute("lang")) === lang);
    check(`${name}: the document says so`, (await page.locator("html").getAttribute("lang")) === lang);
    const first = await main.locator(".view.first").innerText();
    check(`${name}: the first screen has few words`, words(first) <= MOST_WORDS, `${words(first)} words`);
    const views = await main.locator(".menu a").evaluateAll((links) => links.map((link) => link.hash));
    check(`${name}: there is a menu`, views.length >= 8, views.join(" "));
    for (const view of views) {
      await page.evaluate((hash) => { location.hash = hash; }, view);
      await page.waitForFunction((hash) => document.querySelector("main:not([hidden]) [aria-current]")?.hash === hash, view);
      const shown = await main.locator(".view:visible").count();
      check(`${name} ${view}: one part is shown`, shown === 1, String(shown));
      await checkShape(page, `${name} ${view}`);
      if (shots) await page.screenshot({ path: join(shots, `${device}_${view.slice(1)}.png`), fullPage: true });
    }
    const journeys = await main.locator("figure.journey").count();
    await page.evaluate((hash) => { location.hash = hash; }, `#${lang}-journeys`);
    await main.locator(`#${lang}-journeys`).waitFor({ state: "visible" });
    check(`${name}: a family's journey is drawn once`, journeys > 0
      && (await main.locator("figure.journey svg:visible").count()) === journeys, String(journeys));
    const commands = await main.locator("figure.journey + p + pre").count();
    check(`${name}: with the command that tells it in full`, commands === journeys, String(commands));
    check(`${name}: no complaint in the console`, complaints.length === 0, complaints.join("; "));
    const others = requests.filter((url) => url !== address && !url.startsWith("data:")
      && url !== `${address}#en`);
    check(`${name}: nothing else is fetched`, others.length === 0, others.join(" "));
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

  // A region is chosen once, and stands in every part and in both languages.
  const cells = () => main.locator(".grid td[data-k]").evaluateAll((all) => all.map((cell) => cell.innerHTML).join());
  const teams = () => main.locator(".teams [data-x]").allTextContents();
  const together = await cells();
  const staff = (await teams()).join();
  await main.locator("[data-choose=place]").selectOption("0");
  const region = await main.locator("[data-place-name]").textContent();
  check("region: its name stands on the first screen",
    region === (await main.locator("[data-choose=place] option").first().textContent()), region);
  check("region: the tables are its own", (await cells()).includes("<small>") && (await cells()) !== together);
  await main.locator(".menu a[href='#nl-staff']").click();
  check("region: the next part is of it too", page.url().includes("#nl-staff=") && (await teams()).length > 0);
  check("region: the teams as well", (await teams()).join() !== staff || (await main.locator("[data-choose=place] option").count()) === 2);
  await main.locator(".menu a[href='#nl-regions']").click();
  await main.locator("[data-choose=kpi]").selectOption("3");
  await page.locator("button[data-language=en]").click();
  const english = visible(page);
  check("language: the part, the region and the indicator stay", page.url().includes("#en-regions=")
    && (await english.locator("[data-choose=kpi]").inputValue()) === "3"
    && (await english.locator("[data-choose=place]").inputValue()) === "0", page.url());
  await page.reload();
  check("link: it opens the same part and region", (await visible(page).locator("[data-place-name]").textContent()) === region);
  await page.locator("button[data-language=nl]").click();
  await main.locator("[data-choose=place]").selectOption({ index: (await main.locator("[data-choose=place] option").count()) - 1 });
  check("region: and back to all of them", (await cells()) === together);

  const map = main.locator(".map svg");
  const title = () => main.locator(".map figure > h3").textContent();
  const numbers = () => map.locator(".tile g text").allTextContents();
  const rows = () => main.locator(".regions tbody td").allTextContents();
  const drawn = await numbers();
  check("map: it has tiles", drawn.length > 0);
  const form = main.locator("[data-choose=form]");
  const n_forms = await form.locator("option").count();
  const [before, beside] = [await title(), (await rows()).join()];
  await main.locator("[data-choose=kpi]").selectOption("0");
  check("map: another indicator is another title", (await title()) !== before);
  check("map: and other numbers", (await numbers()).join() !== drawn.join());
  check("map: also in the table beside it", (await rows()).join() !== beside);
  if (n_forms > 1) {
    await form.selectOption(String(n_forms - 1));
    await main.locator("[data-choose=view]").selectOption("difference");
    const signs = await numbers();
    check("map: differences have a sign that needs no colour",
      signs.every((text) => /^[▼▲=?∞]/.test(text)), signs.join(" "));
    check("map: the source is that of differences too",
      (await main.locator(".map figcaption").textContent()).includes("paired.csv"));
  }

  await main.locator(".menu a[href='#nl-assumptions']").click();
  await main.locator("#nl-assumptions .fold > summary").click();
  const parameters = main.locator(".ledger tbody tr:visible");
  const n_rows = await parameters.count();
  await main.locator("[data-choose=grade]").selectOption("D");
  const n_assumed = await parameters.count();
  check("ledger: a grade leaves fewer rows", n_assumed > 0 && n_assumed < n_rows, `${n_assumed} of ${n_rows}`);
  await main.locator("[data-choose=search]").fill("vertrekt");
  const n_found = await parameters.count();
  check("ledger: a Dutch word fewer still", n_found > 0 && n_found < n_assumed, String(n_found));

  await page.emulateMedia({ media: "print" });
  check("print: a journey is drawn for paper, and not for a phone",
    (await page.locator("main:not([hidden]) .journey .narrow:visible").count()) === 0);
  check("print: no bar and no choosers on paper",
    (await page.locator(".bar:visible, .choosers:visible, .menu:visible").count()) === 0);
  check("choosers: no complaint in the console", complaints.length === 0, complaints.join("; "));
  await page.context().close();
}

{
  const { page } = await open(LAPTOP, "#nl-journeys");
  const main = visible(page);
  const shown = () => main.locator(".flows > figure:visible").count();
  check("flows: one form is shown", (await shown()) === 1, String(await shown()));
  const before = await main.locator(".flows > figure:visible").getAttribute("id");
  const n_flows = await main.locator("[data-choose=flow] option").count();
  await main.locator("[data-choose=flow]").selectOption(String(n_flows - 1));
  check("flows: another can be", n_flows === 1 || (await main.locator(".flows > figure:visible").getAttribute("id")) !== before);
  await page.context().close();
}

// One sheet of paper for a meeting: the first screen, of all regions and of one.
{
  const { page } = await open(LAPTOP);
  const pdf = join(mkdtempSync(join(tmpdir(), "rvtsim-one-")), "one.pdf");
  await page.evaluate(() => { globalThis.print = () => {}; });
  await visible(page).locator("[data-print]").click();
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  const pages = execFileSync("pdfinfo", [pdf], { encoding: "utf8" }).match(/^Pages: +(\d+)$/m)[1];
  check("one sheet: it is one page", pages === "1", pages);
  const text = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
  check("one sheet: it says what this is", text.includes("geen voorspelling"), text);
  if (shots) copyFileSync(pdf, join(shots, "one.pdf"));
  await page.context().close();
}

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
  const n_pages = Number(fact("Pages"));
  check(`pdf, ${lang}: it has few pages`, n_pages <= MOST_PAGES, String(n_pages));
  const texts = execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8" }).split("\f").slice(0, n_pages);
  const bare = texts.map((text) => text.split(/\s+/).length).findIndex((n) => n < 40);
  check(`pdf, ${lang}: no page holds a source line and no more`, bare < 0, `page ${bare + 1}: ${texts[bare]}`);
  const spoken = readFileSync(pdf, "latin1").match(/\/Type\s*\/Catalog[^]*?\/Lang\s*\((\w+)\)/)?.[1];
  check(`pdf, ${lang}: it says its language`, spoken === lang, String(spoken));
  if (shots) copyFileSync(pdf, join(shots, `${lang}.pdf`));
}
rmSync(folder, { recursive: true });
await end();
