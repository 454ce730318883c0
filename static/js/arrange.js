// Moves and removes what is in a list of pictures: by buttons, by arrow keys on them, by dragging.
const pictures = document.querySelector(".pictures");
let dragged = null;

function arrange(button) {
  const item = button.closest(".picture");
  const move = button.value.split(":")[1];
  if (move === "left") item.previousElementSibling?.before(item);
  if (move === "right") item.nextElementSibling?.after(item);
  if (move !== "remove") {
    button.focus();
    return;
  }
  const token = button.form.elements.csrfmiddlewaretoken.value;
  if (button.dataset.deletion) fetch(button.dataset.deletion, { method: "POST", headers: { "X-CSRFToken": token } });
  (item.nextElementSibling ?? item.previousElementSibling)?.querySelector("button").focus();
  item.remove();
}

pictures.addEventListener("click", (event) => {
  const button = event.target.closest("[name=arrange]");
  if (!button) return;
  event.preventDefault();
  arrange(button);
  pictures.dispatchEvent(new Event("input", { bubbles: true }));
});

pictures.addEventListener("keydown", (event) => {
  const side = { ArrowLeft: "left", ArrowRight: "right" }[event.key];
  const button = side && event.target.closest("[name=arrange]");
  if (!button) return;
  event.preventDefault();
  button.closest(".picture").querySelector(`[name=arrange][value$=":${side}"]`).click();
});

pictures.addEventListener("dragstart", ({ target }) => {
  dragged = target.closest(".picture");
  dragged?.setAttribute("data-dragged", "");
});
pictures.addEventListener("dragend", () => {
  dragged?.removeAttribute("data-dragged");
  pictures.dispatchEvent(new Event("input", { bubbles: true }));
  dragged = null;
});
pictures.addEventListener("dragover", (event) => {
  const over = event.target.closest(".picture");
  if (!dragged || !over || over === dragged) return;
  event.preventDefault();
  const after = dragged.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
  over[after ? "after" : "before"](dragged);
});
