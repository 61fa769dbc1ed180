// Uses the page with the model in it as somebody would who has nothing but a browser, and says what is wrong with it.
//
//   node tests/browser/model.mjs rvtsim-rekenmodel.html folder [scenario.toml]
//
// Leaves in the folder what was saved: the questions with what belongs to them in `scenarios/`, and the files of
// the run of the first in `run/`, which must be those of the program. Prints a line for every check, and leaves with 1 if one fails.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LAPTOP, PHONE, addressOf, check, checkShape, end, open as opened } from "./browser.mjs";

const [file, folder, scenario] = process.argv.slice(2);
const address = addressOf(file);
mkdirSync(folder, { recursive: true });

async function open(viewport, context = {}) {
  const found = await opened(address, viewport, { acceptDownloads: true, ...context });
  await found.page.locator("#form").waitFor();
  return found;
}

async function ready(page) {
  await page.waitForFunction(() => !document.querySelector("#run").disabled);
}

async function ran(page) {
  await ready(page);
  await click(page, "#run");
  await page.waitForFunction(() => /^(Klaar|Done|Het rekenen is mislukt)/.test(document.querySelector("#status").textContent));
  return page.locator("#status").textContent();
}

// The report is a page of its own: where it stood before the page was moved, it would get the click for a moment.
async function click(page, button) {
  const one = typeof button === "string" ? page.locator(button) : button;
  await one.scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  await one.click();
}

async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), click(page, button)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function loaded(page, name, text) {
  await page.locator("#file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}

async function dropped(page, name, text) {
  const dataTransfer = await page.evaluateHandle((file) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([file.text], file.name));
    return transfer;
  }, { name, text });
  await page.dispatchEvent("body", "drop", { dataTransfer });
}

// The files of an archive in which nothing is compressed.
function unpacked(bytes) {
  const files = new Map();
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const [size, name, extra] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
    const start = at + 30 + name + extra;
    files.set(bytes.toString("utf8", at + 30, at + 30 + name), bytes.subarray(start, start + size));
    at = start + size;
  }
  return files;
}

// What belongs to a question: a file, or an archive of several.
const filesOf = ({ name, bytes }) => (name.endsWith(".zip") ? unpacked(bytes) : new Map([[name, bytes]]));
const errors = (page) => page.locator(".remark.error").count();

