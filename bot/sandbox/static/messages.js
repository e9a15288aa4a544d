// One message as an element: bubble, photo or document, keyboard.

import { clock, icon, make, size } from "/static/dom.js";
import { poll, reactions } from "/static/polls.js";
import { say } from "/static/speech.js";
import { tongue } from "/static/tongues.js";
import { words } from "/static/words.js";

export function message(value, actions) {
  if (value.service) return make("li", { className: "service" }, value.service);
  const element = make("li", { className: value.mine ? "message mine" : "message", lang: tongue(value.text, actions.language()) }, bubble(value, actions));
  if (value.keyboard.length) element.append(keyboard(value, actions));
  return element;
}

function bubble(value, actions) {
  const element = make("div", { className: "bubble" });
  if (value.author) element.append(make("b", { className: "author" }, value.author));
  if (value.note) element.append(make("span", { className: "note" }, value.note));
  if (value.reply) element.append(make("blockquote", { className: "reply" }, make("b", {}, value.reply.author), value.reply.text));
  if (value.photo) element.append(photo(value, actions));
  if (value.document) element.append(file(value.document, value.kind));
  if (value.extra) element.append(make("div", { className: "extra" }, value.extra));
  if (value.poll) element.append(poll(value, actions));
  const body = value.text ? words(value.text, value.entities, actions) : null;
  if (body) body.append(meta(value));
  element.append(body ?? meta(value), reactions(value, actions));
  return element;
}

function meta(value) {
  const edited = value.edited ? make("span", {}, say("edited")) : null;
  const time = make("time", { dateTime: new Date(value.date * 1000).toISOString() }, clock(value.date));
  return make("span", { className: "meta" }, edited, time, value.mine ? icon("ticks") : null);
}

function photo(value, actions) {
  const { url, width, height } = value.photo;
  const image = make("img", { src: url, width, height, alt: value.text ? `${say("Photo")}: ${value.text.slice(0, 80)}` : say("Photo") });
  const className = value.text ? "photo" : "photo alone";
  return make("button", { type: "button", className, "aria-label": say("Open the photo"), onclick: () => actions.enlarge(value.photo, value.text) }, image);
}

function file(value, kind) {
  const what = kind === "Document" ? size(value.size) : `${kind}, ${size(value.size)}`;
  const text = make("span", {}, make("b", {}, value.name), make("span", {}, what));
  return make("a", { className: "document", href: value.url, download: value.name }, make("span", { className: "disc" }, icon("file")), text);
}

function keyboard(value, actions) {
  const rows = value.keyboard.map((row) => make("div", { className: "row" }, ...row.map((one) => key(value, one, actions))));
  return make("div", { className: "keyboard", role: "group", "aria-label": say("Buttons") }, ...rows);
}

function key(value, [text, action, target], actions) {
  const element = make("button", { type: "button", title: text.length > 12 ? text : "" }, text);
  if (action === "url") element.append(icon("link"));
  element.onclick = () => press(value, element, action, target, actions);
  return element;
}

function press(value, element, action, target, actions) {
  if (action === "callback_data") actions.tap(value.id, target, element);
  else if (action === "url") actions.open(target);
  else if (action === "copy_text") actions.copy(target.text);
  else if (action === "switch_inline_query_current_chat") actions.fill(target);
  else actions.toast(say("This kind of button does nothing here."));
}
