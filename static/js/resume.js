// Leads back into a waterfall: after Back or a reload as many cards are asked for again as were
// there, and the reader stands where they stood. A browser that kept the page needs none of it.
const MOST = 300;
const feed = document.querySelector("main > .waterfall");
const { cards: wanted = 0, top = 0 } = history.state ?? {};

const cards = () => feed.querySelectorAll(":scope > .card").length;
const remember = () => history.replaceState({ ...history.state, cards: cards(), top: scrollY }, "");

function goOn() {
  const more = feed.querySelector(":scope > .more");
  if (more && cards() < Math.min(wanted, MOST)) {
    window.htmx.trigger(more, "intersect");
    return;
  }
  document.removeEventListener("htmx:load", goOn);
  // The last cards are placed once this is over: until then the page is too short.
  requestAnimationFrame(() => {
    scrollTo({ top, behavior: "instant" });
    watch();
  });
}

function watch() {
  addEventListener("scrollend", remember);
  let soon;
  new ResizeObserver(() => {
    clearTimeout(soon);
    soon = setTimeout(remember, 200);
  }).observe(feed);
}

if (feed && wanted) {
  history.scrollRestoration = "manual";
  document.addEventListener("htmx:load", goOn);
} else if (feed) {
  watch();
}
