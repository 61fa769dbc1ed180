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

  // What is looked at, the same in both languages.
  const merged = data.places.length - 1;
  const state = { view: "first", place: merged, kpi: data.first_kpi, form: data.baseline, mode: "mean" };
  const painters = [];
  const shown = () => mains.find((main) => !main.hidden);

  function show(lang) {
    for (const main of mains) {
      main.hidden = main.lang !== lang;
      const views = [...main.querySelectorAll(".view")];
      const asked = `${main.lang}-${state.view}`;
      const view = views.find((one) => one.id === asked) ?? views[0];
      for (const one of views) one.classList.toggle("off", one !== view);
      for (const link of main.querySelectorAll(".menu a")) {
        if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    }
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.language === lang));
    }
    document.documentElement.lang = lang;
    document.title = shown().dataset.title;
  }

  // So that a link can be sent: the language, the part and the region stand in it.
  function remember() {
    const place = state.place === merged ? "" : `=${encodeURIComponent(data.places[state.place])}`;
    history.replaceState(null, "", `#${shown().lang}-${state.view}${place}`);
  }

  function paintAll() {
    for (const paint of painters) paint();
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
    const [form, kpi, view, place] = ["form", "kpi", "view", "place"].map(find);
    offer(form, data.forms.map((one) => one[lang]), data.baseline);
    offer(kpi, data.kpis.map((one) => one[lang]), data.first_kpi);
    offer(place, data.places.map((name, at) => (at === merged ? words.all : name)), merged);

    // A sign is told to who cannot see it.
    function sign([text, key]) {
      return [element("span", text, { role: "img", "aria-label": words[key] }), " "];
    }

    // Whether a direction is for the better, if it is one.
    function colour(cell, k, told) {
      const { better } = data.kpis[k];
      cell.classList.toggle("good", told === better);
      cell.classList.toggle("bad", told === { lower: "higher", higher: "lower" }[better]);
    }

    // Under several belief sets: the lowest and the highest mean, and what all of them show.
    function writeRange(cell, f, at, k, r) {
      const [ends, told] = data.ranges[f][at][r];
      const numbers = (ends ?? []).map((end) => number(end, data.kpis[k].decimals, lang));
      const text = numbers[0] === numbers[1] ? (numbers[0] ?? "") : numbers.join("–");
      const parts = told ? sign([told[0], `sets_${told[1]}`]) : [];
      cell.replaceChildren(...parts, element("b", text));
      colour(cell, k, told?.[1] ?? "");
    }

    // What a cell says of a form in a region; of all together it stands there as it was written.
    function write(cell, f, at, k, withRange) {
      const estimate = data.means[f][at][k];
      const found = verdict(f === data.baseline ? estimate : data.differences[f][at][k]);
      const isSigned = f !== data.baseline || grows(estimate);
      const { decimals } = data.kpis[k];
      const parts = isSigned ? sign(found) : [];
      const isKnown = estimate && !grows(estimate);
      const value = isKnown ? number(estimate[0], decimals, lang) : "";
      parts.push(withRange ? element("b", value) : value);
      if (withRange && isKnown && estimate.length > 1) {
        const [low, high] = estimate.slice(1).map((end) => number(end, decimals, lang));
        parts.push(" ", element("small", `(${low}–${high})`));
      }
      cell.replaceChildren(...parts);
      colour(cell, k, isSigned ? found[1] : "");
    }

    const cells = [...main.querySelectorAll(".grid td[data-k]")].map((cell) => [cell, cell.innerHTML, cell.className]);
    const stuck = [...main.querySelectorAll("[data-stuck]")].map((one) => [one, one.textContent]);
    const name = main.querySelector("[data-place-name]");
    const nation = name.textContent;
    const staff = [...main.querySelectorAll(".teams tr[data-t]")];
    const regions = [...main.querySelectorAll(".regions tr[data-p]")];

    function fill() {
      const at = state.place;
      place.value = String(at);
      name.textContent = at === merged ? nation : data.places[at];
      for (const note of main.querySelectorAll(".national")) note.hidden = at === merged;
      for (const note of main.querySelectorAll("[data-known]")) note.hidden = Number(note.dataset.known) !== at;
      for (const row of main.querySelectorAll("[data-known-of]")) {
        row.hidden = at !== merged && !row.dataset.knownOf.split(" ").includes(String(at));
      }
      for (const one of main.querySelectorAll(".of-place")) one.hidden = Number(one.dataset.p) !== at;
      for (const [cell, html, style] of cells) {
        if (at === merged) {
          cell.innerHTML = html;
          cell.className = style;
        } else {
          const [f, k] = [Number(cell.dataset.f), Number(cell.dataset.k)];
          if (cell.dataset.r) writeRange(cell, f, at, k, Number(cell.dataset.r));
          else write(cell, f, at, k, true);
        }
      }
      for (const [one, text] of stuck) {
        const isStuck = data.stuck[Number(one.dataset.stuck)][at];
        one.textContent = at === merged ? text : isStuck ? words.stuck : "";
      }
      for (const row of staff) {
        const figures = data.teams[Number(row.dataset.f)][at][Number(row.dataset.t)];
        for (const cell of row.querySelectorAll("[data-x]")) {
          const value = figures[Number(cell.dataset.x)];
          const decimals = data.team_decimals[Number(cell.dataset.x)];
          cell.textContent = value === null ? "–" : number(value, decimals, lang);
        }
      }
      for (const row of regions) {
        for (const cell of row.querySelectorAll("[data-f]")) {
          write(cell, Number(cell.dataset.f), Number(row.dataset.p), state.kpi, false);
        }
      }
      main.querySelector(".regions caption").textContent = data.kpis[state.kpi][lang];
    }

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
      [form.value, kpi.value, view.value] = [String(state.form), String(state.kpi), state.mode];
      const [f, k] = [state.form, state.kpi];
      const isDifference = state.mode === "difference" && f !== data.baseline;
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
    for (const [chooser, key] of [[form, "form"], [kpi, "kpi"], [view, "mode"], [place, "place"]]) {
      chooser.addEventListener("change", () => {
        state[key] = key === "mode" ? chooser.value : Number(chooser.value);
        paintAll();
        remember();
      });
    }
    grade.addEventListener("change", sift);
    search.addEventListener("input", sift);
    main.querySelector("[data-print]").addEventListener("click", () => {
      document.body.classList.add("one");
      print();
    });
    painters.push(fill, paint);
    sift();
  }

  mains.forEach(setUp);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      show(button.dataset.language);
      remember();
    });
  }

  // `#nl-regions=Zeeland`: a language, a part or something in one, and a region.
  function follow() {
    const [, lang, id, region] = /^#(nl|en)(?:-([^=]+))?(?:=(.*))?$/.exec(location.hash) ?? [null, "nl"];
    const target = id && document.getElementById(`${lang}-${id}`);
    const view = target && target.closest(".view");
    if (view) state.view = view.id.slice(3);
    if (region !== undefined) {
      const at = data.places.indexOf(decodeURIComponent(region));
      state.place = at < 0 ? merged : at;
    }
    show(lang);
    paintAll();
    if (target && target !== view) target.scrollIntoView();
    else scrollTo(0, 0);
    if (id) remember();
  }
  follow();
  addEventListener("hashchange", follow);
  // Nothing stays folded on paper but what is long and for few.
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("details:not(.fold)")) one.open = true;
  });
  addEventListener("afterprint", () => document.body.classList.remove("one"));
})();
