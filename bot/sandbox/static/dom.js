// Building elements without ever parsing HTML: every text stays text.

import { say, tag } from "/static/speech.js";

export const find = (id) => document.getElementById(id);

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export function avatar(person, element = make("span")) {
  const initials = [...person.first_name.trim()].slice(0, 1).join("");
  element.className = `${element.classList.contains("small") ? "avatar small" : "avatar"} c${person.id % 7}`;
  element.setAttribute("aria-hidden", "true");
  element.textContent = initials;
  return element;
}

// What this browser keeps under a name; nothing where it keeps nothing, or something broken.
export function stored(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

const FOCUSABLE = "button, a, summary, [tabindex]";

// Put children in place of others without taking the focus from who is in the middle of them.
export function refill(parent, ...children) {
  const isSame = parent.children.length === children.length && children.every((child, place) => child.isEqualNode(parent.children[place]));
  if (isSame) return;
  keepingFocus(parent, () => { parent.replaceChildren(...children); return parent; });
}

// Whoever has the focus inside an element has it after the change, too: on what says the same but for its mark, else on
// what stands at the same place. The change returns the element that is there now.
export function keepingFocus(element, change) {
  const all = [...element.querySelectorAll(FOCUSABLE)];
  const place = all.indexOf(document.activeElement);
  const label = place < 0 ? "" : bare(all[place]);
  const changed = change();
  if (place < 0) return;
  const now = [...changed.querySelectorAll(FOCUSABLE)];
  const heir = now.find((one) => label && bare(one) === label) ?? now[Math.min(place, now.length - 1)] ?? find("scroller");
  heir.focus({ preventScroll: true });
}

// A label's letters and digits: a toggle's mark comes and goes.
const bare = (element) => (element.getAttribute("aria-label") ?? element.textContent).replace(/[^\p{L}\p{N}]/gu, "");

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString(tag(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function day(seconds) {
  const date = new Date(seconds * 1000);
  if (date.toDateString() === new Date().toDateString()) return say("Today");
  return date.toLocaleDateString(tag(), { day: "numeric", month: "long" });
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
