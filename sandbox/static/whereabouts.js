/** Where each person stands: what a phone's GPS would say. Kept in the browser. */

import { h } from "./dom.js";

// Two ends of the demo city's centre.
const AT_FIRST = [
  { latitude: 60.17131, longitude: 24.9437 },
  { latitude: 60.16686, longitude: 24.94437 },
];

export function whereIs(person) {
  const kept = localStorage.getItem(`place.${person.id}`);
  return kept ? JSON.parse(kept) : AT_FIRST[person.id % 2 ? 0 : 1];
}

export function standsAt(person, { latitude, longitude }) {
  localStorage.setItem(`place.${person.id}`, JSON.stringify({ latitude, longitude }));
}

/** Whether the person lets inline queries carry their place. */
export const mayTellPlace = (person) => localStorage.getItem(`tell.${person.id}`) === "yes";

/** What a web app is told of the person's place, and whether they were asked about that yet. */
export function locationFor(person) {
  const told = localStorage.getItem(`tell.${person.id}`);
  const granted = told === "yes";
  return {
    asked: Boolean(told),
    allow: (yes) => localStorage.setItem(`tell.${person.id}`, yes ? "yes" : "no"),
    state: { available: true, access_requested: Boolean(told), access_granted: granted },
    answer: granted ? { available: true, ...whereIs(person), horizontal_accuracy: 15 } : { available: false },
  };
}

/** The question that Telegram asks once, as a row above the results; null when it has been answered. */
export function consentRow(person, bot, again) {
  const key = `tell.${person.id}`;
  if (localStorage.getItem(key)) return null;
  const answer = (word) => () => {
    localStorage.setItem(key, word);
    row.remove();
    if (word === "yes") again();
  };
  const row = h(
    "div.consent",
    {},
    h("span", {}, `Let ${bot.first_name} know where you are when you search?`),
    h("button.chip", { type: "button", onclick: answer("yes") }, "Allow"),
    h("button.chip.quiet", { type: "button", onclick: answer("no") }, "Not now"),
  );
  return row;
}
