// What is not looked at yet would take the line and the processor from what is: other pictures and
// the scripts of every page come once the first pictures are painted, as soon as somebody does
// anything, or after two seconds on a slow line.
const PAINTED = 200;
const SOME = 5000;
const after = (wait) => new Promise((resolve) => setTimeout(resolve, wait));
const acted = new Promise((resolve) => {
  for (const event of ["scroll", "keydown", "pointerdown", "focusin"]) {
    addEventListener(event, resolve, { once: true, capture: true });
  }
  // A mouse that rests where a page appears seems to move, by nothing.
  addEventListener("pointermove", (event) => (event.movementX || event.movementY) && resolve());
  // Who comes back stands further down; see resume.js.
  if (history.state?.cards) resolve();
});
const painted = new Promise((resolve) => addEventListener("load", () => resolve(after(PAINTED))));
const wanted = Promise.race([acted, painted, after(2000)]);
const quiet = wanted.then(() => after(SOME));

document.documentElement.dataset.waits = "";
wanted.then(() => delete document.documentElement.dataset.waits);

// Sharing needs its script: what is pressed before is pressed again once that is there.
let early;
const press = ({ target }) => (early = target.closest("[data-share]") ?? early);
addEventListener("click", press);

// htmx takes long to read a page: until somebody acts only what fetches by itself needs it.
const fetching = () =>
  new Promise((resolve) => {
    if (document.querySelector("[hx-trigger^=load]")) return resolve();
    const seen = new IntersectionObserver((all) => {
      if (!all.some((one) => one.isIntersecting)) return;
      seen.disconnect();
      resolve();
    });
    document.querySelectorAll("[hx-trigger^=intersect]").forEach((part) => seen.observe(part));
  });

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
  htmx.remove();
  document.head.append(content);
  const needed = Promise.race([acted, fetching(), quiet]);
  if (await Promise.race([needed.then(() => false), after(0).then(() => true)])) {
    const href = htmx.getAttribute("src");
    document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href }));
    await needed;
  }
  // Before all pictures are there htmx waits for an event that is over by now.
  Object.defineProperty(document, "readyState", { value: "complete", configurable: true });
  for (const end of ["load", "error"]) htmx.addEventListener(end, () => delete document.readyState);
  document.head.append(htmx);
}
document.addEventListener("DOMContentLoaded", start, { once: true });
