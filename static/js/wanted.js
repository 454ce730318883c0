// What is not looked at yet would take the line and the processor from what is: other pictures and
// all other scripts come once the first pictures are painted, or as soon as somebody does anything.
const PAINTED = 200;
const wanted = new Promise((resolve) => {
  for (const event of ["scroll", "keydown", "pointerdown", "focusin"]) {
    addEventListener(event, resolve, { once: true });
  }
  addEventListener("load", () => setTimeout(resolve, PAINTED));
  setTimeout(resolve, 2000);
});

document.documentElement.dataset.waits = "";
wanted.then(() => delete document.documentElement.dataset.waits);

document.addEventListener("DOMContentLoaded", async () => {
  await wanted;
  const { content } = document.querySelector("template[data-scripts]");
  for (const script of content.children) script.async = false; // One after the other.
  // Else htmx would wait for an event that is over.
  Object.defineProperty(document, "readyState", { value: "complete" });
  document.head.append(content);
});
