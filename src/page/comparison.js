"use strict";
const mains = [...document.querySelectorAll("main")];
const buttons = [...document.querySelectorAll("button[data-language]")];
function show(lang) {
  for (const main of mains) main.hidden = main.lang !== lang;
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.language === lang));
  document.documentElement.lang = lang;
  document.title = mains.find((main) => main.lang === lang).dataset.title;
}
for (const button of buttons) button.addEventListener("click", () => show(button.dataset.language));
if (location.hash === "#en") show("en");
