// The form: what there is to choose, what is chosen.
import { at, element, fill, spoken } from "./element.mjs";
import { beliefs, years } from "./question.mjs";
import { isWord, number, pair, pick, unit, word } from "./words.mjs";

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
    const forms = plan.forms.map((one) => one.key);
    const wanted = { regions: plan.regions, forms, ...start };
    const known = [...plan.forms, ...this.#shipped.filter((one) => !forms.includes(one.key))];
    at("forms").replaceChildren(...known.map((one) => box("checkbox", "form", one)));
    fill(at("baseline"), known, plan.baseline);
    const set = (name, values) => {
      for (const one of document.querySelectorAll(`input[name=${name}]`)) one.checked = values.includes(one.value);
    };
    set("region", wanted.regions);
    set("form", wanted.forms);
    set("belief", beliefs(plan));
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
    return known;
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
      forms: inOrder(chosen("form"), base.forms.map((one) => one.key)),
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