const found = await (async () => {
  const { page, complaints, requests } = await open(LAPTOP);
  const shot = (name) => page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await ready(page);
  check("it says how long it takes before it begins", /^Dit duurt ongeveer \d+ (second|minu)/.test(await page.locator("#status").textContent()));
  check("it begins with one region and six forms", (await page.locator("input[name=region]:checked").count()) === 1
    && (await page.locator("input[name=form]:checked").count()) === 6);
  check("all regions and all assumptions are there", (await page.locator("input[name=region]").count()) === 25
    && (await page.locator(".slider").count()) >= 7);
  const known = await page.locator(".slider p.fine").first().textContent();
  check("an assumption shows its range and grade", /Bandbreedte .+ – .+, graad [A-D]/.test(known), known);
  await shot("begin");

  // What is wrong with a file is said as the program says it, and nothing is lost.
  await dropped(page, "fout.toml", "extends = \"vergelijking.toml\"\n[scenario]\nregions = [\"Zeelandd\"]\n[evidence]\nwork.cvv = 1\n");
  await page.locator(".remark.error").first().waitFor();
  const told = await page.locator("#remarks").textContent();
  check("a wrong file: line, column and what to write", told.includes("regel 3, kolom 12") && told.includes("Zeeland")
    && told.includes("regel 5") && told.includes("work.cv"), told);
  check("and in Dutch what it is about", told.includes("er is geen veiligheidsregio `Zeelandd`"), told);
  await shot("fout");
  await loaded(page, "geen.toml", "\u0000\u0001<img src=x onerror=alert(1)>\n".repeat(50));
  await page.locator(".remark.error").first().waitFor();
  check("what is no TOML is said, as text", (await page.locator("#remarks img").count()) === 0);

  await loaded(page, "proef.toml", readFileSync(scenario, "utf8"));
  await page.locator("#base").waitFor();
  await ready(page);
  check("a file is loaded", (await page.locator(".remark.error").count()) === 0);
  check("its values stand in the form", (await page.locator("#replications").inputValue()) === "2");
  // 15 % more jeugdbeschermers, by the keyboard.
  const slider = page.locator(".slider[data-key='staff.fte_gi_jeugdbescherming'] input");
  await slider.focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowRight");
  check("a slider says how much more", (await page.locator(".slider.changed output").textContent()).includes("15 % meer"));
  await page.locator("input[name=belief][value=programma]").check();
  await page.locator("input[name=belief][value=neutraal]").uncheck();

  await page.locator("#workers").fill("2");
  const began = performance.now();
  const end = await ran(page);
  console.log(`     two workers: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  check("it runs to its end", end.startsWith("Klaar in"), end);
  const report = page.frameLocator("#report");
  await report.locator("main:not([hidden]) .view.first").waitFor().catch((error) => {
    console.log(complaints.join("\n"), page.frames().map((frame) => frame.url()));
    throw error;
  });
  check("the report is in the page", (await report.locator("main:not([hidden]) .grid").count()) > 0);
  const links = await report.locator("a:visible:not([href^='#'], [href^=http])").evaluateAll((all) => all.map((one) => one.outerHTML));
  check("it links to no file that is not beside it", links.length === 0, links.join(" "));
  await shot("uitkomst");
  const question = filesOf(await saved(page, "#save_toml"));
  const asked = String(question.get("mijn_vraag.toml"));
  check("the question is saved, with the file with which it begins", asked.includes("15 % more") && asked.includes("programma")
    && String(question.get("proef_geladen.toml")) === readFileSync(scenario, "utf8"), asked);
  const two = unpacked((await saved(page, "#save_all")).bytes);
  const own = await saved(page, "#save_page");
  check("the report is saved as it is shown", own.bytes.equals(two.get("report.html")));
  const book = await saved(page, "#save_book");
  check("the tables are saved", book.bytes.equals(two.get("tabellen.xlsx")) && book.bytes.subarray(0, 2).toString() === "PK");

  await page.locator("#workers").fill("1");
  await ran(page);
  const one = unpacked((await saved(page, "#save_all")).bytes);
  const same = [...two].every(([name, bytes]) => one.get(name)?.equals(bytes)) && one.size === two.size;
  check("one worker and two make the same bytes", same && two.size > 40, String(two.size));

  // Another question beside it.
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await ran(page);
  await page.locator("#view").selectOption("earlier");
  await report.locator("code", { hasText: "vorige" }).first().waitFor();
  check("two questions stand side by side", (await report.locator("main:not([hidden]) table").count()) > 0
    && (await report.locator("main:not([hidden])").textContent()).includes("fte_gi_jeugdbescherming"));
  await page.screenshot({ path: join(folder, "naast.png") });
  await page.locator("#view").selectOption("programma");
  await report.locator("main:not([hidden]) .view.first").waitFor();
  await slider.focus();
  await page.keyboard.press("ArrowLeft");

  // Stopped at once, and it can be asked again.
  await page.locator("#replications").fill("100");
  await ready(page);
  await click(page, "#run");
  await page.locator("#progress").waitFor();
  await click(page, "#cancel");
  check("it stops", (await page.locator("#status").textContent()) === "Gestopt.");
  check("what was shown stays, and is said to be of another question",
    (await page.locator("#standing").textContent()).includes("sindsdien veranderd"));
  await page.locator("#replications").fill("2");
  check("and can be asked again", (await ran(page)).startsWith("Klaar in"));

  // What was saved is loaded again, in the other language.
  await click(page, "button[data-language=en]");
  await click(page, "#without");
  await page.locator("#base").waitFor({ state: "hidden" });
  await ready(page);
  check("the page speaks English", (await page.locator("#run").textContent()) === "Run");
  await loaded(page, "weer.toml", String(two.get("scenario.toml")));
  await page.locator("#base").waitFor();
  await ready(page);
  check("a saved scenario is read again", (await page.locator("#replications").inputValue()) === "2"
    && (await page.locator(".remark.error").count()) === 0);

  await loaded(page, "stuk.zip", "PK no archive");
  await page.locator(".remark.error").first().waitFor();
  check("what is no archive is said", (await page.locator("#remarks").textContent()).includes("S001"));
  await page.locator("#replications").fill("500");
  await page.waitForFunction(() => document.querySelector("#status").textContent.includes("from 1 to 200"));
  check("a number out of range is said, and cannot be run", await page.locator("#run").isDisabled());
  await page.locator("#replications").fill("2");
  await ready(page);

  // Two forms directly, under two belief sets, with and without a change.
  await page.locator("input[name=belief][value=neutraal]").check();
  await page.locator("#baseline").selectOption("v2_rnvt");
  check("what the others are compared with takes part", await page.locator("input[name=form][value=v2_rnvt]").isDisabled());
  await page.locator("input[name=form][value=v0_estafette]").uncheck();
  await page.locator("#with_and_without").check();
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await page.locator("#replications").fill("2");
  check("every setting is run", (await ran(page)).startsWith("Done in"));
  const settings = await page.locator("#view option").evaluateAll((all) => all.map((one) => one.value));
  check("all can be looked at", settings.join() === "side,programma,programma+veranderd,neutraal,neutraal+veranderd,earlier", settings.join());
  for (const name of ["Neutral", "Neutral, with the changes", "Programme, with the changes"]) {
    check(`side by side: ${name}`, (await report.locator("main:not([hidden]) code", { hasText: name }).count()) > 0);
  }
  await page.locator("#view").selectOption("programma+veranderd");
  await report.locator("main:not([hidden]) .view.first").waitFor();
  const heads = await report.locator("main:not([hidden]) .grid").first().textContent();
  check("V4 is compared with V2, and with nothing else", heads.includes("RNVT") && !heads.includes("Relay model"), heads);
  await page.screenshot({ path: join(folder, "tegen_v2.png") });

  // A form of one's own: its counts at once, it runs, and it is saved and loaded.
  await click(page, "button[data-language=nl]");
  await click(page, "#without");
  await page.locator("#base").waitFor({ state: "hidden" });
  await ready(page);
  const rows = () => page.locator("#counts tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  await page.waitForFunction(() => document.querySelectorAll("#counts tr").length === 6);
  check("counts: those of today", (await rows())[0].slice(1).join() === "1 / 2 / 2,1 / 2 / 3,2 / 3 / 3,4 / 6 / 5,2 / 4 / 3", String((await rows())[0]));
  await page.locator("#own_base").selectOption("v0_estafette");
  // Whoever names it has an evil mind.
  const name = "Lokaal doet <img src=x onerror=alert(1)> vooraf";
  await page.locator("#own_name").fill(name);
  for (const task of ["advies", "veiligheidsbeoordeling", "onderzoek", "voorwaarden en vervolg", "crisishulp", "drang"]) {
    await page.getByLabel(`${task}: team`, { exact: true }).selectOption("lokaal_team");
  }
  await page.getByLabel("jeugdbeschermingstafel: team", { exact: true }).selectOption("");
  await page.locator("#own_shares input").first().fill("60");
  await page.locator("#counts th", { hasText: name }).waitFor();
  await ready(page);
  const counts = (await rows()).find(([label]) => label === name);
  check("counts: those of the own form are others", counts[1] !== (await rows())[0][1], String(counts));
  await shot("eigen_vorm");
  await page.locator("#warm_up").fill("1");
  await page.locator("#measured").fill("1");
  await page.locator("#replications").fill("2");
  for (const form of ["v1_expertnetwerk", "v2_rnvt", "v3_voorkantfusie", "v4_openbaar_lichaam", "v5_integraal_landelijk"]) {
    await page.locator(`input[name=form][value=${form}]`).uncheck();
  }
  check("the own form runs", (await ran(page)).startsWith("Klaar in"), await page.locator("#status").textContent());
  check("and is in the report, as text", (await report.locator("main:not([hidden])").textContent()).includes(name)
    && (await report.locator("img").count()) === 0 && (await page.locator("img").count()) === 0);

  // Whose people, where, in which file, with how many hours: at once, and no more people than there are.
  const changesFaults = async (what, act) => {
    const before = await errors(page);
    await act();
    await page.waitForFunction((n) => document.querySelectorAll(".remark.error").length !== n, before);
    check(what, true);
  };
  const ownCounts = () => rows().then((all) => all.find(([label]) => label === name).join());
  const counted = await ownCounts();
  await click(page, page.getByLabel("Lokaal team: In één dossier", { exact: true }));
  await click(page, page.getByLabel("Gecertificeerde instelling, jeugdbescherming: In één dossier", { exact: true }));
  await page.waitForFunction(([key, before]) => [...document.querySelectorAll("#counts tr")]
    .some((row) => row.cells[0].textContent === key && [...row.cells].map((cell) => cell.textContent).join() !== before), [name, counted]);
  check("one file: the family tells its story less often", (await ownCounts()) !== counted);
  await page.getByLabel("Lokaal team: Waar", { exact: true }).selectOption("region");
  check("a team with nothing left to do is asked nothing", !(await page.getByLabel("Veilig Thuis: Waar", { exact: true }).isVisible()));
  check("people stand where they are divided by hand", !(await page.locator("#own_people").isVisible()));
  await page.locator("#own_division").selectOption("as_assigned");
  const of = (team) => page.getByLabel(`Jeugdbeschermers (GI): ${team} (%)`, { exact: true });
  await changesFaults("more people than there are is said", () => of("Lokaal team").fill("30"));
  check("with what they add up to", (await page.locator("#own_people_rows tr.wrong").textContent()).includes("130 %"));
  await changesFaults("and no more when it is mended", () => of("Gecertificeerde instelling, jeugdbescherming").fill("70"));
  await page.getByLabel("Uren afstemming, per stap").fill("0.5");
  await ready(page);
  await shot("eigen_teams");
  const last = await ownCounts();
  const made = { question: await saved(page, "#save_toml"), form: await saved(page, "#save_form"), counts: last.slice(name.length + 1).split(",") };
  for (const line of ["scale = \"region\"", "division = \"as_assigned\"", "gi_jeugdbescherming = 0.7", "coordination_hours_per_case = 0.5"]) {
    check(`the form says ${line}`, made.form.bytes.includes(line), String(made.form.bytes));
  }
  check("the own form with its people runs", (await ran(page)).startsWith("Klaar in"), await page.locator("#status").textContent());
  await page.locator("#own_base").selectOption("");
  await page.locator("#file").setInputFiles({ name: made.question.name, mimeType: "application/zip", buffer: made.question.bytes });
  await page.locator("#base").waitFor();
  await ready(page);
  check("question and form are read again", (await rows()).some((row) => row.join() === last), JSON.stringify(await rows()));

  // Another share of generalists is another form.
  await click(page, "#without");
  await page.locator("#base").waitFor({ state: "hidden" });
  await ready(page);
  const share = page.locator("#generalists .slider[data-form=v2_rnvt]");
  check("the share of generalists has range, grade and source", /40 %[^]*Bandbreedte 0 – 100 %, graad D[^]*Bron/.test(await share.textContent()));
  check("only where it means something", (await page.locator("#generalists .slider[data-form=v0_estafette]").count()) === 0);
  await share.locator("input").fill("60");
  await page.locator("#counts th", { hasText: "60 % generalisten" }).waitFor();
  await click(page, page.locator("#with_and_without"));
  await page.waitForFunction(() => document.querySelectorAll("#counts tr").length === 7);
  check("with and without stand beside each other", (await errors(page)) === 0);
  const generalists = filesOf(await saved(page, "#save_toml"));
  await shot("generalisten");

  // Paths: what changes when, the forms that they name, one of one's own beside them.
  await loaded(page, "invoering.toml", readFileSync("scenarios/invoering.toml", "utf8"));
  await page.locator("#paths li").nth(3).waitFor();
  await ready(page);
  check("a path says what changes when", (await page.locator("#paths").textContent()).includes("(1 juli 2027 tot 31 december 2029)"));
  check("counts are those of the forms that paths name", (await rows()).length === 2);
  await click(page, "#none");
  await click(page, page.locator("input[name=region][value=Zeeland]"));
  for (const path of ["regio_voor_regio", "twee_jaar_later"]) await click(page, page.locator(`input[name=form][value=${path}]`));
  await page.locator("#own_base").selectOption("v4_openbaar_lichaam");
  await page.getByLabel("drang: Hoe", { exact: true }).selectOption("take_over");
  await page.locator("#warm_up").fill("1");
  await page.locator("#measured").fill("3");
  await page.locator("#replications").fill("2");
  await page.waitForFunction(() => document.querySelectorAll("#counts tr").length === 3);
  await ready(page);
  check("a form that a path names can be begun with", (await errors(page)) === 0);
  check("paths run", (await ran(page)).startsWith("Klaar in"), await page.locator("#status").textContent());
  const all = unpacked((await saved(page, "#save_all")).bytes);
  const folders = [...new Set([...all.keys()].filter((one) => one.includes("/")).map((one) => one.split("/")[0]))];
  check("every setting is saved, and all of them side by side", folders.join() === "neutraal,neutraal+overgang_kost" && all.has("report.html")
    && folders.every((folder) => ["kpis.csv", "tabellen.xlsx", "report.html"].every((one) => all.has(`${folder}/${one}`))), [...all.keys()].join());
  const again = unpacked((await saved(page, "#save_all")).bytes);
  check("the same bytes whenever they are saved", [...all].every(([one, bytes]) => again.get(one)?.equals(bytes)));
  await shot("invoering");

  check("no complaint in the console", complaints.length === 0, complaints.join("; "));
  const others = requests.filter((url) => url !== address && !/^(blob|data):/.test(url));
  check("no request", others.length === 0, others.join(" "));
  await page.context().close();
  return { two, question, made, generalists };
})();

for (const [device, viewport] of [["laptop", LAPTOP], ["phone", PHONE]]) {
  const { page } = await open(viewport, { bypassCSP: true });
  await loaded(page, "fout.toml", "[scenario]\nregions = 1\n");
  await page.locator(".remark.error").first().waitFor();
  await page.locator("#own_base").selectOption("v4_openbaar_lichaam");
  await page.locator("#own_tasks tr").first().waitFor();
  await checkShape(page, device);
  await page.screenshot({ path: join(folder, `${device}.png`), fullPage: true });
  await page.context().close();
}

function write(name, bytes) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), bytes);
}
// As they would be unpacked in the folder of scenarios.
for (const [files, name] of [[found.question, "mijn_vraag"], [filesOf(found.made.question), "met_eigen_vorm"], [found.generalists, "met_generalisten"]]) {
  for (const [one, bytes] of files) write(join("scenarios", one.replace("mijn_vraag", name)), bytes);
}
write("tellingen.txt", found.made.counts.join("\n"));
for (const [name, bytes] of found.two) write(join("run", name), bytes);
await end();
