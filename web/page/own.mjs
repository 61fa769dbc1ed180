// A form of one's own: who does what and how, laid over a form that is there.
import { at, element, fill, spoken } from "./element.mjs";
import { pair, word } from "./words.mjs";
import { list, quoted } from "./question.mjs";

const NONE = "";
const MODES = ["take_over", "join", "consult", "check"];

export class Own {
  // Its name among the forms.
  key = "eigen_vorm";
  #functions;
  #bases = [];
  #base;
  #tasks = {};
  #shares = {};
  #told;

  // `told` hears that another form is meant.
  constructor(functions, told) {
    this.#functions = functions;
    this.#told = told;
    at("own_base").onchange = () => this.#begin(at("own_base").value);
    at("own_name").value = word("own_form");
  }

  get isThere() { return Boolean(this.#base); }

  get label() { return at("own_name").value.trim() || word("own_form"); }

  // The forms that it may begin with.
  offer(forms) {
    const isNew = forms.map((one) => one.key).join() !== this.#bases.map((one) => one.key).join();
    this.#bases = forms;
    if (!isNew) return;
    while (forms.some((one) => one.key === this.key)) this.key += "_";
    const choices = [{ key: NONE, ...pair("no_own") }, ...forms];
    fill(at("own_base"), choices, NONE);
    this.#begin(NONE);
  }

  #begin(key) {
    this.#base = this.#bases.find((one) => one.key === key);
    at("own").hidden = !this.isThere;
    if (this.isThere) this.#fill();
    this.#told();
  }

  #fill() {
    this.#tasks = structuredClone(this.#base.tasks);
    this.#shares = Object.fromEntries(this.#base.teams.map((team) => [team.key, team.generalist_share]));
    at("own_tasks").replaceChildren(...this.#functions.map((one) => this.#row(one)));
    const inside = this.#base.teams.filter((team) => !team.is_external);
    at("own_shares").replaceChildren(...inside.map((team) => this.#share(team)));
  }

  #row(of) {
    const [team, mode] = this.#tasks[of.key] ?? [NONE, of.modes[0]];
    const teams = this.#base.teams.filter((one) => one.is_external === of.is_external);
    const none = of.is_optional ? [{ key: NONE, ...pair("nobody") }] : [];
    const modes = MODES.filter((one) => of.modes.includes(one)).map((one) => ({ key: one, ...pair(one) }));
    const who = fill(element("select", { ariaLabel: `${of.name}: team`, disabled: teams.length + none.length < 2 }), [...teams, ...none], team);
    const how = fill(element("select", { ariaLabel: `${of.name}: ${word("how")}`, disabled: modes.length < 2 }), modes, mode);
    const row = element("tr", {}, element("th", { scope: "row", textContent: of.name }), element("td", {}, who), element("td", {}, how));
    const take = () => {
      this.#tasks[of.key] = who.value === NONE ? undefined : [who.value, how.value];
      how.hidden = who.value === NONE;
      row.classList.toggle("changed", String(this.#tasks[of.key]) !== String(this.#base.tasks[of.key]));
    };
    row.onchange = () => {
      take();
      this.#told();
    };
    take();
    return row;
  }

  #share(team) {
    const input = element("input", { type: "range", min: 0, max: 100, step: 5, value: Math.round(100 * team.generalist_share) });
    const output = element("output");
    const label = element("label", {}, spoken(team), " ", output, input);
    const show = () => {
      output.textContent = `${input.value} %`;
      input.setAttribute("aria-valuetext", output.textContent);
    };
    input.oninput = () => {
      show();
      this.#shares[team.key] = Number(input.value) / 100;
      label.classList.toggle("changed", this.#shares[team.key] !== team.generalist_share);
      this.#told();
    };
    show();
    return label;
  }

  #does(team, tasks = this.#tasks) {
    return this.#functions.filter(({ key }) => tasks[key]?.[0] === team.key).map(({ key }) => key);
  }

  // Teams that had work and have none: their people go where most of it has gone.
  #idle() {
    const idle = this.#base.teams.filter((team) => this.#does(team, this.#base.tasks).length > 0 && this.#does(team).length === 0);
    const heirs = this.#base.teams.filter((team) => !team.is_external && this.#does(team).length > 0);
    return idle.map((team) => {
      const had = this.#does(team, this.#base.tasks);
      const taken = heirs.map((heir) => this.#does(heir).filter((key) => had.includes(key)).length);
      return { team, heir: heirs[taken.indexOf(Math.max(...taken))] };
    });
  }

  // As its file says it: what is other than in the form with which it begins.
  text() {
    const { key, nl, en } = this.#base;
    const lines = [
      `extends = ${quoted(key)}`, "", "[form]",
      `label = { nl = ${quoted(this.label)}, en = ${quoted(this.label)} }`,
      `what = { nl = ${quoted(`Eigen vorm, begonnen bij: ${nl}.`)}, en = ${quoted(`A form of one's own, begun with: ${en}.`)} }`,
      "proposal = true",
      "source = \"Made in the page rvtsim-rekenmodel; no document says this.\"",
    ];
    const idle = this.#idle();
    const gone = idle.map(({ team }) => team.key);
    for (const name of ["shared_dossier", "stays"]) {
      const left = this.#base[name].filter((team) => !gone.includes(team));
      if (left.length < this.#base[name].length) lines.push(`${name} = ${list(left)}`);
    }
    if (gone.length > 0) lines.push("", "[teams]", ...gone.map((team) => `${team} = false`));
    for (const team of this.#base.teams.filter((one) => !one.is_external && !gone.includes(one.key))) {
      const said = [];
      const staff = { ...team.staff_from };
      for (const { team: from } of idle.filter(({ heir }) => heir === team)) {
        for (const [organisation, share] of Object.entries(from.staff_from)) {
          staff[organisation] = Math.round(1e6 * ((staff[organisation] ?? 0) + share)) / 1e6;
        }
      }
      if (JSON.stringify(staff) !== JSON.stringify(team.staff_from)) {
        said.push(`staff_from = { ${Object.entries(staff).map(([one, share]) => `${one} = ${share}`).join(", ")} }`);
      }
      if (this.#shares[team.key] !== team.generalist_share) said.push(`generalist_share = ${this.#shares[team.key]}`);
      if (said.length > 0) lines.push("", `[teams.${team.key}]`, ...said);
    }
    const other = this.#functions.filter((one) => String(this.#tasks[one.key]) !== String(this.#base.tasks[one.key]));
    const out = other.filter((one) => !this.#tasks[one.key]);
    if (out.length > 0) lines.push("", "[functions]", ...out.map((one) => `${one.key} = false`));
    for (const one of other.filter((each) => this.#tasks[each.key])) {
      const [team, mode] = this.#tasks[one.key];
      lines.push("", `[functions.${one.key}]`, `team = ${quoted(team)}`, `mode = ${quoted(mode)}`);
    }
    return `${lines.join("\n")}\n`;
  }
}

// Handovers, re-tells and assessments of each form on each route.
export function countTable(forms) {
  const rows = forms.map((form) => element("tr", {}, Object.assign(spoken(form, "th"), { scope: "row" }),
    ...form.counts.map((counts) => element("td", { textContent: counts.join(" / ") }))));
  at("counts").replaceChildren(...rows);
}
