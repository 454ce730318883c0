// Buttons, arrow keys, counter and dots of a row of images that scrolls by itself.
const here = (track) => Math.round(Math.abs(track.scrollLeft) / track.clientWidth);

function step(carousel, by) {
  const track = carousel.querySelector(".carousel__track");
  track.children[here(track) + by]?.scrollIntoView({ block: "nearest", inline: "start" });
}

function show(carousel) {
  const track = carousel.querySelector(".carousel__track");
  const at = here(track);
  const number = carousel.querySelector("[data-at]");
  if (!number) return;
  number.textContent = at + 1;
  carousel.querySelectorAll(".carousel__dots span").forEach((dot, index) => {
    dot.toggleAttribute("data-here", index === at);
  });
  for (const button of carousel.querySelectorAll("[data-step]")) {
    button.hidden = false;
    button.disabled = !track.children[at + Number(button.dataset.step)];
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-step]");
  if (button) step(button.closest("[data-carousel]"), Number(button.dataset.step));
});

document.addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by || event.target.matches("input, textarea, select")) return;
  const carousels = [...document.querySelectorAll("[data-carousel]")];
  if (!carousels.length) return;
  event.preventDefault();
  step(carousels.at(-1), by);
});

document.addEventListener(
  "scroll",
  ({ target }) => target.closest?.("[data-carousel]") && show(target.closest("[data-carousel]")),
  true,
);

const showAll = () => document.querySelectorAll("[data-carousel]").forEach(show);
showAll();
document.addEventListener("htmx:load", showAll);
