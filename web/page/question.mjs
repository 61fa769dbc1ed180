// What the form says, as a scenario file: only what is other than in the file with which it begins.

export const SHIPPED = "vergelijking.toml";
// What is moved, set beside the same without it.
export const VARIANT = "veranderd";
export const OWN = "mijn_vraag.toml";

const DAYS_PER_YEAR = 365.25;
export const years = (days) => Math.round(days / DAYS_PER_YEAR);

// The belief sets of a plan; its other settings are variants.
export const beliefs = (plan) => plan.settings.filter((name) => !name.includes("+"));

// A text as TOML writes it.
export const quoted = (text) => JSON.stringify(text).replaceAll("\u007f", "\\u007f");
export const list = (texts) => `[${texts.map(quoted).join(", ")}]`;
export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// `base` is the plan of the file with which it begins.
export function toml(form, base, path) {
  const lines = [`extends = ${quoted(path)}`, "", "[scenario]", `label = { nl = ${quoted(form.name)}, en = ${quoted(form.name)} }`];
  if (form.warm_up !== years(base.warm_up_days)) lines.push(`warm_up = "${form.warm_up} years"`);
  if (form.measured !== years(base.measured_days)) lines.push(`measured = "${form.measured} years"`);
  if (form.replications !== base.replications) lines.push(`replications = ${form.replications}`);
  if (!same(form.regions, base.regions)) lines.push(`regions = ${list(form.regions)}`);
  if (!same(form.forms, base.columns.map((one) => one.key))) lines.push(`forms = ${list(form.forms)}`);
  if (form.baseline !== base.baseline) lines.push(`baseline = ${quoted(form.baseline)}`);
  if (!same(form.beliefs, beliefs(base))) {
    lines.push(form.beliefs.length === 1 ? `belief = ${quoted(form.beliefs[0])}` : `beliefs = ${list(form.beliefs)}`);
  }
  const moved = Object.entries(form.moved).filter(([, percent]) => percent !== 0);
  if (moved.length === 0) return `${lines.join("\n")}\n`;
  if (form.beside) {
    lines.push("", `[variants.${VARIANT}]`, `label = { nl = "Met de veranderingen", en = "With the changes" }`);
    lines.push("", `[variants.${VARIANT}.evidence]`);
  } else lines.push("", "[evidence]");
  for (const [key, percent] of moved) {
    lines.push(`${key} = "${Math.abs(percent)} % ${percent > 0 ? "more" : "less"}"`);
  }
  return `${lines.join("\n")}\n`;
}
