// Places the cards of a waterfall, each into the shortest column so far. The order of the
// document stays the order of reading, and a card that was placed is never moved by later ones.
function place(feed) {
  const style = getComputedStyle(feed);
  const count = Number(style.getPropertyValue("--columns"));
  feed.dataset.placed = "";
  const gap = parseFloat(getComputedStyle(feed).columnGap) || 0;
  const width = (feed.clientWidth + gap) / count;
  const cards = [...feed.querySelectorAll(":scope > .card")];
  // Read all before anything is written, so that there is one layout and not two.
  const heights = cards.map((card) => card.offsetHeight);
  const more = feed.querySelector(":scope > .more .more__cards")?.offsetHeight ?? 0;
  const columns = Array(count).fill(0);
  cards.forEach((card, index) => {
    const column = columns.indexOf(Math.min(...columns));
    card.style.insetInlineStart = `${column * width}px`;
    card.style.insetBlockStart = `${columns[column]}px`;
    columns[column] += heights[index];
  });
  feed.style.blockSize = `${Math.max(...columns) + more}px`;
}

const resized = new ResizeObserver((entries) => {
  new Set(entries.map((entry) => entry.target.closest(".waterfall"))).forEach(
    (feed) => feed && place(feed),
  );
});

function watch() {
  for (const feed of document.querySelectorAll(".waterfall:not([data-placed])")) {
    place(feed);
    resized.observe(feed);
    feed.querySelectorAll(":scope > .card").forEach((card) => resized.observe(card));
    new MutationObserver((changes) => {
      place(feed);
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
      added.filter((node) => node.matches?.(".card")).forEach((card) => resized.observe(card));
    }).observe(feed, { childList: true });
  }
}

watch();
document.addEventListener("htmx:load", watch);
