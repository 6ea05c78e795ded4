/** What a marker says, and how it looks: a price, a number of spaces, or a dot. */

import { h, icon } from "../dom.js";
import { clock, count, isolated, money, number, say } from "../words.js";

/** Fills a marker's button for one space. */
export function showSpace(button, row, zone) {
  button.className = `marker marker-${row.state}`;
  if (row.state === "place") return showPlace(button);
  button.setAttribute("aria-label", spoken(row, zone));
  button.title = row.title;
  if (row.state === "taken") return button.replaceChildren();
  const price = h("span.marker-price", {}, money({ minor: row.total, currency: row.currency }, { short: true }));
  button.replaceChildren(row.state === "soon" ? icon("clock") : "", price, stars(row));
}

/** A space that is looked at though it is not among those that were asked for. */
function showPlace(button) {
  button.setAttribute("aria-label", say("The space you are looking at"));
  button.title = "";
  button.replaceChildren();
}

/** Seen on the chosen marker alone. */
function stars({ stars: average }) {
  if (average === null) return "";
  const shown = number(average, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return h("span.marker-stars", {}, icon("star"), shown);
}

/** Fills a marker's button for several spaces. */
export function showGroup(button, rows) {
  const free = rows.some(({ state }) => state === "free");
  const cheapest = rows.reduce((least, row) => (row.total < least.total ? row : least));
  button.className = `marker marker-group${free ? "" : " marker-later"}`;
  button.title = "";
  const price = money({ minor: cheapest.total, currency: cheapest.currency }, { short: true });
  const label = free
    ? count("{n} space here, from {price}", "{n} spaces here, from {price}", rows.length, { price })
    : count("{n} space free soon, from {price}", "{n} spaces free soon, from {price}", rows.length, { price });
  button.setAttribute("aria-label", label);
  const from = rows.every(({ currency }) => currency === cheapest.currency) ? say("from {price}", { price }) : "";
  button.replaceChildren(
    h("span.marker-count", {}, number(rows.length)),
    h("span.marker-price", {}, from),
  );
}

/** Fills a marker's button for more spaces than can be told apart. */
export function showCrowd(button, { count: n }) {
  button.className = "marker marker-crowd";
  button.setAttribute("aria-label", count("{n} space, zoom in", "{n} spaces, zoom in", n));
  button.replaceChildren(h("span.marker-count", {}, number(n, { notation: "compact" })));
}

function spoken(row, zone) {
  const facts = {
    title: isolated(row.title),
    price: money({ minor: row.total, currency: row.currency }),
    time: row.since ? clock(new Date(row.since), zone) : "",
  };
  if (row.state === "free") return say("{title}, {price}, free", facts);
  if (row.state === "soon") return say("{title}, {price}, free from {time}", facts);
  return say("{title}, taken", facts);
}
