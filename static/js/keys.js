// Enter that ends the composition of Chinese characters never submits a form, nor does any Enter
// in a line of a note that is being written; Ctrl or Cmd and Enter in a text does.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Enter") return;
    const composing = event.isComposing || event.keyCode === 229;
    const careful = composing || event.target.closest("[data-enter=never]");
    if (careful && event.target.matches("input:not([type=radio])")) event.preventDefault();
    if (composing || !(event.ctrlKey || event.metaKey)) return;
    if (event.target.matches("textarea")) event.target.form?.requestSubmit();
  },
  true,
);
