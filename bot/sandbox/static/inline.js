// What the bot answers while its name and a query are typed.

import { find, make, refill } from "/static/dom.js";
import { say } from "/static/speech.js";

const PAUSE_MS = 250;

export class InlineResults {
  constructor(actions) {
    this.actions = actions;
    this.asked = null;
  }

  typed(text, username) {
    const [name, ...rest] = text.split(" ");
    const query = username && rest.length && name.toLowerCase() === `@${username.toLowerCase()}` ? rest.join(" ").trim() : null;
    if (query === this.query) return;
    this.query = query;
    clearTimeout(this.pause);
    if (query === null) return this.show(null);
    this.pause = setTimeout(async () => { this.asked = await this.actions.ask(query); this.show(this.answer); }, PAUSE_MS);
  }

  update(answer) {
    this.answer = answer;
    this.show(answer);
  }

  show(answer) {
    const fits = this.query !== null && this.query !== undefined && answer?.update_id === this.asked;
    find("results").hidden = !fits || !answer.results.length;
    if (fits) refill(find("results"), ...answer.results.map((result) => this.row(answer.update_id, result)));
  }

  row(updateId, { id, title, description }) {
    const choose = () => {
      this.actions.put(updateId, id);
      this.actions.fill(null);
    };
    const onkeydown = (event) => event.key === "Enter" && choose();
    return make("li", { role: "option", tabIndex: 0, onkeydown, "data-query": String(updateId), "data-id": id, onclick: choose }, make("span", {}, title || say("Result")), make("b", {}, description));
  }
}
