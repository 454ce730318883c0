// Counts characters as the server does: code points after NFC.
for (const output of document.querySelectorAll("[data-counter]")) {
  const field = document.getElementById(output.htmlFor.value);
  const most = Number(output.dataset.counter);
  const count = () => {
    const length = [...field.value.normalize("NFC").trim()].length;
    output.value = length ? `${length}/${most}` : "";
    output.toggleAttribute("data-over", length > most);
  };
  field.addEventListener("input", count);
  count();
}
