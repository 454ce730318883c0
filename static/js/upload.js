// Uploads pictures as soon as they are chosen or dropped, one after the other, with progress.
const area = document.querySelector("[data-upload]");
const list = area.querySelector(".pictures");
const drop = area.querySelector(".drop");
const form = area.closest("form");
const { upload, most, tooMany, tooLarge, failed } = area.dataset;
let queue = Promise.resolve();
let waiting = 0;

function replace(item, html, picture) {
  item.innerHTML = html;
  const answer = item.firstElementChild;
  const frame = answer?.querySelector(".picture__frame");
  if (frame && !frame.querySelector("img")) frame.querySelector(".icon").replaceWith(picture);
  item.replaceWith(answer ?? item);
}

function refuse(item, words) {
  item.className = "picture picture--failed";
  item.textContent = words;
}

function send(file, item, picture) {
  const request = new XMLHttpRequest();
  const data = new FormData();
  data.append("file", file);
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const progress = item.querySelector("progress");
  request.upload.onprogress = (event) => (progress.value = event.loaded / event.total);
  request.open("POST", upload);
  return new Promise((done) => {
    request.onloadend = () => {
      const answered = request.status === 200 && request.responseURL.endsWith(upload);
      if (answered) replace(item, request.response, picture);
      else refuse(item, failed);
      done();
    };
    request.send(data);
  });
}

function take(files) {
  for (const file of files) {
    const item = document.createElement("li");
    list.append(item);
    if (list.querySelectorAll(".picture:not(.picture--failed)").length >= Number(most)) {
      refuse(item, tooMany);
    } else if (file.size > 20 * 1024 * 1024) {
      refuse(item, `${file.name}: ${tooLarge}`);
    } else {
      item.className = "picture";
      const picture = Object.assign(new Image(), { src: URL.createObjectURL(file), alt: "" });
      const frame = Object.assign(document.createElement("div"), { className: "picture__frame" });
      frame.append(picture);
      item.append(frame, Object.assign(document.createElement("progress"), { value: 0 }));
      waiting += 1;
      queue = queue.then(() => send(file, item, picture)).finally(() => (waiting -= 1));
    }
  }
}

area.querySelector("input[type=file]").addEventListener("change", ({ target }) => {
  take([...target.files]);
  target.value = "";
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  area.addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.toggleAttribute("data-over", kind === "dragover");
    if (kind === "drop") take([...event.dataTransfer.files]);
  });
}
form.addEventListener("submit", (event) => {
  if (!waiting) return;
  event.preventDefault();
  queue.then(() => form.requestSubmit(event.submitter));
});
