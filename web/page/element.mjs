// Elements of the page, and words in them that follow the language.
import { pick } from "./words.mjs";

export const at = (id) => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export function spoken({ nl, en }, name = "span") {
  const made = element(name, { textContent: pick({ nl, en }) });
  Object.assign(made.dataset, { nl, en });
  return made;
}

// Gives a choice of one its choices, which have a key and both languages.
export function fill(choice, choices, value) {
  choice.replaceChildren(...choices.map((one) => Object.assign(spoken(one, "option"), { value: one.key })));
  choice.value = value;
  return choice;
}
