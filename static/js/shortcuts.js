// Keys for those who know them; "?" shows them. Never while somebody types or composes.
const help = document.querySelector("[data-shortcuts]");
const used = help?.querySelector("[data-keys-used]");
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

// A note that was closed may still wait for an answer, unseen.
const NOTE = ":is(main, .layer[open]) .note__marks";
const ACTS = {
  "?": () => help?.showModal(),
  "/": search,
  n: () => press(".dock .publish"),
  j: () => step(1),
  k: () => step(-1),
  l: () => press(`${NOTE} .heart[aria-pressed]:not(.heart--save)`),
  s: () => press(`${NOTE} .heart--save[aria-pressed]`),
  c: () => document.querySelector("#comment-body")?.focus(),
};

// Who speaks to the machine, or touches keys by chance, can do without (WCAG 2.1.4).
if (used) {
  used.checked = localStorage.getItem("keys") !== "off";
  used.addEventListener("change", () => localStorage.setItem("keys", used.checked ? "on" : "off"));
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-show-shortcuts]")) help?.showModal();
});
for (const button of document.querySelectorAll("[data-show-shortcuts]")) button.hidden = false;

document.addEventListener("keydown", (event) => {
  if (!used?.checked) return;
  const { key, target } = event;
  const typing = target.isContentEditable || target.matches("input, textarea, select");
  const modified = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (typing || modified || !Object.hasOwn(ACTS, key) || help?.open) return;
  event.preventDefault();
  ACTS[key]();
});
