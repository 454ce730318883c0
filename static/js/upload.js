// Uploads pictures as soon as they are chosen or dropped, one after the other, with progress.
const area = document.querySelector("[data-upload]");
const list = area.querySelector(".pictures");
const form = area.closest("form");
const { upload, most, tooMany, tooLarge, failed, retry } = area.dataset;
let queue = Promise.resolve();
let waiting = 0;

function replace(item, html, picture) {
  item.innerHTML = html;
  const answer = item.firstElementChild;
  const frame = answer?.querySelector(".picture__frame");
  if (frame && !frame.querySelector("img")) frame.querySelector(".icon").replaceWith(picture);
  item.replaceWith(answer ?? item);
  window.htmx?.process(answer ?? item);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function refuse(item, words, again) {
  item.className = "picture picture--failed";
  item.textContent = words;
  if (!again) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button" });
  button.append(retry);
  button.addEventListener("click", () => { item.remove(); again(); });
  item.append(button);
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
      else refuse(item, failed, () => take([file]));
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
area.addEventListener("dropped", ({ detail }) => take(detail));
form.addEventListener("submit", (event) => {
  if (!waiting) return;
  event.preventDefault();
  queue.then(() => form.requestSubmit(event.submitter));
});
