// Says in words what kept a passkey from working.
const KINDS = { NotAllowedError: "notAllowed", AbortError: "notAllowed", SecurityError: "security", InvalidStateError: "known" };

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.querySelector("[data-passkey-problem]");
  problem.textContent = problem.dataset[KINDS[event.detail.exception.name] ?? "other"];
  problem.hidden = false;
});
