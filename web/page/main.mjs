// The page: what is asked, what it will take, and what comes out.
import { Form, at, element } from "./form.mjs";
import { Model, compiled } from "./model.mjs";
import { OWN, SHIPPED, toml } from "./question.mjs";
import { Run } from "./run.mjs";
import { pick, speak, time, word } from "./words.mjs";

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

const state = {};

function save(name, type, contents) {
  const address = URL.createObjectURL(new Blob([contents], { type }));
  element("a", { href: address, download: name }).click();
  // The browser reads it after this.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// What the last run answers, as a file.
async function saveAnswer(what, name, type) {
  try {
    save(name, type, await state.last.ask(what));
  } catch (error) {
    at("status").textContent = `${word("failed")} ${error.message}`;
  }
}

const told = (question) => state.adviser.told(question);

// The files of a question, and which of them it is.
function question() {
  const text = toml(state.form.read(state.base.plan), state.base.plan, state.base.path);
  return { files: [...state.base.files, [OWN, text]], scenario: OWN };
}

function remark(one) {
  const where = one.line ? `${one.file}, ${word("line")} ${one.line}, ${word("column")} ${one.column}: ` : "";
  const children = [
    element("p", {}, element("b", { textContent: where }), element("span", { lang: "en", textContent: `${one.fact} [${one.code}]` })),
  ];
  if (one.help) children.push(element("p", { lang: "en", textContent: `→ ${one.help}` }));
  if (one.line) children.push(element("pre", { lang: "en", tabIndex: 0, textContent: one.shown }));
  return element("div", { className: one.is_error ? "remark error" : "remark" }, ...children);
}

function showRemarks(remarks) {
  const isWrong = remarks.some((one) => one.is_error);
  const title = remarks.length > 0 ? [element("h3", { textContent: word(isWrong ? "wrong" : "look") })] : [];
  at("remarks").replaceChildren(...title, ...remarks.map(remark));
}

function showCost() {
  const { plan, run } = state;
  at("run").disabled = !plan || Boolean(run);
  if (run) return;
  const beside = plan?.beside.length ? ` ${word("beside")} ${plan.beside.join(", ")}.` : "";
  const seconds = (SLOWER * plan?.seconds) / Number(at("workers").value || 1);
  at("status").textContent = plan
    ? `${word("takes")} ${time(seconds)} (${plan.passes.length} ${word("passes")}).${beside}` : "";
}

// What the question means; only the last that is asked for counts.
async function check() {
  if (!at("form").checkValidity()) {
    state.plan = undefined;
    showCost();
    return;
  }
  const asked = question();
  state.question = asked;
  const { remarks, plan } = await told({ ask: "check", ...asked });
  if (state.question !== asked) return;
  state.plan = plan ?? undefined;
  showRemarks(remarks);
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
  const { remarks, plan } = await told({ ask: "check", files, scenario: path });
  if (!plan) {
    showRemarks(remarks);
    at("remarks").scrollIntoView();
    return;
  }
  state.base = { files, path, plan };
  state.form.fill(plan, start);
  const isOwn = files.length > 0;
  at("base").hidden = !isOwn;
  at("beside_file").hidden = !isOwn;
  at("base_name").textContent = path;
  await check();
}

async function load(file) {
  if (file.size > MOST_BYTES) {
    showRemarks([{ is_error: true, code: "E", fact: `${file.name} is larger than 4 MB` }]);
    return;
  }
  const text = await file.text();
  // A file that looks for its base in the folder above stands in a folder itself.
  const folder = /^\s*extends\s*=\s*["']\.\.\//m.test(text) ? "eigen/" : "";
  const stem = file.name.replace(/\.toml$/i, "").toLowerCase().replaceAll(/[^a-z0-9_-]+/g, "_").slice(0, 60);
  // Its own name, but not that of a file that ships: it would hide that.
  const path = `${folder}${stem || "scenario"}_geladen.toml`;
  await begin([[path, text]], path);
}

// Files that stand beside the report on disk are saved by the buttons above it.
const NOT_BESIDE = "<style>a.button:is([href$='.xlsx'], [href^='charts/']) { display: none; }</style>";

function showReport(bytes) {
  const text = new TextDecoder().decode(bytes).replace("</head>", () => `${NOT_BESIDE}</head>`);
  const address = URL.createObjectURL(new Blob([text], { type: "text/html" }));
  const report = at("report");
  report.src = `${address}${document.documentElement.lang === "en" ? "#en" : ""}`;
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

async function run() {
  await check();
  if (!state.plan || state.run) return;
  const { plan, question: asked } = state;
  const began = performance.now();
  const name = pick(plan.label);
  const news = (one) => {
    if (one.page) {
      state.shown = { ...one, name, n: plan.replications, text: JSON.stringify(asked) };
      const isFirst = at("result").hidden;
      show("result", true);
      if (isFirst || one.isLast) at("result").scrollIntoView({ block: "start" });
      show("saves", false);
      showReport(one.page);
      showStanding();
    } else if (one.isMerging) {
      at("progress").removeAttribute("value");
      at("status").textContent = word("drawing");
    } else {
      at("progress").value = one.share;
      const left = ((performance.now() - began) / 1000) * (1 / one.share - 1);
      at("status").textContent = `${word("busy")} ${one.nDone} ${word("of")} ${one.nPasses} ${word("passes")}, ${word("to_go")} ${time(left)} ${word("to_go_after")}`;
    }
  };
  const running = new Run({
    start: () => new Model(state.module, state.script),
    nMakers: Math.min(Number(at("workers").value), plan.passes.length),
    question: { ask: "check", ...asked },
    plan,
    told: (one) => { if (state.run === running) news(one); },
  });
  state.run = running;
  at("progress").value = 0;
  show("progress", true);
  show("cancel", true);
  showCost();
  at("status").textContent = word("busy");
  let end;
  try {
    await running.ended;
    // The last run that came to its end is what the next can be set beside.
    state.earlier = await state.last?.ask({ ask: "tables" });
    state.last?.cancel();
    state.last = running;
    show("saves", true);
    show("beside", state.earlier);
    show("alone", false);
    end = `${word("done")} ${time((performance.now() - began) / 1000)}.`;
  } catch (error) {
    running.cancel();
    end = `${word("failed")} ${error.message}`;
  }
  if (state.run === running) over(end);
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
    else if (event.target.id !== "file") changed();
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
    const [file] = at("file").files;
    at("file").value = "";
    if (file) await load(file);
  };
  at("without").onclick = () => begin([], SHIPPED, START);
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", () => document.body.classList.remove("dropping"));
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    const [file] = event.dataTransfer.files;
    if (file) await load(file);
  });
  at("beside").onclick = async () => {
    const names = { earlier: word("earlier"), later: word("later") };
    showReport(await state.last.ask({ ask: "beside", ...names }, state.earlier));
    show("beside", false);
    show("alone", true);
  };
  at("alone").onclick = () => {
    showReport(state.shown.page);
    show("alone", false);
    show("beside", true);
  };
  at("save_toml").onclick = () => {
    const { files } = question();
    save(OWN, "application/toml", files.at(-1)[1]);
  };
  at("save_page").onclick = () => save("report.html", "text/html", state.shown.page);
  at("save_book").onclick = () => {
    const name = document.documentElement.lang === "en" ? "tables.xlsx" : "tabellen.xlsx";
    saveAnswer({ ask: "file", name }, name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  };
  at("save_all").onclick = () => saveAnswer({ ask: "archive" }, "rvtsim.zip", "application/zip");
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
    state.module = await compiled(at("module").textContent.trim());
    state.script = at("worker").textContent;
    state.adviser = new Model(state.module, state.script);
    about = await told({ ask: "about" });
  } catch (error) {
    at("loading").textContent = `${word("needs")} (${error.message})`;
    return;
  }
  at("version").textContent = about.version;
  at("workers").value = Math.min(8, Math.max(1, (navigator.hardwareConcurrency ?? 2)));
  state.form = new Form(about);
  listen();
  await begin([], SHIPPED, { ...START, name: word("own") });
  show("form", true);
  show("loading", false);
}
