// A form of one's own: who does what and how, with whose people and where, laid over a form that is there.
import { at, element, fill, spoken } from "./element.mjs";
import { isDutch, number, pair, word } from "./words.mjs";
import { list, quoted, same } from "./question.mjs";

const NONE = "";
const MODES = ["take_over", "join", "consult", "check"];
const SCALES = ["area", "region"];
const DIVISIONS = ["by_work", "as_assigned"];
// Sets of teams that a form names.
const SETS = ["shared_dossier", "stays"];
const MOST_HOURS = 20;

const choices = (words) => words.map((one) => ({ key: one, ...pair(one) }));
// Shares as a file says them: no more decimals than anybody means.
const share = (value) => Math.round(1e6 * value) / 1e6;
const percent = (value) => Math.round(1e4 * value) / 100;

// A slider from 0 to 100 %, with what it stands at.
export function shareSlider(name, value, told) {
  const input = element("input", { type: "range", min: 0, max: 100, step: 5, value: Math.round(100 * value) });
  const output = element("output");
  const label = element("label", {}, name, " ", output, input);
  const show = () => {
    output.textContent = `${input.value} %`;
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.oninput = () => {
    show();
    const now = Number(input.value) / 100;
    label.classList.toggle("changed", now !== value);
    told(now);
  };
  show();
  return label;
}

export class Own {
  // Its name among the forms.
  key = "eigen_vorm";
  #about;
  #functions;
  #bases = [];
  #base;
  #tasks = {};
  #shares = {};
  #scales = {};
  #traits = {};
  #sets = {};
  #division;
  // Shares of organisations by team, once somebody has changed one.
  #people;
  #told;

  // `told` hears that another form is meant.
  constructor(about, told) {
    this.#about = about;
    this.#functions = about.tasks;
    this.#told = () => {
      this.#showPeople();
      told();
    };
    at("own_base").onchange = () => this.#begin(at("own_base").value);
    at("own_name").value = word("own_form");
  }

  get isThere() { return Boolean(this.#base); }

  get label() { return at("own_name").value.trim() || word("own_form"); }

  // The forms that it may begin with.
  offer(forms) {
    const isNew = !same(forms.map((one) => one.key), this.#bases.map((one) => one.key));
    this.#bases = forms;
    if (!isNew) return;
    while (forms.some((one) => one.key === this.key)) this.key += "_";
    fill(at("own_base"), [{ key: NONE, ...pair("no_own") }, ...forms], NONE);
    this.#begin(NONE);
  }

  #begin(key) {
    this.#base = this.#bases.find((one) => one.key === key);
    at("own").hidden = !this.isThere;
    if (this.isThere) this.#fill();
    this.#told();
  }

  #fill() {
    const base = this.#base;
    const inside = this.#inside();
    this.#tasks = structuredClone(base.tasks);
    this.#shares = Object.fromEntries(base.teams.map((team) => [team.key, team.generalist_share]));
    this.#scales = Object.fromEntries(base.teams.map((team) => [team.key, team.scale]));
    this.#traits = structuredClone(base.traits);
    this.#sets = Object.fromEntries(SETS.map((name) => [name, [...base[name]]]));
    this.#division = base.division;
    this.#people = undefined;
    at("own_tasks").replaceChildren(...this.#functions.map((one) => this.#row(one)));
    const of = (team, row) => {
      row.dataset.team = team.key;
      return row;
    };
    at("own_shares").replaceChildren(...inside.map((team) => of(team, shareSlider(spoken(team), team.generalist_share, (value) => {
      this.#shares[team.key] = value;
      this.#told();
    }))));
    at("own_teams").replaceChildren(...inside.map((team) => of(team, this.#team(team))));
    at("own_traits").replaceChildren(...this.#about.traits.map((one) => this.#trait(one)));
    const division = fill(at("own_division"), choices(DIVISIONS), this.#division);
    division.onchange = () => {
      this.#division = division.value;
      this.#told();
    };
  }

  #inside() {
    return this.#base.teams.filter((team) => !team.is_external);
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

  #team(team) {
    const where = fill(element("select", { ariaLabel: `${team.nl}: ${word("scale")}` }), choices(SCALES), team.scale);
    where.onchange = () => {
      this.#scales[team.key] = where.value;
      this.#told();
    };
    const boxes = SETS.map((name) => {
      const box = element("input", { type: "checkbox", ariaLabel: `${team.nl}: ${word(name)}`, checked: this.#sets[name].includes(team.key) });
      box.onchange = () => {
        const others = this.#sets[name].filter((one) => one !== team.key);
        this.#sets[name] = box.checked ? [...others, team.key] : others;
        this.#told();
      };
      return element("td", {}, box);
    });
    return element("tr", {}, Object.assign(spoken(team, "th"), { scope: "row" }), element("td", {}, where), ...boxes);
  }

  // What is true of the form as a whole.
  #trait({ key, words }) {
    const value = this.#base.traits[key];
    const isShare = key === "local_room";
    const control = words.length > 0
      ? fill(element("select"), choices(words), value)
      : element("input", { type: "number", min: 0, max: isShare ? 100 : MOST_HOURS, step: "any", required: true, value: isShare ? percent(value) : value });
    const row = element("label", {}, spoken(pair(`form.${key}`)), control);
    control.oninput = () => {
      const typed = Number(control.value);
      this.#traits[key] = words.length > 0 ? control.value : isShare ? share(typed / 100) : typed;
      row.classList.toggle("changed", this.#traits[key] !== value);
      this.#told();
    };
    return row;
  }

  // The teams that have work, and whose people are in which of them, for whoever divides them by hand.
  #showPeople() {
    if (!this.isThere) return;
    const isShown = this.#division === "as_assigned";
    at("own_people").hidden = !isShown;
    const people = this.#staff();
    const gone = this.#idle().map(({ team }) => team.key);
    for (const row of [...at("own_shares").children, ...at("own_teams").children]) row.hidden = gone.includes(row.dataset.team);
    const teams = this.#inside().filter((team) => !gone.includes(team.key));
    const now = JSON.stringify([this.#base.key, teams.map((team) => team.key), isDutch()]);
    // Somebody may be typing in it.
    if (at("own_people").dataset.now !== now) {
      at("own_people").dataset.now = now;
      const heads = teams.map((team) => Object.assign(spoken(team, "th"), { scope: "col" }));
      at("own_people_head").replaceChildren(element("tr", {}, element("td"), ...heads, element("th", { scope: "col", textContent: word("total") })));
      at("own_people_rows").replaceChildren(...this.#about.organisations.map((one) => this.#organisation(one, teams, people)));
    }
    for (const row of at("own_people_rows").children) {
      const sum = percent(teams.reduce((all, team) => all + (people[team.key]?.[row.dataset.key] ?? 0), 0));
      row.lastChild.textContent = `${number(sum)} %`;
      row.classList.toggle("wrong", sum !== 100);
    }
  }

  #organisation(key, teams, people) {
    const cells = teams.map((team) => {
      const input = element("input", {
        type: "number", min: 0, max: 100, step: "any", ariaLabel: `${word(key)}: ${team.nl} (%)`, value: percent(people[team.key]?.[key] ?? 0),
      });
      input.oninput = () => {
        this.#people = this.#staff();
        const { [key]: _, ...rest } = this.#people[team.key] ?? {};
        const part = share(Number(input.value) / 100);
        this.#people[team.key] = part > 0 ? { ...rest, [key]: part } : rest;
        this.#told();
      };
      return element("td", {}, input);
    });
    const row = element("tr", {}, element("th", { scope: "row", textContent: word(key) }), ...cells, element("td"));
    row.dataset.key = key;
    return row;
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

  // Whose people are in which team; those of a team with nothing left to do go with its work.
  #staff() {
    const given = this.#people ?? Object.fromEntries(this.#inside().map((team) => [team.key, team.staff_from]));
    const staff = structuredClone(given);
    for (const { team, heir } of this.#idle()) {
      const own = heir ? (staff[heir.key] ??= {}) : {};
      for (const [from, part] of Object.entries(staff[team.key] ?? {})) own[from] = share((own[from] ?? 0) + part);
      delete staff[team.key];
    }
    return staff;
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
    for (const { key: name } of this.#about.traits) {
      const value = this.#traits[name];
      if (value !== this.#base.traits[name]) lines.push(`${name} = ${typeof value === "number" ? value : quoted(value)}`);
    }
    const gone = this.#idle().map(({ team }) => team.key);
    for (const name of SETS) {
      const left = this.#sets[name].filter((team) => !gone.includes(team));
      if (!same([...left].sort(), [...this.#base[name]].sort())) lines.push(`${name} = ${list(left)}`);
    }
    if (this.#division !== this.#base.division) lines.push("", "[staffing]", `division = ${quoted(this.#division)}`);
    if (gone.length > 0) lines.push("", "[teams]", ...gone.map((team) => `${team} = false`));
    const people = this.#staff();
    for (const team of this.#inside().filter((one) => !gone.includes(one.key))) {
      const said = [];
      const staff = people[team.key] ?? {};
      if (this.#scales[team.key] !== team.scale) said.push(`scale = ${quoted(this.#scales[team.key])}`);
      if (!same(Object.entries(staff).sort(), Object.entries(team.staff_from).sort())) {
        said.push(`staff_from = { ${Object.entries(staff).map(([one, part]) => `${one} = ${part}`).join(", ")} }`);
      }
      if (this.#shares[team.key] !== team.generalist_share) said.push(`generalist_share = ${this.#shares[team.key]}`);
      if (said.length > 0) lines.push("", `[teams.${team.key}]`, ...said);
    }
    const other = this.#functions.filter((one) => !same(this.#tasks[one.key], this.#base.tasks[one.key]));
    const out = other.filter((one) => !this.#tasks[one.key]);
    if (out.length > 0) lines.push("", "[functions]", ...out.map((one) => `${one.key} = false`));
    for (const one of other.filter((each) => this.#tasks[each.key])) {
      const [team, mode] = this.#tasks[one.key];
      lines.push("", `[functions.${one.key}]`, `team = ${quoted(team)}`, `mode = ${quoted(mode)}`);
    }
    return `${lines.join("\n")}\n`;
  }
}

// A shipped form with other shares of generalists, as a form beside it.
export function varied(base, shares) {
  const said = Object.entries(shares).map(([, value]) => `${Math.round(100 * value)} %`).join(" / ");
  const with_ = (label, words) => quoted(label.replace(/( \(|$)/, `, ${said} ${words}$1`));
  const lines = [
    `extends = ${quoted(base.key)}`, "", "[form]",
    `label = { nl = ${with_(base.nl, "generalisten")}, en = ${with_(base.en, "generalists")} }`,
    `source = ${quoted(`${base.source} Generalist share: set in the page rvtsim-rekenmodel (grade D).`)}`,
    ...Object.entries(shares).flatMap(([team, value]) => ["", `[teams.${team}]`, `generalist_share = ${value}`]),
  ];
  return { key: `${base.key}_generalisten`, text: `${lines.join("\n")}\n` };
}

// Handovers, re-tells and assessments of each form on each route.
export function countTable(forms) {
  const rows = forms.map((form) => element("tr", {}, Object.assign(spoken(form, "th"), { scope: "row" }),
    ...form.counts.map((counts) => element("td", { textContent: counts.join(" / ") }))));
  at("counts").replaceChildren(...rows);
}
