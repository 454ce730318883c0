// A search box that offers choices while one types. Without this it is a form that works.
const PAUSE = 120;

class Combobox {
  constructor(form, number) {
    this.form = form;
    this.input = form.querySelector("input");
    this.list = form.querySelector("[role=listbox]");
    this.list.id = `choices-${number}`;
    this.chosen = this.turn = 0;
    this.input.role = "combobox";
    this.input.ariaAutoComplete = "list";
    this.input.setAttribute("aria-controls", this.list.id);
    this.show(false);
    this.input.addEventListener("input", (event) => event.isComposing || this.wait());
    this.input.addEventListener("compositionend", () => this.wait());
    this.input.addEventListener("focus", () => this.wait());
    this.input.addEventListener("blur", () => this.show(false));
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const turn = ++this.turn;
    const query = new URLSearchParams({ q: this.input.value });
    const answer = await fetch(`${this.form.dataset.combobox}?${query}`).catch(() => null);
    const html = answer?.ok ? await answer.text() : "";
    if (turn !== this.turn || document.activeElement !== this.input) return;
    this.list.innerHTML = html;
    [...this.list.children].forEach((option, n) => (option.id = `${this.list.id}-${n + 1}`));
    this.show(this.list.childElementCount > 0);
  }

  show(open) {
    this.list.hidden = !open;
    this.input.ariaExpanded = String(open);
    this.choose(0);
  }

  // 0 is what was typed, 1 the first choice.
  choose(place) {
    this.chosen = place;
    [...this.list.children].forEach((option, n) => (option.ariaSelected = String(n + 1 === place)));
    if (place) this.input.setAttribute("aria-activedescendant", `${this.list.id}-${place}`);
    else this.input.removeAttribute("aria-activedescendant");
    this.list.children[place - 1]?.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.list.hidden) this.ask();
    else if (step) {
      const places = this.list.childElementCount + 1;
      this.choose((this.chosen + step + places) % places);
    } else if (event.key === "Enter" && this.chosen) {
      this.list.children[this.chosen - 1].click();
    } else if (event.key === "Escape" && !this.list.hidden) this.show(false);
    else return;
    event.preventDefault();
  }
}

document.querySelectorAll("[data-combobox]").forEach((form, n) => new Combobox(form, n));
