// Two taps of a finger on a picture of a note like it; never where the page is zoomed.
const QUICK = 320;
const NEAR = 24;
const SHOWN = 900;
let first = null;

const isSecond = ({ timeStamp, clientX, clientY }) =>
  first !== null &&
  timeStamp - first.timeStamp < QUICK &&
  Math.hypot(clientX - first.clientX, clientY - first.clientY) < NEAR;

function draw(heart, carousel, { clientX, clientY }) {
  const { left, top } = carousel.getBoundingClientRect();
  const mark = heart.querySelector(".icon").cloneNode(true);
  mark.classList.add("carousel__heart");
  mark.style.left = `${clientX - left}px`;
  mark.style.top = `${clientY - top}px`;
  carousel.append(mark);
  setTimeout(() => mark.remove(), SHOWN);
}

function like(carousel, event) {
  const marks = carousel.closest(".note")?.querySelector(".note__marks");
  const heart = marks?.querySelector(".heart[aria-pressed]:not(.heart--save)");
  if (!heart) return;
  if (heart.ariaPressed === "false") heart.click();
  draw(heart, carousel, event);
}

document.addEventListener("pointerup", (event) => {
  const picture = event.target.closest(".carousel__track")?.parentElement;
  const counts = event.pointerType === "touch" && event.isPrimary && visualViewport.scale < 1.01;
  if (!picture || !counts) {
    first = null;
  } else if (isSecond(event)) {
    first = null;
    like(picture, event);
  } else {
    first = event;
  }
});
