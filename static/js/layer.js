// Opens a note as a layer over the feed on a wide screen, at the note's own address. The picture of
// its card stands in while it is on its way, and grows into its place where motion is welcome.
const wide = matchMedia("(width >= 64rem)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const title = document.title;
const page = location.pathname + location.search;
let layer, cover;
const place = () => layer.querySelector(".layer__note");
const picture = () => place().querySelector(".carousel__track");
const close = () => morph(picture(), () => layer.close(), () => cover);

function morph(from, change, to) {
  if (!document.startViewTransition || still.matches || !from) return change();
  const name = (part, value) => part && (part.style.viewTransitionName = value);
  name(from, "note-picture");
  const transition = document.startViewTransition(() => {
    name(from, "");
    change();
    name(to(), "note-picture");
  });
  transition.ready.catch(() => {}); // Not shown, as in a window that nobody sees.
  transition.finished.finally(() => [picture(), cover].forEach((part) => name(part, "")));
}

function makeLayer() {
  layer = Object.assign(document.createElement("dialog"), { className: "layer" });
  document.body.append(layer);
  layer.addEventListener("click", ({ target }) => {
    if (target === layer || target.closest("[data-close]")) close();
  });
  layer.addEventListener("close", () => {
    document.title = title;
    window.htmx.trigger(place(), "htmx:abort");
    if (!place().querySelector(".htmx-request")) place().replaceChildren(); // Else a tap is lost.
    // Back may lead to an address with "#main", which takes the focus.
    const refocus = () => setTimeout(() => cover.closest("a").focus({ preventScroll: true }));
    if (!history.state?.layer) return refocus();
    addEventListener("popstate", refocus, { once: true });
    history.back();
  });
}

// What the card has already shown lies below the larger picture until that is there.
function standIn() {
  const silent = (image) => Object.assign(image.cloneNode(), { alt: "" });
  picture()?.querySelector("li").prepend(...[...cover.querySelectorAll("img")].map(silent));
}

async function open(link) {
  if (!layer) makeLayer();
  const url = link.getAttribute("href");
  cover = link.querySelector(".card__cover");
  layer.ariaLabel = link.querySelector(".card__title").textContent;
  layer.innerHTML = document.querySelector("template[data-layer-frame]").innerHTML;
  standIn();
  morph(cover, () => layer.showModal(), picture);
  history.pushState({ layer: true }, "", url);
  const target = place();
  await window.htmx.ajax("GET", url, { source: target, target, swap: "innerHTML" }).catch(() => {});
  if (!layer.open || target !== place()) return;
  const note = target.querySelector("[data-title]");
  if (!note) return location.reload();
  document.title = note.dataset.title;
  standIn();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-layer]");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
  if (!link || !plain || !wide.matches || !window.htmx) return;
  event.preventDefault();
  open(link);
});

// Entries made by pushState belong to the document that was loaded, whatever it shows.
window.addEventListener("popstate", ({ hasUAVisualTransition }) => {
  const back = location.pathname + location.search === page;
  if (!back && !layer?.open) location.reload();
  if (back && layer?.open) hasUAVisualTransition ? layer.close() : close();
});
