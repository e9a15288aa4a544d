// The people one can be: kept in this browser, joined with those the sandbox knows.

import { avatar, clock, find, make, refill, stored } from "/static/dom.js";
import { say } from "/static/speech.js";
import { tongue } from "/static/tongues.js";

const LANGUAGES = [["en", "English"], ["zh-hans", "简体中文"], ["de", "Deutsch"], ["es", "Español"], ["fr", "Français"], ["ja", "日本語"], ["pt-br", "Português"], ["ru", "Русский"], ["ar", "العربية"]];

export class People {
  // `drafts` are what was typed and not sent.
  constructor(drafts, onSwitch) {
    this.drafts = drafts;
    this.onSwitch = onSwitch;
    this.known = stored("people") ?? [first()];
    this.seen = stored("seen") ?? {};
    this.chats = new Map();
    this.current = this.known.find((one) => one.id === stored("current")) ?? this.known[0];
    this.listen();
    this.draw();
  }

  listen() {
    find("person-language").prepend(...LANGUAGES.map(([code, name]) => new Option(name, code)));
    find("add-person").onclick = () => this.ask(null);
    find("rename").onclick = () => this.ask(this.current);
    find("person-cancel").onclick = () => find("person").close();
    find("person-form").onsubmit = () => this.save();
    find("open-people").onclick = () => this.show(true);
    find("close-people").onclick = () => this.show(false);
  }

  ask(person) {
    this.edited = person;
    find("person-title").textContent = say(person ? "Edit this person" : "Add a person");
    find("person-name").value = person?.first_name ?? "";
    find("person-language").value = person?.language_code ?? "en";
    find("person").showModal();
  }

  save() {
    const changes = { first_name: find("person-name").value.trim() || say("Nameless"), language_code: find("person-language").value };
    const person = this.edited ? Object.assign(this.edited, changes) : { id: newId(), ...changes };
    if (!this.edited) this.known.push(person);
    this.choose(person);
  }

  choose(person) {
    this.current = person;
    this.show(false);
    this.keep();
    this.draw();
    this.onSwitch(person);
  }

  // What the sandbox knows about everybody's chats: [{id, first_name, language_code, last, date, message_id}].
  update(chats) {
    this.chats = new Map(chats.map((chat) => [chat.id, chat]));
    for (const { id, first_name, language_code } of chats)
      if (!this.known.some((one) => one.id === id)) this.known.push({ id, first_name, language_code });
    this.draw();
  }

  read(person, messageId) {
    if (this.seen[person.id] === messageId) return;
    this.seen[person.id] = messageId;
    this.keep();
    this.draw();
  }

  keep() {
    localStorage.setItem("people", JSON.stringify(this.known));
    localStorage.setItem("seen", JSON.stringify(this.seen));
    localStorage.setItem("current", JSON.stringify(this.current.id));
  }

  show(open) {
    find("side").classList.toggle("open", open);
    (open ? find("close-people") : find("open-people")).focus({ preventScroll: true });
  }

  draw() {
    const newest = (one) => this.chats.get(one.id)?.date ?? 0;
    const rows = [...this.known].sort((one, other) => newest(other) - newest(one)).map((one) => this.row(one));
    refill(find("people"), ...rows);
    avatar(this.current, find("my-avatar"));
    find("open-people").setAttribute("aria-label", say("You are {name}. Switch person", this.current.first_name));
  }

  row(person) {
    const chat = this.chats.get(person.id);
    const isCurrent = person.id === this.current.id;
    const isNew = chat?.message_id > (this.seen[person.id] ?? 0) && !isCurrent;
    const language = person.language_code ? make("small", {}, person.language_code.slice(0, 2)) : null;
    const button = make(
      "button",
      { type: "button", "aria-current": String(isCurrent), "data-id": String(person.id), onclick: () => this.choose(person) },
      avatar(person),
      make("span", { className: "name" }, person.first_name, language),
      make("span", { className: "when" }, chat?.date ? clock(chat.date) : ""),
      this.last(person, isCurrent, chat?.last ?? say("Says nothing yet")),
      isNew ? make("span", { className: "new", title: say("New message") }) : make("span"),
    );
    return make("li", {}, button);
  }

  // The newest line of a chat, or what waits in it to be sent.
  last(person, isCurrent, text) {
    const draft = isCurrent ? "" : this.drafts.of(chatKey(person, null));
    if (draft) return make("span", { className: "last" }, make("span", { className: "draft" }, say("Draft: ")), draft);
    return make("span", { className: "last", lang: tongue(text, person.language_code) }, text);
  }
}

// A person's chat, private or in a group, as drafts are kept by it.
export const chatKey = (person, group) => `${person.id}/${group?.id ?? ""}`;

function first() {
  const own = navigator.language.toLowerCase().slice(0, 2);
  const language_code = LANGUAGES.find(([code]) => code.slice(0, 2) === own)?.[0] ?? "en";
  return { id: newId(), first_name: own === "zh" ? "小林" : "Alex", language_code };
}

const newId = () => 100_000_000 + Math.floor(Math.random() * 800_000_000);
