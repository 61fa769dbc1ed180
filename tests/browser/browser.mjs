// What the checks of a page in Chromium share.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const LAPTOP = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let nFaults = 0;
export function check(name, isGood, detail = "") {
  console.log(`${isGood ? "ok  " : "FAIL"} ${name}${isGood ? "" : `: ${detail}`}`);
  if (!isGood) nFaults += 1;
}

const browser = await chromium.launch({
  executablePath: process.env.RVTSIM_CHROMIUM ?? "/usr/bin/chromium",
  // A container has little shared memory; a frame that finds none stays empty.
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});

export const addressOf = (file) => pathToFileURL(resolve(file)).href;

// Opens an address, and remembers what the page complains of and what it asks for.
export async function open(address, viewport, context = {}) {
  const page = await (await browser.newContext({ viewport, locale: "nl-NL", ...context })).newPage();
  page.setDefaultTimeout(120_000);
  const complaints = [];
  const requests = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("crash", () => complaints.push("the page crashed"));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(address);
  return { page, complaints, requests };
}

// It fits, and is accessible; the page was opened with bypassCSP, without which axe-core is not let in.
export async function checkShape(page, name, selector) {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(`${name}: no sideways scrolling`, excess <= 0, `${excess} pixels too wide`);
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate(([where, values]) => globalThis.axe.run(where ?? document, { runOnly: values }), [selector, RULES]);
  const violations = found.violations.map((one) =>
    `${one.id} (${one.nodes.length}): ${one.help}; ${one.nodes[0].html.slice(0, 160)}`);
  check(`${name}: axe-core finds nothing`, violations.length === 0, violations.join("\n       "));
}

// Leaves with 1 if a check failed.
export async function end() {
  await browser.close();
  console.log(`${nFaults} of the checks failed`);
  process.exit(nFaults > 0 ? 1 : 0);
}
