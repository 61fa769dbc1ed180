// Shows one language, and answers the choosers. Figures stand on the page without this.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const mains = [...document.querySelectorAll("main")];
  const buttons = [...document.querySelectorAll("button[data-language]")];

  // The verdict on a difference: [sign, key of the words, fill].
  const LOWER = ["▼", "lower", "#a9cbe8"];
  const HIGHER = ["▲", "higher", "#f3c69b"];
  const NOT_SHOWN = ["=", "not_shown", "#ffffff"];
  const UNKNOWN = ["?", "unknown", "#ffffff"];
  // A queue behind the figure grows without end: it has no value of its own.
  const GROWS = ["∞", "grows", "#ffffff"];
  const grows = (estimate) => estimate === 1;
  const INK = "#1a1a1a";

  function verdict(estimate) {
    if (grows(estimate)) return GROWS;
    if (!estimate || estimate.length < 3) return UNKNOWN;
    if (estimate[1] > 0) return HIGHER;
    if (estimate[2] < 0) return LOWER;
    return NOT_SHOWN;
  }

  // As the tables in the figures write them: thousands are set apart from ten thousand on.
  function number(value, decimals, lang, isSigned) {
    const [point, comma] = lang === "nl" ? [",", "."] : [".", ","];
    let [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
    if (whole.length > 4) whole = whole.replace(/\B(?=(\d{3})+$)/g, comma);
    const text = fraction ? whole + point + fraction : whole;
    if (!/[1-9]/.test(text)) return text;
    return (value < 0 ? "−" : isSigned ? "+" : "") + text;
  }

  function interval(estimate, decimals, lang, isSigned) {
    if (grows(estimate)) return data.words[lang].grows;
    if (!estimate) return "–";
    const of = (value) => (typeof decimals === "function" ? decimals(value) : decimals);
    const [mean, low, high] = estimate.map((value) => number(value, of(value), lang, isSigned));
    return low === undefined ? mean : `${mean} (${low} ${data.words[lang].to} ${high})`;
  }

  // Decimals that a reader needs of numbers of this size.
  const decimalsFor = (size) => (size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);

  function change(estimate, lang) {
    if (grows(estimate)) return data.words[lang].grows;
    if (!estimate) return "–";
    const ends = estimate.length > 1 ? estimate.slice(1) : estimate;
    const decimals = decimalsFor(Math.max(...ends.map(Math.abs)));
    // Where the interval leaves out zero, none of its ends looks like it.
    const isShown = [LOWER, HIGHER].includes(verdict(estimate));
    const enough = (value) => {
      for (let most = decimals; isShown && most <= 6; most += 1) {
        if (/[1-9]/.test(value.toFixed(most))) return most;
      }
      return decimals;
    };
    return interval(estimate, enough, lang, true);
  }

  function show(lang, isAsked) {
    for (const main of mains) main.hidden = main.lang !== lang;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.language === lang));
    }
    document.documentElement.lang = lang;
    document.title = mains.find((main) => main.lang === lang).dataset.title;
    // So that a link can be sent to who reads the other language.
    if (isAsked) history.replaceState(null, "", lang === "nl" ? "#" : `#${lang}`);
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function offer(select, names, chosen) {
    names.forEach((name, place) => {
      const option = element("option", name, { value: String(place) });
      option.selected = place === chosen;
      select.append(option);
    });
  }

  function setUp(main) {
    const lang = main.lang;
    const words = data.words[lang];
    const find = (name) => main.querySelector(`[data-choose="${name}"]`);
    const [form, kpi, view, place, every] = ["form", "kpi", "view", "place", "every"].map(find);
    const merged = data.places.length - 1;
    offer(form, data.forms.map((one) => one[lang]), data.baseline);
    offer(kpi, data.kpis.map((one) => one[lang]), data.first_kpi);
    offer(place, data.places.map((name, at) => (at === merged ? words.all : name)), merged);

    const map = main.querySelector(".map");
    const drawn = map.querySelector("svg");
    const tiles = [...drawn.querySelectorAll(".tile")];

    // A plate as wide as what stands on it, about the same middle.
    function fit(plate, text) {
      const [x, width] = ["x", "width"].map((name) => Number(plate.getAttribute(name)));
      const wide = 6.6 * text.length + 6;
      plate.setAttribute("x", String(x + (width - wide) / 2));
      plate.setAttribute("width", String(wide));
    }

    function paint() {
      const [f, k] = [Number(form.value), Number(kpi.value)];
      const isDifference = view.value === "difference" && f !== data.baseline;
      const one = data.kpis[k];
      const seen = [];
      for (const tile of tiles) {
        const region = tile.dataset.region;
        const at = data.places.indexOf(region);
        const estimate = (isDifference ? data.differences : data.means)[f][at][k];
        let [fill, ink, text] = ["#ffffff", INK, "–"];
        let hint = change(estimate, lang);
        if (isDifference) {
          const [sign, key, shade] = verdict(estimate);
          fill = shade;
          // A number only where there is a difference to be seen.
          const isShown = [LOWER[0], HIGHER[0]].includes(sign);
          text = isShown ? `${sign} ${number(estimate[0], one.map_decimals, lang, true)}` : sign;
          if (!grows(estimate)) hint += `, ${words[key]}`;
        } else {
          hint = interval(estimate, one.map_decimals, lang);
          if (grows(estimate)) {
            text = GROWS[0];
          } else if (estimate) {
            const shade = one.breaks.filter((end) => estimate[0] >= end).length;
            [fill, ink] = data.shades[shade];
            text = number(estimate[0], one.map_decimals, lang);
          }
        }
        // A shape has its number on a white plate, a tile on its own ground.
        tile.querySelector("path, rect").setAttribute("fill", fill);
        if (tile.dataset.plate) ink = INK;
        for (const each of tile.querySelectorAll("text")) each.setAttribute("fill", ink);
        tile.querySelector(":scope > g text").textContent = text;
        if (tile.dataset.plate) fit(tile.querySelector("rect"), text);
        tile.querySelector("title").textContent = `${region}: ${hint}`;
        seen.push(`${region}: ${hint}`);
      }
      const what = isDifference
        ? `${words.difference_of} ${data.forms[data.baseline][lang]}`
        : words.mean_of;
      const title = `${one[lang]}, ${data.forms[f][lang]}: ${what}`;
      map.querySelector("figure").querySelector("h3").textContent = title;
      drawn.querySelector(".map-title text").textContent = one[lang].slice(0, 60);
      drawn.querySelector(":scope > title").textContent = title;
      drawn.querySelector("desc").textContent = seen.join("; ");
      const keys = isDifference
        ? [LOWER, HIGHER, UNKNOWN, NOT_SHOWN].map(([sign, key, fill]) => [fill, `${sign} ${words[key]}`])
        : one.legend[lang].map((text, at) => [data.shades[at][0], text]);
      drawn.querySelectorAll(".key").forEach((key, at) => {
        const [fill, text] = keys[at] ?? ["none", ""];
        key.querySelector("rect").setAttribute("fill", fill);
        key.querySelector("rect").setAttribute("stroke", at < keys.length ? "#555555" : "none");
        key.querySelector("text").textContent = text;
      });
    }

    function tabulate() {
      const at = Number(place.value);
      const table = element("table");
      const name = at === merged ? words.all : data.places[at];
      table.append(element("caption", `${name}. ${data.n_replications === 1 ? words.table_of_once : words.table_of}`));
      const head = element("tr");
      head.append(element("th", words.indicator, { scope: "col" }));
      for (const one of data.forms) head.append(element("th", one[lang], { scope: "col" }));
      const top = element("thead");
      top.append(head);
      const body = element("tbody");
      data.kpis.forEach((one, k) => {
        if (!one.headline && !every.checked) return;
        const row = element("tr");
        row.append(element("th", one[lang], { scope: "row" }));
        data.forms.forEach((labels, f) => {
          const cell = element("td", undefined, { "data-label": labels[lang] });
          cell.append(interval(data.means[f][at][k], one.decimals, lang));
          const estimate = data.differences[f][at][k];
          if (f !== data.baseline && estimate && !grows(estimate)) {
            const isShown = [LOWER, HIGHER].includes(verdict(estimate));
            const small = element("small");
            small.append(element(isShown ? "b" : "span", change(estimate, lang)));
            cell.append(small);
          }
          row.append(cell);
        });
        body.append(row);
      });
      table.append(top, body);
      main.querySelector("[data-place]").replaceChildren(table);
    }

    const grade = find("grade");
    const search = find("search");
    const rows = [...main.querySelectorAll(".ledger tbody tr")];
    function sift() {
      const asked = search.value.trim().toLowerCase();
      let n = 0;
      for (const row of rows) {
        const isWanted =
          (!grade.value || row.dataset.grade === grade.value) &&
          (!asked || row.textContent.toLowerCase().includes(asked));
        row.hidden = !isWanted;
        n += isWanted;
      }
      main.querySelector("[data-count]").textContent = `${n} ${words.shown}`;
    }

    // All are on the page, and on paper; one is looked at.
    const flow = find("flow");
    const flows = [...main.querySelectorAll(".flows > figure")];
    function showFlow() {
      flows.forEach((figure, at) => {
        figure.classList.toggle("unchosen", flow.value !== "" && flow.value !== String(at));
      });
    }

    flow.addEventListener("change", showFlow);
    showFlow();
    for (const chooser of [form, kpi, view]) chooser.addEventListener("change", paint);
    for (const chooser of [place, every]) chooser.addEventListener("change", tabulate);
    grade.addEventListener("change", sift);
    search.addEventListener("input", sift);
    // The map stands there as it is chosen at first.
    tabulate();
    sift();
  }

  mains.forEach(setUp);
  for (const button of buttons) {
    button.addEventListener("click", () => show(button.dataset.language, true));
  }
  const ofLink = () => (/^#en(-|$)/.test(location.hash) ? "en" : "nl");
  const follow = () => {
    show(ofLink());
    const target = document.getElementById(location.hash.slice(1));
    if (target) target.scrollIntoView();
  };
  if (location.hash) follow();
  addEventListener("hashchange", () => { if (location.hash) follow(); });
  // Nothing stays folded on paper but the long table of parameters.
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("details:not(.fold)")) one.open = true;
  });
})();
