// The keyboard of ready answers under the typing box.

import { find, make, refill } from "/static/dom.js";
import { say } from "/static/speech.js";

export class ReplyKeyboard {
  constructor(onPress) {
    this.onPress = onPress;
  }

  update(replies) {
    const rows = replies?.keyboard ?? [];
    find("replies").hidden = !rows.length;
    refill(find("replies"), ...rows.map((row) => make("div", { className: "row" }, ...row.map(({ text }) => this.key(text)))));
    find("text").placeholder = replies?.input_field_placeholder ?? say("Message");
    if (replies?.force_reply && this.asked !== replies.message_id) find("text").focus({ preventScroll: true });
    this.asked = replies?.message_id;
  }

  key(text) {
    return make("button", { type: "button", onclick: () => this.onPress(text) }, text);
  }
}
