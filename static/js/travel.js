// From page to page the picture of a note stays in the eye: of all cards only the one that is
// left or come back to has the name that the picture on the note's page has in the styles.
const NAME = "note-picture";

function coverOf(url) {
  const path = url && new URL(url).pathname;
  const cards = [...document.querySelectorAll("main .card__link")];
  return cards.find((link) => link.pathname === path)?.querySelector(".card__cover");
}

function nameFor(transition, url) {
  const cover = coverOf(url);
  if (!transition || !cover) return;
  cover.style.viewTransitionName = NAME;
  transition.finished.finally(() => (cover.style.viewTransitionName = ""));
}

addEventListener("pageswap", ({ viewTransition, activation }) =>
  nameFor(viewTransition, activation?.entry?.url),
);
addEventListener("pagereveal", ({ viewTransition }) =>
  nameFor(viewTransition, window.navigation?.activation?.from?.url),
);
