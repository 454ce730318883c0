// Opens a note as a layer over the feed on a wide screen. It has the note's own address:
// Back closes it, and a reload shows the page of the note.
const wide = matchMedia("(width >= 64rem)");
const title = document.title;
const page = location.pathname + location.search;
let layer = null;

function makeLayer() {
  layer = document.createElement("dialog");
  layer.className = "layer";
  layer.innerHTML = document.querySelector("template[data-layer-frame]").innerHTML;
  document.body.append(layer);
  layer.addEventListener("click", ({ target }) => {
    if (target === layer || target.closest("[data-close]")) layer.close();
  });
  layer.addEventListener("close", () => {
    document.title = title;
    layer.querySelector(".layer__note").replaceChildren();
    if (history.state?.layer) history.back();
  });
}

async function open(url) {
  if (!layer) makeLayer();
  const place = layer.querySelector(".layer__note");
  await window.htmx.ajax("GET", url, { target: place, swap: "innerHTML" });
  const note = place.querySelector("[data-title]");
  if (!note) {
    location.assign(url);
    return;
  }
  history.pushState({ layer: true }, "", url);
  document.title = note.dataset.title;
  layer.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-layer]");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
  if (!link || !plain || !wide.matches || !window.htmx) return;
  event.preventDefault();
  open(link.getAttribute("href"));
});

// Entries made by pushState belong to the document that was loaded, whatever it shows.
window.addEventListener("popstate", () => {
  if (location.pathname + location.search === page) layer?.close();
  else if (!layer?.open) location.reload();
});
