// Formatted text: entities become elements. Offsets are UTF-16 units, which is how JavaScript counts too.

import { make } from "/static/dom.js";
import { say } from "/static/speech.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", blockquote: "blockquote", pre: "pre", code: "code" };

const BLOCKS = new Set(["blockquote", "pre"]);

export function words(text, entities, actions) {
  const root = make("div", { className: "words" });
  fill(root, text, 0, text.length, entities, actions);
  return root;
}

function fill(parent, text, from, to, entities, actions) {
  let position = from;
  entities.forEach((entity, index) => {
    const end = entity.offset + entity.length;
    if (entity.offset < position || end > to) return;
    parent.append(text.slice(position, entity.offset));
    const inner = entities.slice(index + 1).filter((other) => other.offset + other.length <= end);
    const element = span(entity, text.slice(entity.offset, end), actions);
    fill(element, text, entity.offset, end, inner, actions);
    parent.append(element);
    position = end + Number(BLOCKS.has(entity.type) && text[end] === "\n" && end < to); // a block breaks the line by itself
  });
  parent.append(text.slice(position, to));
}

function span(entity, text, actions) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, actions);
    case "url":
      return link(/^https?:/i.test(text) ? text : `https://${text}`, actions);
    case "bot_command":
      return make("button", { type: "button", className: "command", onclick: () => actions.say(text) });
    case "spoiler":
      return spoiler();
    case "code":
      return button("code", { title: say("Copy") }, () => actions.copy(text));
    default:
      return make(TAGS[entity.type] ?? "span");
  }
}

function link(url, actions) {
  const safe = /^(https?|tg|ton):/i.test(url) ? url : "about:blank";
  const open = (event) => {
    if (actions.deepLink(safe)) event.preventDefault();
  };
  return make("a", { href: safe, target: "_blank", rel: "noopener noreferrer", onclick: open });
}

function spoiler() {
  const element = button("span", { className: "spoiler", "aria-label": say("Hidden text") }, () => {
    element.classList.add("shown");
    element.removeAttribute("role");
    element.removeAttribute("aria-label");
  });
  return element;
}

// A button in the middle of a text, which breaks into lines as words do.
function button(tag, properties, act) {
  const press = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  };
  return make(tag, { role: "button", tabIndex: 0, onclick: act, onkeydown: press, ...properties });
}
