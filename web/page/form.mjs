// The form: what there is to choose, what is chosen.
import { at, element, fill, spoken } from "./element.mjs";
import { shareSlider } from "./own.mjs";
import { beliefs, years } from "./question.mjs";
import { date, isWord, number, pair, pick, unit, word } from "./words.mjs";

// What a policy maker changes, in the order in which a family meets it.
const MOVED = [
  "demand.first_melding_share", "demand.own_intake", "staff.fte_lokaal_team", "staff.fte_veilig_thuis",
  "staff.fte_rvdk", "staff.fte_gi_jeugdbescherming", "staff.fte_gi_jeugdreclassering", "staff.sick_share",
  "staff.turnover", "help.acceptance_probability", "behaviour.acceptance_per_handover",
];
const FURTHEST = 50;
const STEP = 5;

function box(type, name, { key, nl, en }) {
  return element("label", {}, element("input", { type, name, value: key }), spoken({ nl, en }));
}

const chosen = (name) => [...document.querySelectorAll(`input[name=${name}]:checked`)].map((one) => one.value);

// Those that are known first, in the order in which they are.
const inOrder = (keys, known) => [...known.filter((key) => keys.includes(key)), ...keys.filter((key) => !known.includes(key))];

export class Form {
  #shipped;
  // What each parameter is without a slider.
  #values = {};
  #sliders = new Map();
  // Other shares of generalists, by form and team, and the sliders for them.
  #generalists = {};
  #generalistSliders = [];

  constructor(about) {
    this.#shipped = about.forms;
    at("regions").append(...about.regions.map((name) => box("checkbox", "region", { key: name, nl: name, en: name })));
    at("beliefs").append(...about.beliefs.map((one) => box("checkbox", "belief", one)));
    at("baseline").onchange = () => this.#fixBaseline();
    for (const key of MOVED) {
      const parameter = about.parameters.find((one) => one.key === key);
      // Of nothing there is no part.
      if (parameter && parameter.value !== 0) this.#slider(parameter);
    }
    for (const [id, isOn] of [["all", true], ["none", false]]) {
      at(id).onclick = () => {
        for (const one of document.querySelectorAll("input[name=region]")) one.checked = isOn;
        at("form").dispatchEvent(new Event("input"));
      };
    }
  }

  #slider(parameter) {
    const input = element("input", { type: "range", min: -FURTHEST, max: FURTHEST, step: STEP, value: 0 });
    const output = element("output");
    const known = element("p", { className: "fine" });
    const source = element("p", { className: "fine", lang: "en", textContent: parameter.source });
    const summary = element("summary");
    const label = element("label", {}, spoken(parameter), " ", output, input);
    const hint = isWord(parameter.key) ? [spoken(pair(parameter.key), "p")] : [];
    const all = element("div", { className: "slider" }, label, ...hint, known, element("details", {}, summary, source));
    all.dataset.key = parameter.key;
    const show = () => {
      const percent = Number(input.value);
      const value = (this.#values[parameter.key] ?? parameter.value) * (1 + percent / 100);
      const change = percent === 0 ? word("as_now") : `${Math.abs(percent)} % ${word(percent > 0 ? "more" : "less")}`;
      const isBeyond = value < parameter.low || value > parameter.high;
      output.textContent = `${number(value)} (${change})`;
      input.setAttribute("aria-valuetext", output.textContent);
      const range = `${number(parameter.low)} – ${number(parameter.high)} ${unit(parameter.unit)}`.trim();
      known.textContent = `${word("range")} ${range}, ${word("grade")} ${parameter.grade}${isBeyond ? `; ${word("beyond")}` : ""}`;
      summary.textContent = word("source");
      all.classList.toggle("changed", percent !== 0);
    };
    input.addEventListener("input", show);
    this.#sliders.set(parameter.key, { input, show });
    at("sliders").append(all);
    show();
  }

