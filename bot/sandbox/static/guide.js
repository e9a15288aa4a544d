// The first steps, for who opens the page cold: shown one by one along with what a person does, never in the way.

import { find, make, refill } from "/static/dom.js";

const KEPT = "guide";

export class Guide {
  constructor() {
    this.steps = [];
    this.at = Number(localStorage.getItem(KEPT)) || 0;
    find("guide-close").onclick = () => this.go(Infinity);
  }

  get isOver() {
    return this.at >= this.steps.length;
  }

  update(steps, language, isMet) {
    this.steps = steps;
    find("guide").lang = language;
    if (isMet && this.at === 0 && steps.length) this.go(1);
    this.draw();
  }

  // What was written or tapped may end this step, and those before it.
  did(what) {
    const ended = this.steps.findLastIndex((step) => step.until.some((beginning) => what.startsWith(beginning)));
    if (ended >= this.at) this.go(ended + 1);
  }

  go(step) {
    this.at = Math.min(step, Number.MAX_SAFE_INTEGER);
    localStorage.setItem(KEPT, this.at);
    this.draw();
  }

  draw() {
    find("guide").hidden = this.isOver;
    if (this.isOver) return;
    const dots = this.steps.map((_, place) => make("span", { className: place <= this.at ? "dot done" : "dot" }));
    refill(find("guide-dots"), ...dots);
    find("guide-count").textContent = `${this.at + 1}/${this.steps.length}`;
    find("guide-text").textContent = this.steps[this.at].text;
  }
}
