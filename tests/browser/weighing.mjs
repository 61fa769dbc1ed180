// Opens a page with a weighing in Chromium, tries weights, and says what is wrong with it.
//
//   node tests/browser/weighing.mjs report.html [folder for screenshots]
//
// Prints a line for every check, and leaves with 1 if one fails.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LAPTOP, PHONE, addressOf, check, checkShape, end, open as opened } from "./browser.mjs";

const [file, shots] = process.argv.slice(2);
const address = addressOf(file);
if (shots) mkdirSync(shots, { recursive: true });

async function open(viewport, lang, javaScriptEnabled = true) {
  const found = await opened(`${address}#${lang}-weighing`, viewport, { javaScriptEnabled, bypassCSP: true });
  return { ...found, section: found.page.locator(`#${lang}-weighing`) };
}

// The sliders are folded until somebody asks for them.
const unfold = (section) => section.locator("details:has(.weights) > summary").first().click();

// Every cell of the standing, row by row, the way it is read.
const standing = (section) => section.locator(".standing tbody tr").evaluateAll((rows) =>
  rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " "))));
const order = async (section) => (await standing(section)).map((row) => row[1]).join(" > ");
const weights = (section) => section.locator("p[data-weights]").textContent();

let written;
{
  // What the program has written, before any script.
  const { page, section } = await open(LAPTOP, "nl", false);
  written = await standing(section);
  check("no script: the order stands there", written.length > 1, String(written.length));
  await unfold(section);
  check("no script: no sliders", (await section.locator(".weights:visible").count()) === 0);
  check("no script: it is said", await section.locator("noscript").isVisible());
  await page.context().close();
}

{
  const { page, complaints, section } = await open(LAPTOP, "nl");
  const shown = await standing(section);
  check("equal weights: the script ranks as the program does",
    JSON.stringify(shown) === JSON.stringify(written), `${JSON.stringify(shown)} ${JSON.stringify(written)}`);
  check("equal weights: no worth without its range",
    shown.every((row) => /^\d+ \(\d+ tot \d+\)$/.test(row[2])), shown.map((row) => row[2]).join("; "));
  const before = await order(section);
  const equal = await weights(section);

  check("sliders: they are folded at first", (await section.locator(".weights:visible").count()) === 0);
  await unfold(section);

  // Every criterion alone: with some of them another form is first.
  for (const fold of await section.locator(".weights summary").all()) await fold.click();
  const sliders = section.locator("input[type=range]");
  const n = await sliders.count();
  const names = await sliders.evaluateAll((all) => all.map((one) => one.labels.length));
  check("sliders: each has its label", n > 10 && names.every((labels) => labels === 1));
  const orders = new Set([before]);
  const groups = section.locator("input[data-group]");
  for (let at = 0; at < await groups.count(); at += 1) {
    for (let other = 0; other < await groups.count(); other += 1) {
      await groups.nth(other).fill(other === at ? "10" : "0");
    }
    orders.add(await order(section));
  }
  check("sliders: other weights are another order", orders.size > 1, [...orders].join("\n"));
  const own = await weights(section);
  check("sliders: whose weights they are is told", own !== equal && own.startsWith("Uw gewichten"), own);
  const english = page.locator("#en-weighing");
  check("sliders: both languages rank alike",
    (await english.locator(".standing tbody tr").evaluateAll((rows) => rows.map((row) => row.dataset.form).join()))
    === (await section.locator(".standing tbody tr").evaluateAll((rows) => rows.map((row) => row.dataset.form).join())));
  for (let at = 0; at < await groups.count(); at += 1) await groups.nth(at).fill("0");
  check("sliders: nothing weighs nothing", await section.locator(".standing").isHidden());
  await section.locator("[data-reset]").click();
  check("reset: the order is as it was", (await order(section)) === before);
  check("reset: and the weights", (await weights(section)) === equal);

  // By keyboard alone.
  const slider = groups.first();
  await slider.focus();
  for (let step = 0; step < 5; step += 1) await page.keyboard.press("ArrowRight");
  check("keyboard: an arrow moves a slider", (await slider.inputValue()) === "10", await slider.inputValue());
  check("keyboard: its value is told", /^10: \d+ %$/.test(await slider.getAttribute("aria-valuetext")),
    await slider.getAttribute("aria-valuetext"));
  await page.keyboard.press("Home");
  const share = await slider.locator("xpath=..").locator("[data-share]").textContent();
  check("keyboard: Home is zero", share === "0 %", share);
  await page.waitForTimeout(400);
  const summary = section.locator("[data-summary]");
  check("summary: it is a status, and says who is first", (await summary.getAttribute("role")) === "status"
    && (await summary.textContent()).includes((await standing(section))[0][1]), await summary.textContent());
  await section.locator("[data-reset]").focus();
  await page.keyboard.press("Enter");
  check("keyboard: reset", (await order(section)) === before);

  // Little force never weighs more than the safety of the child.
  const labelled = (text) => section.locator(".slide").filter({ hasText: text }).filter({ has: page.locator("[data-criterion]") });
  const safety = labelled(/^Veiligheid van het kind eerst/);
  const force = labelled(/^Weinig dwang/);
  check("force: it is there, beside safety", (await force.count()) === 1 && (await safety.count()) === 1);
  {
    await force.locator("input").fill("10");
    await safety.locator("input").fill("2");
    const percent = async (slide) => parseFloat(await slide.locator("[data-share]").textContent());
    const family = await percent(section.locator(".slide").filter({ has: page.locator("[data-group='0']") }));
    check("force: its principle keeps its weight", family === 25, String(family));
    check("force: never heavier than safety", (await percent(force)) <= (await percent(safety)),
      `${await percent(force)} ${await percent(safety)}`);
  }
  if (shots) await section.locator(".weights").screenshot({ path: join(shots, "sliders_moved.png") });
  await page.emulateMedia({ media: "print" });
  check("print: no sliders on paper", (await section.locator(".weights:visible").count()) === 0);
  check("print: the weights that count are", await section.locator("p[data-weights]").isVisible());
  check("sliders: no complaint in the console", complaints.length === 0, complaints.join("; "));
  await page.context().close();
}

for (const [device, viewport] of [["laptop", LAPTOP], ["phone", PHONE]]) {
  for (const lang of ["nl", "en"]) {
    const { page, section } = await open(viewport, lang);
    for (const fold of await section.locator("summary").all()) await fold.click();
    await checkShape(page, `${device}, ${lang}`, `#${lang}-weighing`);
    if (shots) await section.screenshot({ path: join(shots, `weighing_${device}_${lang}.png`) });
    await page.context().close();
  }
}

await end();
