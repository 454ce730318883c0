// Keys for those who know them; "?" shows them. Never while somebody types or composes.
const help = document.querySelector("[data-shortcuts]");
const press = (selector) => document.querySelector(selector)?.click();

function step(by) {
  const cards = [...document.querySelectorAll(".waterfall > .card .card__link")];
  const at = cards.indexOf(document.activeElement);
  cards.at(at < 0 ? 0 : Math.min(Math.max(at + by, 0), cards.length - 1))?.focus();
}

function search() {
  const box = document.querySelector("[type=search]");
  if (box?.checkVisibility()) box.focus();
  else press("[data-key=search]");
}

const ACTS = {
  "?": () => help?.showModal(),
  "/": search,
  n: () => press(".dock .publish"),
  j: () => step(1),
  k: () => step(-1),
  l: () => press(".note__marks .heart[aria-pressed]:not(.heart--save)"),
  s: () => press(".note__marks .heart--save[aria-pressed]"),
  c: () => document.querySelector("#comment-body")?.focus(),
};

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const typing = target.isContentEditable || target.matches("input, textarea, select");
  const modified = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (typing || modified || !Object.hasOwn(ACTS, key) || help?.open) return;
  event.preventDefault();
  ACTS[key]();
});
