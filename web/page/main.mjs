// The page: what is asked, what it will take, and what comes out.
import { at, element, fill } from "./element.mjs";
import { Form } from "./form.mjs";
import { Model, unpacked } from "./model.mjs";
import { Own, countTable, varied } from "./own.mjs";
import { OWN, SHIPPED, VARIANT, list, quoted, toml } from "./question.mjs";
import { Run } from "./run.mjs";
import { pair, pick, speak, time, word } from "./words.mjs";

// Seconds of a core in a browser for one of the program.
const SLOWER = 2;
// Milliseconds in which somebody who goes on typing has not finished.
const PATIENCE = 300;
const MOST_BYTES = 4 * 2 ** 20;
// What the page begins with: small enough to be had within a minute.
const START = {
  regions: ["Zeeland"],
  forms: ["v0_estafette", "v1_expertnetwerk", "v2_rnvt", "v3_voorkantfusie", "v4_openbaar_lichaam", "v5_integraal_landelijk"],
};

// Forms that were loaded, by their path; forms of which shares can be changed.
const state = { loaded: new Map(), bases: [] };

function save(name, type, contents) {
  const address = URL.createObjectURL(new Blob([contents], { type }));
  element("a", { href: address, download: name }).click();
  // The browser reads it after this.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// What the last run answers, as a file.
async function saveAnswer(ask, name, type) {
  try {
    save(name, type, await ask());
  } catch (error) {
    at("status").textContent = `${word("failed")} ${error.message}`;
  }
}

const told = (question) => state.adviser.told(question);

// The files of a question, and which of them it is.
function question() {
  const form = state.form.read(state.base.plan);
  const made = [];
  // With other generalists a form is another; without and with stand side by side where that is asked.
  for (const [key, shares] of Object.entries(form.generalists)) {
    const other = varied(state.bases.find((one) => one.key === key), shares);
    made.push([`forms/${other.key}.toml`, other.text]);
    form.forms = form.forms.flatMap((one) => (one !== key ? [one] : form.beside ? [key, other.key] : [other.key]));
    if (form.baseline === key && !form.beside) form.baseline = other.key;
  }
  if (form.forms.includes(state.own.key)) made.push([`forms/${state.own.key}.toml`, state.own.text()]);
  return { files: [...made, ...state.base.files, [OWN, toml(form, state.base.plan, state.base.path)]], scenario: OWN };
}

function remark(one) {
  const where = one.line ? `${one.file}, ${word("line")} ${one.line}, ${word("column")} ${one.column}: ` : "";
  const children = [element("p", {}, element("b", { textContent: where }), `${pick(one.fact)} [${one.code}]`)];
  if (one.help) children.push(element("p", { textContent: `→ ${pick(one.help)}` }));
  if (one.line) children.push(element("pre", { tabIndex: 0, textContent: pick(one.shown) }));
  return element("div", { className: one.is_error ? "remark error" : "remark" }, ...children);
}

function showRemarks(remarks) {
  const isWrong = remarks.some((one) => one.is_error);
  const title = remarks.length > 0 ? [element("h3", { textContent: word(isWrong ? "wrong" : "look") })] : [];
  at("remarks").replaceChildren(...title, ...remarks.map(remark));
}

function showCost() {
  const { plan, run } = state;
  at("run").disabled = !plan || Boolean(run ?? state.loading);
  if (run) return;
  const n = plan?.settings.length;
  const seconds = (SLOWER * n * plan?.seconds) / Number(at("workers").value || 1);
  at("status").textContent = plan ? `${word("takes")} ${time(seconds)} (${n * plan.passes.length} ${word("passes")}).` : "";
}

// What the question means; only the last that is asked for counts.
async function check() {
  const wrong = at("form").querySelector("input:invalid");
  if (wrong) {
    state.plan = undefined;
    state.question = undefined;
    showCost();
    const name = wrong.ariaLabel ?? wrong.closest("label").firstElementChild.textContent;
    at("status").textContent = `${name}: ${word("between")} ${wrong.min} ${word("and")} ${wrong.max}.`;
    return;
  }
  const asked = question();
  state.question = asked;
  const { remarks, plan } = await told({ ask: "check", ...asked });
  if (state.question !== asked) return;
  state.plan = plan ?? undefined;
  showRemarks(remarks);
  if (plan) countTable(plan.forms);
  showCost();
  showStanding();
}

function changed() {
  clearTimeout(state.timer);
  state.plan = undefined;
  at("run").disabled = true;
  state.timer = setTimeout(check, PATIENCE);
}

async function begin(files, path, start) {
  // Nothing is run until it is known whether this can be; of several the last counts.
  const asked = Symbol(path);
  state.loading = asked;
  at("run").disabled = true;
  const { remarks, plan } = await told({ ask: "check", files, scenario: path });
  if (state.loading !== asked) return;
  state.loading = undefined;
  if (!plan) {
    showRemarks(remarks);
    showCost();
    at("remarks").scrollIntoView();
    return;
  }
  state.plan = undefined;
  state.base = { files, path, plan };
  state.bases = state.form.fill(plan, start);
  state.own.offer(state.bases);
  takeOwn();
  const isOwn = path !== SHIPPED;
  at("base").hidden = !isOwn;
  at("base_name").textContent = path;
  await check();
}

// A form of one's own, in the list of forms.
function takeOwn() {
  state.form.offer(state.own.key, state.own.isThere ? state.own.label : undefined);
}

// The texts of a file that was loaded, by name: one, or all that an archive has.
async function texts(file) {
  if (!/\.zip$/i.test(file.name)) return [[file.name, await file.text()]];
  return state.adviser.told({ ask: "unpack" }, new Uint8Array(await file.arrayBuffer()));
}

const EXTENDS = /^\s*extends\s*=\s*["'](.*?)["']/m;
const isForm = ({ text }) => /^\s*\[(form|teams|functions)\b/m.test(text) && !/^\s*\[scenario\b/m.test(text);

// A scenario, the files with which it begins, the forms that it takes, or several of these.
async function load(files) {
  const complain = (fact, code) => showRemarks([{ is_error: true, code, fact }]);
  const large = files.find((file) => file.size > MOST_BYTES);
  if (large) {
    complain(`${large.name} is larger than 4 MB`, "S002");
    return;
  }
  let all;
  try {
    all = (await Promise.all(files.map(texts))).flat();
  } catch (error) {
    complain(error.message, "S001");
    return;
  }
  if (all.length === 0) {
    complain("no file in it ends in .toml", "S001");
    return;
  }
  const read = all.map(([path, text]) => {
    const name = path.split("/").at(-1).replace(/\.toml$/i, "").toLowerCase().replaceAll(/[^a-z0-9_-]+/g, "_").slice(0, 60) || "scenario";
    return { path, name, text };
  });
  const forms = read.filter(isForm);
  // A form that was loaded is there for the scenario that comes after it.
  for (const { name, text } of forms) state.loaded.set(`forms/${name}.toml`, text);
  const others = read.filter((one) => !isForm(one));
  const begunWith = others.map(({ text }) => EXTENDS.exec(text)?.[1]);
  let scenario = others.find(({ path }) => !begunWith.includes(path)) ?? others[0];
  if (!scenario) {
    const names = [...START.forms, ...forms.map(({ name }) => name)];
    const text = `extends = ${quoted(SHIPPED)}\n[scenario]\nregions = ${list(START.regions)}\nforms = ${list([...new Set(names)])}\n`;
    scenario = { name: forms[0].name, text };
  }
  const beside = others.filter((one) => one !== scenario).map(({ path, text }) => [path, text]);
  // A file that looks for its base in the folder above stands in a folder itself.
  const folder = /^\.\.\//.test(EXTENDS.exec(scenario.text)?.[1] ?? "") ? "eigen/" : "";
  // Its own name, but not that of a file that ships: it would hide that.
  let path = `${folder}${scenario.name}_geladen.toml`;
  while (beside.some(([name]) => name === path)) path = path.replace(".toml", "_.toml");
  await begin([...state.loaded, ...beside, [path, scenario.text]], path);
}

// Files that stand beside the report on disk are saved by the buttons above it.
const NOT_BESIDE = "<style>a.button:is([href$='.xlsx'], [href^='charts/']) { display: none; }</style>";

// One page after another: a frame that is sent on while it still loads may end with neither.
async function showReport(bytes) {
  state.page = bytes;
  if (state.isOpening) return;
  state.isOpening = true;
  while (state.opened !== state.page) {
    state.opened = state.page;
    await open(state.opened);
  }
  state.isOpening = false;
}

async function open(bytes) {
  const text = new TextDecoder().decode(bytes).replace("</head>", () => `${NOT_BESIDE}</head>`);
  const address = URL.createObjectURL(new Blob([text], { type: "text/html" }));
  const report = at("report");
  const opened = new Promise((resolve) => { report.addEventListener("load", resolve, { once: true }); });
  report.src = `${address}${document.documentElement.lang === "en" ? "#en" : ""}`;
  await opened;
  if (state.address) URL.revokeObjectURL(state.address);
  state.address = address;
}

function showStanding() {
  const { shown } = state;
  if (!shown) return;
  const so = shown.isLast
    ? `${word("is_of")} “${shown.name}”.`
    : `${word("after")} ${shown.replications} ${word("of")} ${shown.n}: “${shown.name}”.`;
  const isOld = state.question && shown.text !== JSON.stringify(state.question);
  at("standing").textContent = `${so}${isOld ? ` ${word("changed")}` : ""}`;
}

function show(name, value) {
  at(name).hidden = !value;
}

// What can be looked at: every setting, all beside one another, and the first beside that of the question before.
function offerViews(parts, views) {
  const alone = parts.map(({ setting, label }) => ({ key: setting, nl: label, en: label }));
  if (parts.length === 1) Object.assign(alone[0], pair("alone"));
  const all = [...(views.side ? [{ key: "side", ...pair("side") }] : []), ...alone,
    ...(views.earlier ? [{ key: "earlier", ...pair("beside_earlier") }] : [])];
  fill(at("view"), all, all[0].key);
  show("views", all.length > 1);
}

async function look() {
  const { parts, views } = state.last;
  const key = at("view").value;
  if (key === "earlier") views.page ??= await parts[0].run.beside([[word("earlier"), views.earlier]], word("later"));
  showReport({ side: views.side, earlier: views.page }[key] ?? state.last.shown().page);
}

async function run() {
  await check();
  if (!state.plan || state.run) return;
  const { plan, question: asked } = state;
  const { settings } = plan;
  const began = performance.now();
  const parts = [];
  const whole = {
    parts,
    views: {},
    cancel: () => parts.forEach((one) => one.run.cancel()),
    shown: () => parts.find(({ setting }) => setting === at("view").value) ?? parts[0],
  };
  const news = (part, one) => {
    if (one.page) {
      part.page = one.page;
      // Of the settings beside it, what they say together is shown.
      if (part !== parts[0]) return;
      state.shown = { ...one, name: pick(plan.label), n: plan.replications, text: JSON.stringify(asked) };
      const isFirst = at("result").hidden;
      show("result", true);
      if (isFirst) at("result").scrollIntoView({ block: "start" });
      show("saves", false);
      showReport(one.page);
      showStanding();
    } else if (one.isMerging) {
      at("progress").removeAttribute("value");
      at("status").textContent = word("drawing");
    } else {
      const share = (parts.indexOf(part) + one.share) / settings.length;
      at("progress").value = share;
      const left = ((performance.now() - began) / 1000) * (1 / share - 1);
      const nDone = parts.indexOf(part) * one.nPasses + one.nDone;
      at("status").textContent = `${word("busy")} ${nDone} ${word("of")} ${settings.length * one.nPasses} ${word("passes")}, ${word("to_go")} ${time(left)} ${word("to_go_after")}`;
    }
  };
  state.run = whole;
  at("progress").value = 0;
  show("progress", true);
  show("cancel", true);
  showCost();
  at("status").textContent = word("busy");
  let end;
  try {
    for (const setting of settings) {
      const part = { setting, label: settingName(setting) };
      part.run = new Run({
        start: () => new Model(state.module, state.script),
        nMakers: Math.min(Number(at("workers").value), plan.passes.length),
        question: { ask: "check", ...asked, setting },
        plan,
        told: (one) => { if (state.run === whole) news(part, one); },
      });
      parts.push(part);
      await part.run.ended;
      if (state.run !== whole) return;
    }
    if (parts.length > 1) {
      const others = await Promise.all(parts.slice(0, -1).map(async (part) => [part.label, await part.run.tables()]));
      whole.views.side = await parts.at(-1).run.beside(others, parts.at(-1).label);
    }
    // The last run that came to its end is what the next can be set beside.
    whole.views.earlier = await state.last?.parts[0].run.tables();
    state.last?.cancel();
    state.last = whole;
    offerViews(parts, whole.views);
    show("saves", true);
    await look();
    at("result").scrollIntoView({ block: "start" });
    end = `${word("done")} ${time((performance.now() - began) / 1000)}.`;
  } catch (error) {
    whole.cancel();
    end = `${word("failed")} ${error.message}`;
  }
  if (state.run === whole) over(end);
}

// All files of every setting.
async function archive(parts) {
  const last = parts.at(-1);
  const others = await Promise.all(parts.slice(0, -1).map(async ({ setting, run: one }) => [setting, await one.tables()]));
  return last.run.beside(others, last.setting, "archive");
}

// A belief set, and what was changed in it.
function settingName(setting) {
  const [belief, variant] = setting.split("+");
  const known = state.beliefs.find((one) => one.key === belief);
  return `${known ? pick(known).split(":")[0] : belief}${variant ? `, ${variant === VARIANT ? word("with_changes") : variant}` : ""}`;
}

function over(sentence) {
  state.run = undefined;
  show("progress", false);
  show("cancel", false);
  showCost();
  at("status").textContent = sentence;
}

function listen() {
  at("form").addEventListener("input", (event) => {
    if (event.target.id === "workers") showCost();
    else if (event.target.id === "own_name") takeOwn();
    else if (event.target.name === "form") state.form.showGeneralists();
    if (!["workers", "file"].includes(event.target.id)) changed();
  });
  at("form").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  at("cancel").onclick = () => {
    state.run.cancel();
    over(word("cancelled"));
  };
  at("file").onchange = async () => {
    const files = [...at("file").files];
    at("file").value = "";
    if (files.length > 0) await load(files);
  };
  at("without").onclick = () => begin([], SHIPPED, { ...START, name: word("own") });
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", () => document.body.classList.remove("dropping"));
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    const files = [...event.dataTransfer.files];
    if (files.length > 0) await load(files);
  });
  at("view").onchange = look;
  at("save_toml").onclick = () => {
    const { files } = question();
    if (files.length === 1) save(OWN, "application/toml", files[0][1]);
    else saveAnswer(() => state.adviser.ask({ ask: "pack", files }), OWN.replace(".toml", ".zip"), "application/zip");
  };
  at("save_form").onclick = () => save(`${state.own.key}.toml`, "application/toml", state.own.text());
  at("save_page").onclick = () => save("report.html", "text/html", state.page);
  at("save_book").onclick = () => {
    const name = document.documentElement.lang === "en" ? "tables.xlsx" : "tabellen.xlsx";
    saveAnswer(() => state.last.shown().run.ask({ ask: "file", name }), name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  };
  at("about").ontoggle = async () => {
    at("notice").textContent ||= await (await unpacked(at("licences").textContent)).text();
  };
  at("save_all").onclick = () => saveAnswer(() => archive(state.last.parts), "rvtsim.zip", "application/zip");
  for (const button of document.querySelectorAll("[data-language]")) {
    button.onclick = () => {
      speak(button.dataset.language);
      state.form?.respeak();
      if (state.form) changed();
      showStanding();
    };
  }
}

export async function main() {
  speak("nl");
  let about;
  try {
    state.module = await WebAssembly.compile(await (await unpacked(at("module").textContent)).arrayBuffer());
    state.script = at("worker").textContent;
    state.adviser = new Model(state.module, state.script);
    about = await told({ ask: "about" });
  } catch (error) {
    at("loading").textContent = `${word("needs")} (${error.message})`;
    return;
  }
  at("version").textContent = about.version;
  at("workers").value = Math.min(8, Math.max(1, (navigator.hardwareConcurrency ?? 2)));
  state.beliefs = about.beliefs;
  state.form = new Form(about);
  state.own = new Own(about, takeOwn);
  listen();
  await begin([], SHIPPED, { ...START, name: word("own") });
  show("form", true);
  show("loading", false);
}
