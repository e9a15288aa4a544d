// What was typed and not sent, chat by chat; kept in this browser.

import { stored } from "/static/dom.js";

const KEPT = "drafts";

export class Drafts {
  constructor() {
    this.texts = stored(KEPT) ?? {};
  }

  of(chat) {
    return this.texts[chat] ?? "";
  }

  keep(chat, text) {
    if (text.trim()) this.texts[chat] = text;
    else delete this.texts[chat];
    localStorage.setItem(KEPT, JSON.stringify(this.texts));
  }
}
