// Saves what is being written as a draft a moment after each change, and says when it did.
const form = document.querySelector("[data-autosave]");
const said = form?.querySelector("[data-saved]");
const PAUSE = 1200;
const RETRY = 8000;
let timer = 0;
let saving = null;

function wait(pause) {
  clearTimeout(timer);
  timer = setTimeout(() => (saving = save().finally(() => (saving = null))), pause);
}

function saved(draft) {
  form.action = draft.edit;
  form.dataset.autosave = draft.autosave;
  form.elements.revision.value = draft.revision;
  if (location.pathname !== draft.edit) history.replaceState(null, "", draft.edit);
  const time = new Date(draft.saved_at).toLocaleTimeString([], { timeStyle: "short" });
  said.textContent = said.dataset.saved.replace("{time}", time);
}

async function save() {
  const data = new FormData(form);
  data.delete("images");
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: data });
    const draft = await answer.json();
    if (answer.ok) saved(draft);
    else said.textContent = draft.errors.join(" ");
  } catch {
    said.textContent = said.dataset.unsaved;
    wait(RETRY);
  }
}

form?.addEventListener("input", () => {
  if (saving) saving.then(() => wait(PAUSE));
  else wait(PAUSE);
});

// What is sent is sent once: never beside a draft of itself.
form?.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!saving || event.defaultPrevented) return;
  event.preventDefault();
  saving.then(() => {
    clearTimeout(timer);
    form.requestSubmit(event.submitter);
  });
});
