// Polls to vote in, and reactions under a message.

import { icon, make } from "/static/dom.js";
import { say } from "/static/speech.js";

const OFTEN = new Map([["👍", "thumbs up"], ["❤", "a heart"], ["🔥", "fire"], ["😁", "a grin"], ["🤔", "a thinking face"], ["👎", "thumbs down"]]);

export function poll(value, actions) {
  const { question, kind, options, total, closed, several } = value.poll;
  const votes = say(closed ? "Final results" : kind);
  const voted = options.some((option) => option.chosen);
  const rows = options.map((option, place) => row(value, option, place, actions));
  const back = voted && !closed && value.poll.revotes ? make("button", { type: "button", className: "retract", onclick: () => actions.vote(value.id, []) }, say("Retract vote")) : null;
  const count = several ? say("{name} votes, several answers allowed", total) : total === 1 ? say("1 vote") : say("{name} votes", total);
  return make("div", { className: "poll", role: "group", "aria-label": `${say("Poll")}: ${question}` }, make("b", {}, question), make("span", { className: "note" }, votes), ...rows, make("span", { className: "note" }, count), back);
}

function row(value, option, place, actions) {
  const { options, total, closed, several, revotes } = value.poll;
  const others = several ? options.flatMap((one, at) => (one.chosen && at !== place ? [at] : [])) : [];
  const vote = () => actions.vote(value.id, option.chosen ? others : [...others, place]);
  const mark = option.correct ? "✓" : option.chosen ? "●" : "○";
  const share = option.count === null ? "" : `${total ? Math.round((100 * option.count) / total) : 0}%`;
  const bar = make("span", { className: "share" });
  bar.style.width = share || "0";
  const isFixed = closed || (!revotes && options.some((one) => one.chosen));
  return make("button", { type: "button", className: "option", disabled: isFixed, "aria-pressed": String(option.chosen), onclick: vote }, make("span", { className: "mark", "aria-hidden": "true" }, mark), make("span", { className: "answer" }, option.text), make("span", {}, share), bar);
}

export function reactions(value, actions) {
  const mine = value.reactions.filter((one) => one.mine).map((one) => one.emoji);
  const turn = (emoji) => () => actions.react(value.id, mine.includes(emoji) ? [] : [emoji]);
  const chips = value.reactions.map(({ emoji, count, mine: isMine }) => make("button", { type: "button", "aria-label": `${say("Reactions with {name}", say(OFTEN.get(emoji) ?? emoji))}: ${count}`, "aria-pressed": String(isMine), onclick: turn(emoji) }, `${emoji} ${count}`));
  const more = make("details", {}, make("summary", { "aria-label": say("React"), title: say("React") }, icon("smile")), ...[...OFTEN].map(([emoji, name]) => make("button", { type: "button", title: say(name), "aria-label": say("React with {name}", say(name)), onclick: turn(emoji) }, emoji)));
  return make("div", { className: "reactions" }, ...chips, more);
}
