// The page's own words, in the language of who one is; in English where it has no other.

import { TRANSLATIONS } from "/static/translations.js";

const ATTRIBUTES = ["aria-label", "placeholder", "title"];

const TAGS = { zh: "zh-Hans" };

let spoken = "en";
const written = [...texts(), ...attributes()];

// What the page says, in the language that it speaks now; {name} is filled in.
export const say = (english, name = "") => (TRANSLATIONS.get(spoken)?.[english] ?? english).replace("{name}", () => name);

// Which language the page is in; dates and times are written as in it.
export const tag = () => (TAGS[spoken] ?? spoken);

export function speak(language) {
  const primary = language.slice(0, 2);
  spoken = TRANSLATIONS.has(primary) ? primary : "en";
  document.documentElement.lang = tag();
  for (const [write, english] of written) write(say(english));
}

// Every word that stands in the page itself, with the way to write another in its place.
function texts() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found.filter((node) => isOwn(node.data.trim())).map((node) => [(text) => { node.data = text; }, node.data.trim()]);
}

function isOwn(text) {
  return TRANSLATIONS.get("zh")[text] !== undefined;
}

function attributes() {
  return ATTRIBUTES.flatMap((name) => [...document.querySelectorAll(`[${name}]`)].map((element) => [(text) => element.setAttribute(name, text), element.getAttribute(name)]));
}
