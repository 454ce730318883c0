// Places the cards of a waterfall, each into the shortest column so far. The order of the
// document stays the order of reading, and a card that was placed is never moved by later ones.
function place(feed) {
  const style = getComputedStyle(feed);
  const count = Number(style.getPropertyValue("--columns"));
  feed.dataset.placed = "";
  const gap = parseFloat(getComputedStyle(feed).columnGap) || 0;
  const width = (feed.clientWidth + gap) / count;
  const cards = [...feed.querySelectorAll(":scope > .card:not([hidden])")];
  // Read all before anything is written, so that there is one layout and not two.
  const heights = cards.map((card) => card.offsetHeight);
  const more = feed.querySelector(":scope > .more:not([hidden]) .more__cards")?.offsetHeight ?? 0;
  const columns = Array(count).fill(0);
  cards.forEach((card, index) => {
    const column = columns.indexOf(Math.min(...columns));
    card.style.insetInlineStart = `${column * width}px`;
    card.style.insetBlockStart = `${columns[column]}px`;
    columns[column] += heights[index];
  });
  feed.style.blockSize = `${Math.max(...columns) + more}px`;
  return Math.max(...columns);
}

const resized = new ResizeObserver((entries) => {
  new Set(entries.map((entry) => entry.target.closest(".waterfall"))).forEach(
    (feed) => feed && place(feed),
  );
});

// Three rows are seen first. More is laid out once it is wanted, a few cards at a time and a few
// screens ahead, so that a finger is never kept waiting; all of it before a key moves the focus or
// finds a word, and before it is printed. The rest comes after some seconds whenever there is
// nothing else to do: no event tells of who has links read out or finds a word with a finger. Who
// comes back to a place needs all at once.
const FIRST = 3;
const FEW = 2;
const AHEAD = 3;
const ALL = Infinity;
const MOVES = { scroll: FEW, resize: FEW, keydown: ALL, focusin: ALL, beforeprint: ALL };

const later = (work) => requestAnimationFrame(() => setTimeout(work));
const idly = window.requestIdleCallback ?? setTimeout; // Safari has none.

function unveil(feed, count) {
  const waiting = [...feed.querySelectorAll(":scope > [hidden]")];
  waiting.slice(0, count).forEach((item) => (item.hidden = false));
  const end = place(feed);
  if (count >= waiting.length) feed.style.minBlockSize = "";
  else wanted.then(() => later(() => goOn(feed, end)));
}

function goOn(feed, end) {
  if (feed.getBoundingClientRect().top + end < AHEAD * innerHeight) return unveil(feed, FEW);
  const waiting = new AbortController();
  const move = (count) => {
    if (waiting.signal.aborted) return;
    waiting.abort();
    unveil(feed, count);
  };
  for (const [event, count] of Object.entries(MOVES)) {
    addEventListener(event, () => move(count), { signal: waiting.signal, capture: true });
  }
  quiet.then(() => idly(() => move(FEW)));
}

function begin(feed) {
  const items = [...feed.querySelectorAll(":scope > :is(.card, .more)")];
  const { top, cards = 0 } = history.state ?? {};
  const first = FIRST * Number(getComputedStyle(feed).getPropertyValue("--columns"));
  if (top || cards > items.length || items.length <= first) return place(feed);
  items.forEach((item) => (item.hidden = true));
  feed.dataset.placed = "";
  // About what they will take, so that one can scroll there and the foot does not come up and go.
  feed.style.minBlockSize = `calc(${items.length} / var(--columns) * 15rem)`;
  unveil(feed, first);
}

function watch() {
  for (const feed of document.querySelectorAll(".waterfall:not([data-placed])")) {
    begin(feed);
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
