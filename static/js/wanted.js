// What is not looked at yet would take the line and the processor from what is: other pictures and
// the scripts of every page come once the first pictures are painted, as soon as somebody does
// anything, or after two seconds on a slow line.
const PAINTED = 200;
const wanted = new Promise((resolve) => {
  for (const event of ["scroll", "keydown", "pointerdown", "focusin"]) {
    addEventListener(event, resolve, { once: true });
  }
  addEventListener("load", () => setTimeout(resolve, PAINTED));
  setTimeout(resolve, 2000);
  // Who comes back stands further down; see resume.js.
  if (history.state?.cards) resolve();
});

document.documentElement.dataset.waits = "";
wanted.then(() => delete document.documentElement.dataset.waits);

// Sharing needs its script: what is pressed before is pressed again once that is there.
let early;
const press = ({ target }) => (early = target.closest("[data-share]") ?? early);
addEventListener("click", press);

async function start() {
  await wanted;
  const { content } = document.querySelector("template[data-scripts]");
  // One after the other.
  for (const script of content.children) script.async = false;
  const [htmx, ours] = [...content.children].reverse();
  ours.addEventListener("load", () => {
    removeEventListener("click", press);
    // A browser shares nothing long after it was asked to: who waited so long presses again.
    if (navigator.userActivation?.isActive ?? true) early?.click();
  });
  ours.addEventListener("error", () => removeEventListener("click", press));
  // htmx, the last of them, reads the page once it is told that the page is there: told by and by,
  // since to be made and to read at once takes long.
  Object.defineProperty(document, "readyState", { value: "loading", configurable: true });
  htmx.addEventListener("load", () =>
    setTimeout(() => {
      delete document.readyState;
      document.dispatchEvent(new Event("DOMContentLoaded"));
    }),
  );
  htmx.addEventListener("error", () => delete document.readyState);
  document.head.append(content);
}
document.addEventListener("DOMContentLoaded", start, { once: true });
