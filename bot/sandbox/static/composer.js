// The typing box, the command menu and the start button.

import { find, make, refill } from "/static/dom.js";
import { say } from "/static/speech.js";

const LONGEST = 4096;

export class Composer {
  constructor(actions) {
    this.actions = actions;
    this.all = [];
    this.shown = [];
    this.selected = -1;
    this.text = find("text");
    this.listen();
  }

  listen() {
    find("composer").onsubmit = (event) => { event.preventDefault(); this.submit(); };
    find("start").onclick = () => this.onStart();
    find("menu").onclick = () => this.toggle();
    find("attach").onclick = () => find("file").click();
    find("file").onchange = () => this.attach();
    this.text.oninput = () => this.changed();
    this.text.onkeydown = find("commands").onkeydown = (event) => this.key(event);
  }

  // Show what fits the chat: a start button, the way back from a block, or the typing box.
  update({ commands, blocked, isEmpty, payload }) {
    const isNew = JSON.stringify(commands) !== JSON.stringify(this.all);
    this.all = commands;
    const start = find("start");
    const waits = blocked || isEmpty;
    const had = !find("composer").hidden;
    start.hidden = !waits;
    find("composer").hidden = waits;
    find("menu").hidden = !commands.length;
    if (!waits && !had) this.grow(); // hidden, a draft had no height
    start.textContent = say(blocked ? "Restart bot" : "Start");
    this.onStart = blocked ? this.actions.unblock : () => this.actions.say(payload ? `/start ${payload}` : "/start");
    if (!waits && !had && matchMedia("(hover: hover)").matches) this.text.focus({ preventScroll: true });
    if (isNew) this.suggest();
  }

  changed() {
    this.grow();
    this.suggest();
    this.actions.typed(this.text.value);
  }

  submit() {
    const text = this.text.value.trim();
    if (!text) return;
    for (const part of parts(text)) this.actions.say(part);
    this.put("");
    this.open([]);
  }

  // Have a text in the box, as if it had been typed.
  put(text) {
    this.text.value = text;
    this.changed();
  }

  fill(text) {
    this.put(text);
    this.text.focus();
  }

  attach() {
    const [file] = find("file").files;
    if (file) this.actions.send(file);
    find("file").value = "";
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 240)}px`;
  }

  suggest() {
    const typed = /^\/(\w*)$/.exec(this.text.value);
    if (typed) this.open(this.all.filter(([name]) => name.startsWith(typed[1].toLowerCase())));
    else if (find("menu").getAttribute("aria-expanded") !== "true") this.open([]);
    else this.open(this.all, true);
  }

  toggle() {
    const isOpen = find("menu").getAttribute("aria-expanded") === "true";
    this.open(isOpen ? [] : this.all, !isOpen);
    if (!isOpen) this.text.focus();
  }

  open(commands, byMenu = false) {
    this.shown = commands;
    this.selected = commands.length && !byMenu ? 0 : -1;
    find("menu").setAttribute("aria-expanded", String(byMenu));
    find("commands").hidden = !commands.length;
    refill(find("commands"), ...commands.map((command, index) => this.option(command, index)));
    this.mark();
  }

  option([name, description], index) {
    const choose = () => this.choose(index);
    const selected = String(index === this.selected);
    return make("li", { role: "option", id: `command-${name}`, "aria-selected": selected, onclick: choose }, make("b", {}, `/${name}`), make("span", {}, description));
  }

  mark() {
    [...find("commands").children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.selected)));
    const row = find("commands").children[this.selected];
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.text.setAttribute("aria-activedescendant", row.id);
    else this.text.removeAttribute("aria-activedescendant");
  }

  choose(index) {
    this.actions.say(`/${this.shown[index][0]}`);
    this.put("");
    this.open([]);
  }

  key(event) {
    if (event.key === "Escape") return this.open([]);
    if (this.shown.length && ["ArrowDown", "ArrowUp"].includes(event.key)) return this.move(event);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return undefined;
    event.preventDefault();
    return this.selected >= 0 && this.shown.length ? this.choose(this.selected) : this.submit();
  }

  move(event) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    this.selected = (this.selected + step + this.shown.length) % this.shown.length;
    this.mark();
  }
}

// Telegram's apps cut a text that is too long into several messages.
function parts(text) {
  const found = [];
  for (let rest = text; rest; ) {
    let end = Math.min(LONGEST, rest.length);
    if (/[\ud800-\udbff]/.test(rest[end - 1]) && end < rest.length) end -= 1;
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return found;
}
