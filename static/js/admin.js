// Unfold's pages say nowhere which part of them is the main one, and name all that scrolls alike.
addEventListener("load", () => {
  document.getElementById("main")?.setAttribute("role", "main");
  for (const scrolls of document.querySelectorAll(".simplebar-content-wrapper[role]")) {
    scrolls.removeAttribute("role");
    scrolls.removeAttribute("aria-label");
  }
});
