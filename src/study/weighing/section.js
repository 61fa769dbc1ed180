// Ranks the forms anew when somebody tries weights. The page stands without this; with equal
// weights it says the same as study/weighing/standing.rs.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const weighing = data.weighing;
  if (!weighing) return;
  const BEGIN = 5;
  const groups = weighing.groups.map(() => BEGIN);
  const criteria = weighing.group_of.map(() => BEGIN);
  const painters = [];

  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);
  const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

  // What every criterion weighs, as shares of one; null if nothing weighs anything.
  function weights() {
    // What may only be read beside another never weighs more than that: within a principle, so that
    // the principle keeps its weight, and across principles.
    const values = [...criteria];
    for (const [one, other] of weighing.beside) {
      const isWithin = weighing.group_of[one] === weighing.group_of[other];
      if (isWithin) values[one] = Math.min(values[one], values[other]);
    }
    const within = groups.map((_, group) =>
      sum(values.filter((_, place) => weighing.group_of[place] === group)));
    const own = values.map((value, place) => {
      const group = weighing.group_of[place];
      return within[group] > 0 ? groups[group] * (value / within[group]) : 0;
    });
    for (const [one, other] of weighing.beside) own[one] = Math.min(own[one], own[other]);
    const all = sum(own);
    return all > 0 ? own.map((value) => value / all) : null;
  }

  // How the forms stand, the one that is worth most first.
  function standings(shares) {
    const total = (worth, unit) => sum(worth.map((value, place) => (value / unit) * shares[place]));
    const totals = weighing.worlds.map((world) => world.map((form) => total(form, 10000)));
    const first = weighing.means.map(() => 0);
    // Forms that are worth the same share a world.
    for (const world of totals) {
      const best = Math.max(...world);
      const n = world.filter((total) => total === best).length;
      world.forEach((total, form) => { if (total === best) first[form] += 1 / n; });
    }
    const end = (sorted, share) => sorted[Math.round(share * (sorted.length - 1))];
    const found = weighing.means.map((means, form) => {
      const own = totals.map((world) => world[form]).sort((one, other) => one - other);
      return {
        form,
        mean: total(means, 1),
        low: end(own, 0.025),
        high: end(own, 0.975),
        first: first[form],
      };
    });
    return found.sort((one, other) => other.mean - one.mean);
  }

  function setUp(main) {
    const lang = main.lang;
    const words = data.words[lang];
    const section = main.querySelector(".weighing");
    const sliders = [...section.querySelectorAll("input[type=range]")];
    const body = section.querySelector(".standing tbody");
    const rows = [...body.rows];
    const summary = section.querySelector("[data-summary] strong");
    const n = weighing.worlds.length;
    const percent = (share) => `${(100 * share).toFixed(0)}${lang === "nl" ? " %" : "%"}`;
    const label = (slider) => slider.labels[0].firstChild.textContent.trim();
    const stateOf = (slider) => ("group" in slider.dataset
      ? [groups, Number(slider.dataset.group)]
      : [criteria, Number(slider.dataset.criterion)]);
    let timer;

    // What is said aloud, once the sliders have come to rest.
    function say(text, isAtOnce) {
      clearTimeout(timer);
      const put = () => { if (summary.textContent !== text) summary.textContent = text; };
      if (isAtOnce) put();
      else timer = setTimeout(put, 300);
    }

    function tell(shares) {
      const isEqual = [...groups, ...criteria].every((value) => value === BEGIN);
      if (isEqual) return words.weights_equal;
      const inGroup = (group) => sum(shares.filter((_, place) => weighing.group_of[place] === group));
      const told = weighing.groups.map((one, group) => {
        const own = sliders.filter((slider) => {
          const place = Number(slider.dataset.criterion);
          return "criterion" in slider.dataset && weighing.group_of[place] === group;
        });
        const isMoved = own.some((slider) => slider.value !== own[0].value);
        const each = own.map((slider) => `${label(slider)} ${percent(shares[slider.dataset.criterion])}`);
        return `${one[lang]} ${percent(inGroup(group))}${isMoved ? ` (${each.join(", ")})` : ""}`;
      });
      return filled(words.weights_own, { list: told.join("; ") });
    }

    function paint(isAtOnce) {
      const shares = weights();
      for (const slider of sliders) {
        const [state, at] = stateOf(slider);
        slider.value = String(state[at]);
        const of = (place) => (state === groups ? weighing.group_of[place] === at : place === at);
        const share = shares ? percent(sum(shares.filter((_, place) => of(place)))) : "–";
        slider.closest(".slide").querySelector("[data-share]").textContent = share;
        slider.setAttribute("aria-valuetext", `${slider.value}: ${share}`);
      }
      section.querySelector("[data-weights]").textContent = shares ? tell(shares) : "";
      body.closest("table").hidden = !shares;
      if (!shares) {
        say(words.weights_none, isAtOnce);
        return;
      }
      const found = standings(shares);
      found.forEach((one, place) => {
        const row = rows.find((each) => Number(each.dataset.form) === one.form);
        const [mean, low, high] = [one.mean, one.low, one.high].map((worth) => 100 * worth);
        row.querySelector("[data-rank]").textContent = String(place + 1);
        row.querySelector("[data-worth]").textContent =
          `${mean.toFixed(0)} (${low.toFixed(0)} ${words.to} ${high.toFixed(0)})`;
        row.querySelector("[data-first]").textContent =
          filled(words.standing_first, { n: one.first.toFixed(0), all: n });
        const [band, dot] = row.querySelector(".range").children;
        band.style.left = `${low}%`;
        band.style.width = `${high - low}%`;
        dot.style.left = `${mean}%`;
        body.append(row);
      });
      const level = found.filter((one) => one.mean === found[0].mean && one.first === found[0].first);
      const names = level.map((one) => data.forms[one.form][lang]);
      const last = names.pop();
      const form = names.length ? `${names.join(", ")} ${words.and} ${last}` : last;
      const clear = found[0].first >= weighing.clear * n ? "standing_clear" : "standing_open";
      const key = level.length > 1 ? "standing_level" : clear;
      say(filled(words[key], { form, n: found[0].first.toFixed(0), all: n }), isAtOnce);
    }

    for (const slider of sliders) {
      slider.addEventListener("input", () => {
        const [state, at] = stateOf(slider);
        state[at] = Number(slider.value);
        for (const each of painters) each(false);
      });
    }
    section.querySelector("[data-reset]").addEventListener("click", () => {
      groups.fill(BEGIN);
      criteria.fill(BEGIN);
      for (const each of painters) each(false);
    });
    section.querySelector(".weights").hidden = false;
    painters.push(paint);
    paint(true);
  }

  document.querySelectorAll("main").forEach(setUp);
})();
