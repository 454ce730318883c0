// Takes pictures that are dropped on the area where they are chosen.
const area = document.querySelector("[data-upload]");
const drop = area.querySelector(".drop");

for (const kind of ["dragover", "dragleave", "drop"]) {
  area.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.toggleAttribute("data-over", kind === "dragover");
    if (kind !== "drop") return;
    area.dispatchEvent(new CustomEvent("dropped", { detail: [...event.dataTransfer.files] }));
  });
}
