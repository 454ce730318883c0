// Keys of the moderators' desk. A letter chooses what carries it in data-key: a choice takes the
// focus, so that Enter sends it, and the same letter again sends it too; a button or link is
// pressed. In the list j and k walk, x marks, Enter opens.
const typing = (target) => target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
const rows = () => [...document.querySelectorAll("#result_list tr.data-row")];

function choose(radio) {
  if (radio.checked && document.activeElement === radio) return radio.form.requestSubmit();
  radio.checked = true;
  radio.focus();
}

function walk(step) {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  next?.querySelector("th a, td a")?.focus();
}

function chooseRule(number) {
  const rule = document.querySelector("[data-desk=decision] select[name=rule]");
  if (rule && rule.options[number]) rule.selectedIndex = number;
}

function onCase(key) {
  if (/^[1-9]$/.test(key)) return chooseRule(Number(key));
  if (key === "e") return document.querySelector("[data-desk=decision] textarea")?.focus();
  if (key === "?") return document.querySelector("[data-key-help]").toggleAttribute("open");
  const found = document.querySelector(`[data-key="${key}"]`);
  if (found?.matches("input")) return choose(found);
  return found?.click();
}

function onList(key) {
  const mark = () => document.activeElement.closest("tr")?.querySelector(".action-select")?.click();
  ({ j: () => walk(1), k: () => walk(-1), x: mark })[key]?.();
}

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target) || event.key.length !== 1) return;
  const act = document.querySelector("[data-desk=case]") ? onCase : onList;
  if (event.key !== " ") event.key.match(/[a-z1-9?]/) && event.preventDefault();
  act(event.key);
});
