// Says so when something that htmx asked for did not work.
const toast = document.querySelector(".toast");
let timer = 0;

function fail({ detail }) {
  if (detail.requestConfig?.verb === "get") return;
  toast.textContent = toast.dataset.failed;
  toast.showPopover();
  clearTimeout(timer);
  timer = setTimeout(() => toast.hidePopover(), 6000);
}

document.addEventListener("htmx:responseError", fail);
document.addEventListener("htmx:sendError", fail);
