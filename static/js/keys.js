// Enter that ends the composition of Chinese characters never submits; Ctrl or Cmd and Enter does.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Enter") return;
    const composing = event.isComposing || event.keyCode === 229;
    if (composing && event.target.matches("input")) event.preventDefault();
    if (composing || !(event.ctrlKey || event.metaKey)) return;
    if (event.target.matches("textarea")) event.target.form?.requestSubmit();
  },
  true,
);
