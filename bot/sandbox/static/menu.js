// The menu behind ⋮: opened by a tap or a key, walked through with the arrows, closed by Escape or a tap elsewhere.

import { find } from "/static/dom.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export class Menu {
  constructor() {
    this.button = find("more");
    this.list = find("more-menu");
    this.button.onclick = (event) => { event.stopPropagation(); this.open(this.list.hidden); };
    this.list.onkeydown = (event) => this.key(event);
    document.addEventListener("click", () => this.open(false));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.items()[0]?.focus();
  }

  close() {
    if (this.list.hidden) return;
    this.open(false);
    this.button.focus();
  }

  items() {
    return [...this.list.children].filter((item) => !item.hidden);
  }

  key(event) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const items = this.items();
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
  }
}
