// Shares the address of a page, or copies it, and says so.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-share]");
  if (!button) return;
  const url = new URL(button.dataset.share, location.href).href;
  const touch = matchMedia("(pointer: coarse)").matches;
  try {
    if (touch && navigator.share) {
      await navigator.share({ url, title: button.dataset.title });
      return;
    }
    await navigator.clipboard.writeText(url);
  } catch {
    return;
  }
  button.querySelector("[role=status]").textContent = button.dataset.done;
});
