// Shows what a word of the other culture means beside it; the link leads there without us.
let link = null;

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (target.matches(".term")) link = target;
});

document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (!link || !target.matches("[data-term-card]")) return;
  // Within an open layer everything outside of it is out of reach.
  (link.closest("dialog") ?? document.body).append(target);
  target.showPopover();
  const { bottom, left } = link.getBoundingClientRect();
  const most = innerWidth - target.offsetWidth - 12;
  const below = bottom + target.offsetHeight + 20 < innerHeight;
  target.style.insetInlineStart = `${Math.max(12, Math.min(left, most))}px`;
  target.style.insetBlockStart = below ? `${bottom + 8}px` : "auto";
  target.style.insetBlockEnd = below ? "auto" : "1rem";
  target.focus();
});