  // Begins with what a scenario says; where it says more than a page is patient for, with less.
  fill(plan, start = {}) {
    const forms = plan.columns.map((one) => one.key);
    const wanted = { regions: plan.regions, forms, ...start };
    const beside = (ours) => [...ours, ...this.#shipped.filter((one) => !ours.some(({ key }) => key === one.key))];
    const known = beside(plan.columns);
    const bases = beside(plan.forms);
    const boxes = known.map((one) => box("checkbox", "form", one));
    at("forms").replaceChildren(...boxes.slice(0, forms.length));
    at("other_forms").replaceChildren(...boxes.slice(forms.length));
    fill(at("baseline"), known, plan.baseline);
    const set = (name, values) => {
      for (const one of document.querySelectorAll(`input[name=${name}]`)) one.checked = values.includes(one.value);
    };
    set("region", wanted.regions);
    set("form", wanted.forms);
    set("belief", beliefs(plan));
    at("paths").replaceChildren(...plan.columns.filter((one) => one.start).map((one) => this.#path(one)));
    this.#offerGeneralists(bases.filter(({ key }) => known.some((one) => one.key === key)));
    this.#fixBaseline();
    at("replications").value = plan.replications;
    at("warm_up").value = years(plan.warm_up_days);
    at("measured").value = years(plan.measured_days);
    at("name").value = start.name ?? pick(plan.label);
    at("with_and_without").checked = false;
    this.#values = plan.values;
    for (const { input, show } of this.#sliders.values()) {
      input.value = 0;
      show();
    }
    return bases;
  }

  // What changes in a path, and when.
  #path({ start, later, ...path }) {
    const told = (pick) => {
      const changes = later.map((one) => {
        const when = one.from === one.to ? date(one.from, pick) : `${date(one.from, pick)} ${pick(pair("until"))} ${date(one.to, pick)}`;
        return `${pick(one)} (${when}${one.is_local ? `, ${pick(pair("in_parts"))}` : ""})`;
      });
      return `${pick(path)}: ${[pick(start), ...changes].join("; ")}${changes.length > 0 ? "" : `, ${pick(pair("no_change"))}`}.`;
    };
    return spoken({ nl: told((one) => one.nl), en: told((one) => one.en) }, "li");
  }

  // A slider for each team in which somebody cannot do all that it does without being a generalist.
  #offerGeneralists(forms) {
    this.#generalists = {};
    this.#generalistSliders = forms.flatMap((form) => form.teams.filter((team) => team.needs_generalists).map((team) => {
      const name = spoken({ nl: `${form.nl}: ${team.nl}`, en: `${form.en}: ${team.en}` });
      const label = shareSlider(name, team.generalist_share, (value) => {
        const { [team.key]: _, ...others } = this.#generalists[form.key] ?? {};
        this.#generalists[form.key] = value === team.generalist_share ? others : { ...others, [team.key]: value };
      });
      const known = spoken({ nl: "Bandbreedte 0 – 100 %, graad D", en: "Range 0 – 100 %, grade D" }, "p");
      const source = element("p", { className: "fine", lang: "en", textContent: form.source });
      const all = element("div", { className: "slider" }, label, Object.assign(known, { className: "fine" }),
        element("details", {}, spoken(pair("source"), "summary"), source));
      all.dataset.form = form.key;
      return all;
    }));
    at("generalists").replaceChildren(...this.#generalistSliders);
  }

  // A form that was made here, or that is called otherwise by now; no label takes it away.
  offer(key, label) {
    const own = document.querySelector(`input[name=form][value="${key}"]`)?.parentElement;
    const option = at("baseline").querySelector(`[value="${key}"]`);
    if (!label) {
      own?.remove();
      option?.remove();
    } else if (own) {
      for (const one of [own.lastChild, option]) {
        one.textContent = label;
        Object.assign(one.dataset, { nl: label, en: label });
      }
    } else {
      const form = { key, nl: label, en: label };
      at("forms").append(box("checkbox", "form", form));
      at("forms").lastChild.firstChild.checked = true;
      at("baseline").append(Object.assign(spoken(form, "option"), { value: key }));
    }
    this.#fixBaseline();
  }

  // What the others are compared with takes part.
  #fixBaseline() {
    for (const one of document.querySelectorAll("input[name=form]")) {
      one.disabled = one.value === at("baseline").value;
      if (one.disabled) one.checked = true;
      one.title = one.disabled ? word("baseline") : "";
    }
    this.showGeneralists();
  }

  // Only of forms that take part.
  showGeneralists() {
    const forms = chosen("form");
    for (const one of this.#generalistSliders) one.hidden = !forms.includes(one.dataset.form);
    at("generalists_all").hidden = this.#generalistSliders.every((one) => one.hidden);
  }

  // In another language.
  respeak() {
    for (const { show } of this.#sliders.values()) show();
  }

  // What is chosen; forms in the order of the plan, for the first that is changed does not change the others.
  read(base) {
    return {
      name: at("name").value.trim() || word("own"),
      regions: chosen("region"),
      forms: inOrder(chosen("form"), base.columns.map((one) => one.key)),
      generalists: Object.fromEntries(Object.entries(this.#generalists)
        .filter(([key, shares]) => chosen("form").includes(key) && Object.keys(shares).length > 0)),
      baseline: at("baseline").value,
      beliefs: inOrder(chosen("belief"), beliefs(base)),
      beside: at("with_and_without").checked,
      replications: Number(at("replications").value),
      warm_up: Number(at("warm_up").value),
      measured: Number(at("measured").value),
      moved: Object.fromEntries([...this.#sliders].map(([key, { input }]) => [key, Number(input.value)])),
    };
  }
}
