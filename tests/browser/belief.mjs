// Opens a page of a run under several belief sets in Chromium, and says what is wrong with its first screen.
//
//   node tests/browser/belief.mjs report.html [folder for screenshots]
//
// Prints a line for every check, and leaves with 1 if one fails.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LAPTOP, addressOf, check, end, open } from "./browser.mjs";

const [file, shots] = process.argv.slice(2);
if (shots) mkdirSync(shots, { recursive: true });
const { page, complaints } = await open(addressOf(file), LAPTOP, { bypassCSP: true });
const main = page.locator("main:not([hidden])");
const cells = () => main.locator(".first td[data-r]").evaluateAll((all) => all.map((cell) => cell.textContent.trim()));

const together = await cells();
check("sets: a range in every cell, or a sign instead", together.some((text) => text.includes("–"))
  && together.every((text) => /^([▼▲=⇅?] ?)?([\d.,]+(–[\d.,]+)?)?( ?▼\d+ ▲\d+)?$|^∞/.test(text)), together.join(" | "));
const lists = await main.locator(".first .beliefs").innerText();
check("sets: what holds and what depends are told", lists.includes("Staat vast onder alle aannamesets")
  && lists.includes("Hangt af van wat u gelooft"), lists);
check("sets: the forms in short are a click away",
  (await main.locator(".first details.forms li:visible").count()) === 0);
await main.locator(".first details.forms summary").click();
check("sets: and then there", (await main.locator(".first details.forms li:visible").count()) > 1);
await main.locator(".first details.forms summary").click();
if (shots) await page.screenshot({ path: join(shots, "belief_first.png"), fullPage: true });

// What the script writes for a region is of the same kind, and of that region.
await main.locator("[data-choose=place]").selectOption("0");
const region = await cells();
check("region: other ranges", region.join() !== together.join()
  && region.every((text) => /^([▼▲=⇅?] ?)?([\d.,]+(–[\d.,]+)?)?$|^∞/.test(text)), region.join(" | "));
await main.locator("[data-choose=place]").selectOption({ index: (await main.locator("[data-choose=place] option").count()) - 1 });
check("region: and back", (await cells()).join() === together.join());
check("no complaint in the console", complaints.length === 0, complaints.join("; "));
await end();
