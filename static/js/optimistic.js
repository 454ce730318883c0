// Shows at once what a heart or a follow button becomes, and takes it back where that failed.
const undo = new WeakMap();

function flipHeart(heart) {
  const pressed = heart.ariaPressed;
  const count = heart.querySelector("[data-count]");
  const before = count?.textContent ?? "";
  const show = (state, number) => {
    heart.ariaPressed = state;
    if (count) count.textContent = count.dataset.count = number;
  };
  const after = Number(before) + (pressed === "true" ? -1 : 1);
  show(String(pressed !== "true"), /^\d+$/.test(before) ? String(after) : before);
  return () => show(pressed, before);
}

function flipFollow(form) {
  const button = form.querySelector("[data-then]");
  const { kind, then } = button.dataset;
  const before = button.textContent;
  button.textContent = then;
  if (kind) delete button.dataset.kind;
  else button.dataset.kind = "primary";
  return () => {
    button.textContent = before;
    if (kind) button.dataset.kind = kind;
    else delete button.dataset.kind;
  };
}

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (target.matches(".heart[aria-pressed]")) undo.set(target, flipHeart(target));
  else if (target.querySelector(":scope > [data-then]")) undo.set(target, flipFollow(target));
});

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:sendAbort"]) {
  document.addEventListener(failure, ({ target }) => {
    undo.get(target)?.();
    undo.delete(target);
  });
}
