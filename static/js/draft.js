// Keeps what is typed into a form through a reload, for as long as the tab is open.
for (const form of document.querySelectorAll("[data-draft]")) {
  const key = `draft:${form.dataset.draft}`;
  const fields = [...form.querySelectorAll("input:not([type]), input[type=text], textarea")];
  const draft = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  for (const field of fields) {
    if (!field.value && draft[field.name]) {
      field.value = draft[field.name];
      field.dispatchEvent(new Event("input"));
    }
  }
  form.addEventListener("input", () => {
    const words = fields.map((field) => [field.name, field.value]);
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(words)));
  });
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sessionStorage.removeItem(key);
  });
}
