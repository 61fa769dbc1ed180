// What the form says, as a scenario file: only what is other than in the file with which it begins.

export const SHIPPED = "vergelijking.toml";
export const OWN = "mijn_vraag.toml";

const DAYS_PER_YEAR = 365.25;
export const years = (days) => Math.round(days / DAYS_PER_YEAR);

// A text as TOML writes it.
const quoted = (text) => JSON.stringify(text).replaceAll("\u007f", "\\u007f");
const list = (texts) => `[${texts.map(quoted).join(", ")}]`;
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// `base` is the plan of the file with which it begins.
export function toml(form, base, path) {
  const lines = [`extends = ${quoted(path)}`, "", "[scenario]", `label = { nl = ${quoted(form.name)}, en = ${quoted(form.name)} }`];
  if (form.warm_up !== years(base.warm_up_days)) lines.push(`warm_up = "${form.warm_up} years"`);
  if (form.measured !== years(base.measured_days)) lines.push(`measured = "${form.measured} years"`);
  if (form.replications !== base.replications) lines.push(`replications = ${form.replications}`);
  if (!same(form.regions, base.regions)) lines.push(`regions = ${list(form.regions)}`);
  if (!same(form.forms, base.forms.map((one) => one.key))) lines.push(`forms = ${list(form.forms)}`);
  if (form.belief !== base.belief) lines.push(`belief = ${quoted(form.belief)}`);
  const moved = Object.entries(form.moved).filter(([, percent]) => percent !== 0);
  if (moved.length > 0) lines.push("", "[evidence]");
  for (const [key, percent] of moved) {
    lines.push(`${key} = "${Math.abs(percent)} % ${percent > 0 ? "more" : "less"}"`);
  }
  return `${lines.join("\n")}\n`;
}
