// The page: one person's chat, live.

import { Composer } from "/static/composer.js";
import { day, find, keepingFocus, make } from "/static/dom.js";
import { Drafts } from "/static/drafts.js";
import { Groups } from "/static/groups.js";
import { Guide } from "/static/guide.js";
import { InlineResults } from "/static/inline.js";
import { Menu } from "/static/menu.js";
import { message } from "/static/messages.js";
import { chatKey, People } from "/static/people.js";
import { ReplyKeyboard } from "/static/replies.js";
import { say, speak } from "/static/speech.js";

const STATUS = { upload_document: "sending a file…", upload_photo: "sending a photo…" };
const NEAR_END = 140;

class Chat {
  constructor() {
    this.drawn = new Map();
    this.waiting = new Map();
    this.toasted = new Set();
    this.payload = new URLSearchParams(location.search).get("start") ?? "";
    this.guide = new Guide();
    this.drafts = new Drafts();
    this.menu = new Menu();
    this.composer = new Composer(this.actions());
    this.replies = new ReplyKeyboard((label) => this.post("press", { user: this.people.current, label, ...this.where() }));
    this.results = new InlineResults(this.actions());
    this.groups = new Groups(this, () => this.connect());
    this.people = new People(this.drafts, () => { this.groups.current = null; this.connect(); });
    this.listen();
    this.connect();
  }

  actions() {
    return {
      say: (text) => this.say(text),
      send: (file) => this.send(file),
      unblock: () => this.post("unblock", { user_id: this.people.current.id }),
      tap: (id, data, button) => this.tap(id, data, button),
      open: (url) => this.deepLink(url) || window.open(url, "_blank", "noopener"),
      deepLink: (url) => this.deepLink(url),
      copy: (text) => navigator.clipboard.writeText(text).then(() => this.toast(say("Copied"))),
      enlarge: (photo, text) => this.enlarge(photo, text),
      language: () => this.language,
      toast: (text) => this.toast(text),
      vote: (id, options) => this.post("poll", { user: this.people.current, message_id: id, options }),
      react: (id, emoji) => this.post("reaction", { user: this.people.current, message_id: id, emoji }),
      ask: (query) => this.post("inline", { user: this.people.current, query, chat_type: this.groups.current ? "group" : "sender" }),
      put: (query, id) => this.post("inline/choose", { query, result_id: id, ...this.where() }),
      fill: (query) => this.composer.fill(query === null ? "" : `@${this.username} ${query}`),
      typed: (text) => this.typed(text),
    };
  }

  listen() {
    const scroller = find("scroller");
    find("block").onclick = () => this.post("block", { user_id: this.people.current.id });
    find("down").onclick = () => scroller.scrollTo({ top: scroller.scrollHeight, behavior: "smooth" });
    scroller.onscroll = () => { find("down").hidden = this.distance() < NEAR_END; };
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(scroller);
  }

  connect() {
    this.source?.close();
    this.clear();
    speak(this.people.current.language_code);
    this.people.draw();
    this.chat = chatKey(this.people.current, this.groups.current);
    this.composer.put(this.drafts.of(this.chat));
    const { id, language_code } = this.people.current;
    this.source = new EventSource(`/page/events/${id}?language=${encodeURIComponent(language_code)}&chat=${this.groups.current?.id ?? ""}`);
    this.source.addEventListener("chat", (event) => this.update(JSON.parse(event.data)));
    this.source.addEventListener("people", (event) => this.people.update(JSON.parse(event.data)));
    this.source.onerror = () => this.status(say("connecting…"));
  }

  typed(text) {
    this.drafts.keep(this.chat, text);
    this.results.typed(text, this.username);
  }

  clear() {
    this.drawn.clear();
    this.waiting.clear();
    this.isFresh = false;
    find("messages").replaceChildren();
  }

  update(state) {
    this.username = state.bot.username;
    this.language = state.language;
    for (const id of ["description", "commands", "offer"]) find(id).lang = state.language;
    find("bot-name").textContent = document.title = this.groups.current?.title ?? state.bot.name;
    this.groups.update(state.groups, state.bot.name);
    this.replies.update(state.replies);
    this.results.update(state.inline);
    find("pinned").hidden = !state.pinned;
    find("pinned").textContent = state.pinned ? `📌 ${state.pinned.text}` : "";
    find("description").textContent = state.description;
    const isEmpty = !state.messages.length && !this.groups.current;
    find("about").hidden = !isEmpty || !state.description;
    this.composer.update({ commands: state.commands, blocked: state.blocked, isEmpty, payload: this.payload });
    find("block").hidden = state.blocked || isEmpty;
    this.guide.update(state.guide, state.language, state.messages.length > 0);
    this.offer(isEmpty || state.blocked || !this.guide.isOver ? null : state.offer);
    this.quiet = say(this.groups.current ? "group" : "bot");
    this.status(state.action ? say(STATUS[state.action] ?? "typing…") : this.quiet, Boolean(state.action));
    this.draw(state.messages);
    state.toasts.forEach((toast) => this.answer(toast));
    if (!isEmpty && !this.groups.current) this.people.read(this.people.current, state.messages.at(-1).id);
  }

