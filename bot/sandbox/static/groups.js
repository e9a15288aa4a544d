// The groups one is in, beside the private chat with the bot.

import { find, make, refill } from "/static/dom.js";
import { say } from "/static/speech.js";

export class Groups {
  constructor(page, onSwitch) {
    this.page = page;
    this.onSwitch = onSwitch;
    this.current = null;
    find("make-group").onclick = () => this.create();
  }

  chat() {
    const type = this.current.id < -1e12 ? "supergroup" : "group";
    return { id: this.current.id, type, title: this.current.title };
  }

  update(groups, botName) {
    const choices = [null, ...groups];
    find("chats").hidden = !groups.length;
    refill(find("chats"), ...choices.map((group) => this.choice(group, botName)));
  }

  choice(group, botName) {
    const isCurrent = (group?.id ?? null) === (this.current?.id ?? null);
    return make("button", { type: "button", "aria-current": String(isCurrent), "data-id": String(group?.id ?? ""), onclick: () => this.choose(group) }, group?.title ?? botName);
  }

  choose(group) {
    this.current = group;
    this.onSwitch();
  }

  async leave() {
    if (this.current) this.choose(null);
  }

  async create() {
    const { people } = this.page;
    const id = -(1 + Math.floor(Math.random() * 1e9));
    const title = say("{name}'s group", people.current.first_name);
    const members = people.known.filter((one) => one.id !== people.current.id);
    await this.page.post("group", { user: people.current, chat: { id, type: "group", title }, members });
    await this.page.post("group/member", { user: people.current, chat_id: id, status: "member" });
    this.choose({ id, title });
  }
}
