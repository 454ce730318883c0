// Shows at once what a heart or a follow button becomes. Further taps while that is on its way only
// change the look: the last wish is sent after the answer, and a failure takes everything back.
const flights = new WeakMap();
let again = null;

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

function flipOf(element) {
  if (element.matches(".heart[aria-pressed]")) return flipHeart;
  return element.querySelector(":scope > [data-then]") && flipFollow;
}

document.addEventListener("htmx:confirm", (event) => {
  const flight = flights.get(event.target);
  if (!flight) return;
  event.preventDefault();
  flight.undo = flight.undo ? flight.undo() : flight.flip(event.target);
});

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  const flip = flipOf(target);
  if (flip) flights.set(target, { flip, undo: flip(target) });
});

document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
  const flight = flights.get(target);
  if (flight && detail.shouldSwap) again = flight.undo ? null : target.getAttribute("hx-post");
});

document.addEventListener("htmx:load", ({ target }) => {
  if (again === null || target.getAttribute("hx-post") !== again) return;
  again = null;
  (target.querySelector("[data-then]") ?? target).click();
});

document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  if (detail.successful) flights.delete(target);
});

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:sendAbort", "htmx:timeout"]) {
  document.addEventListener(failure, ({ target }) => {
    flights.get(target)?.undo?.();
    flights.delete(target);
  });
}