  // What the page offers beside the chat, until it is taken or sent away.
  offer(offered) {
    find("offer").hidden = !offered || this.isOfferAnswered;
    if (!offered) return;
    find("offer-text").textContent = offered.text;
    find("offer-take").textContent = offered.label;
    const answer = (act) => () => { this.isOfferAnswered = find("offer").hidden = true; act(); };
    find("offer-take").onclick = answer(() => this.say(offered.command));
    find("offer-close").onclick = answer(() => {});
  }

  status(text, isLive = false) {
    clearTimeout(this.idle);
    find("status").textContent = text;
    find("status").classList.toggle("live", isLive);
    if (isLive) this.idle = setTimeout(() => this.status(this.quiet), 5000);
  }

  // Replace what changed and leave the rest alone, so that nothing jumps or loses the focus.
  draw(messages) {
    const isNearEnd = this.distance() < NEAR_END || !this.isFresh;
    const list = find("messages");
    const kept = new Set(messages.map(({ id }) => id));
    for (const [id, { element }] of this.drawn) if (!kept.has(id)) { element.remove(); this.drawn.delete(id); }
    list.querySelectorAll(".day").forEach((element) => element.remove());
    messages.forEach((value, index) => this.place(list, value, messages[index - 1], messages[index + 1]));
    if (isNearEnd) this.toEnd();
    this.isFresh = true;
  }

  place(list, value, before, after) {
    const element = this.element(list, value);
    const opensDay = !before || day(before.date) !== day(value.date);
    element.classList.toggle("first", !before || before.mine !== value.mine || before.author !== value.author || opensDay);
    element.classList.toggle("last", !after || after.mine !== value.mine || after.author !== value.author);
    if (opensDay) list.insertBefore(make("li", { className: "day" }, day(value.date)), element);
  }

  element(list, value) {
    const source = JSON.stringify(value);
    const drawn = this.drawn.get(value.id);
    if (drawn?.source === source) return drawn.element;
    const element = message(value, this.actions());
    if (drawn) keepingFocus(drawn.element, () => { drawn.element.replaceWith(element); return element; });
    else list.append(element);
    if (!drawn && this.isFresh) element.classList.add("fresh");
    element.querySelectorAll("img").forEach((image) => image.addEventListener("load", () => this.stuck && this.toEnd()));
    this.drawn.set(value.id, { source, element });
    return element;
  }

  distance() {
    const { scrollHeight, scrollTop, clientHeight } = find("scroller");
    const left = scrollHeight - scrollTop - clientHeight;
    this.stuck = left < NEAR_END;
    return left;
  }

  toEnd() {
    const scroller = find("scroller");
    scroller.scrollTop = scroller.scrollHeight;
    this.stuck = true;
  }

  async tap(id, data, button) {
    button.classList.add("waiting");
    this.guide.did(data);
    const updateId = await this.post("callback", { user_id: this.people.current.id, message_id: id, data });
    if (updateId) this.waiting.set(updateId, button);
    else button.classList.remove("waiting");
    if (this.toasted.has(updateId)) button.classList.remove("waiting");
  }

  answer({ update_id: updateId, text, alert, url }) {
    if (this.toasted.has(updateId)) return;
    this.toasted.add(updateId);
    this.waiting.get(updateId)?.classList.remove("waiting");
    if (url) this.deepLink(url);
    if (!text) return;
    if (!alert) return void this.toast(text);
    find("alert-text").textContent = text;
    find("alert").showModal();
  }

  toast(text) {
    clearTimeout(this.fading);
    const toast = find("toast");
    toast.hidden = true;
    toast.textContent = text;
    requestAnimationFrame(() => { toast.hidden = false; });
    this.fading = setTimeout(() => { toast.hidden = true; }, 3200);
  }

  enlarge({ url, name }, text) {
    find("lightbox-image").src = find("lightbox-save").href = url;
    find("lightbox-image").alt = text;
    find("lightbox-save").download = name;
    find("lightbox").showModal();
  }

  deepLink(url) {
    const link = /^(?:https?:\/\/(?:www\.)?(?:t\.me|telegram\.me)\/(\w+)|tg:\/\/resolve\?domain=(\w+))/i.exec(url);
    if ((link?.[1] ?? link?.[2])?.toLowerCase() !== this.username?.toLowerCase()) return false;
    const payload = /[?&]start=([\w-]{1,64})/.exec(url)?.[1];
    if (payload) this.groups.leave().then(() => this.say(`/start ${payload}`));
    return true;
  }

  say(text) {
    this.toEnd();
    this.guide.did(text);
    return this.post("message", { user: this.people.current, text, ...this.where() });
  }

  // The chat that is shown, where it is not the private one.
  where() {
    return this.groups.current ? { chat: this.groups.chat() } : {};
  }

  async send(file) {
    this.toEnd();
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    this.post("document", { user: this.people.current, name: file.name, content_base64: btoa(binary), ...this.where() });
  }

  async post(route, body) {
    try {
      const response = await fetch(`/sim/${route}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      const answer = await response.json();
      if (answer.error) this.toast(answer.error);
      return answer.update_id;
    } catch {
      this.toast(say("The local Telegram does not answer. Is it still running?"));
      return null;
    }
  }
}

new Chat();
