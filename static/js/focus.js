// Keeps the focus on a control that htmx replaces by its new self.
let lost = null;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const focused = document.activeElement;
  lost = detail.target.contains(focused) ? focused.getAttribute("name") : null;
});

document.addEventListener("htmx:load", ({ detail }) => {
  if (lost === null || document.activeElement !== document.body) return;
  const again = detail.elt.matches(`[name="${lost}"]`)
    ? detail.elt
    : detail.elt.querySelector(`[name="${lost}"]`);
  again?.focus();
  lost = null;
});
