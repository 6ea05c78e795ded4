/** What one has booked: ahead, and past. */

import { h } from "../dom.js";
import { explain } from "../notes.js";
import { oneOf } from "../parts/field.js";
import { fill, nothing } from "../parts/states.js";
import { isolated, money, say, sentence, when } from "../words.js";
import { badge, spanOf } from "./state.js";

const PAGE = 10;

export async function open(app) {
  if (!(await app.session.require())) return null;
  const end = new AbortController();
  const place = h("div.cards");
  const which = oneOf(
    say("Which bookings"),
    [
      { value: "coming", text: say("Coming") },
      { value: "past", text: say("Past") },
    ],
    "coming",
    () => load(),
  );
  const load = () => fill(place, () => first(app, which.value), ["card", "card", "card"]);
  const view = app.sheet.show({
    title: say("My bookings"),
    name: "bookings",
    stop: "full",
    body: [which.element, place],
    onclose: () => end.abort(),
  });
  view.onshown(load);
  app.live.addEventListener("bookings", load, { signal: end.signal });
  await load();
  return view;
}

async function first(app, which) {
  const page = await app.api.get("bookings/my-bookings", { when: which, limit: PAGE });
  if (!page.items.length) return empty(app, which);
  const more = h("button.secondary", { type: "button", hidden: !page.next }, say("More"));
  let { next } = page;
  more.onclick = async () => {
    try {
      const further = await app.api.get("bookings/my-bookings", { when: which, limit: PAGE, cursor: next });
      more.before(...further.items.map((booking) => bookingCard(app, booking)));
      ({ next } = further);
      more.hidden = !next;
    } catch (error) {
      explain(error);
    }
  };
  return [...page.items.map((booking) => bookingCard(app, booking)), more];
}

function empty(app, which) {
  if (which === "past") return nothing("history", say("Nothing has ended yet."));
  const find = h("button.secondary", { type: "button", onclick: () => app.sheet.clear() }, say("Find parking"));
  return nothing("calendar", say("Nothing is booked. The map shows what is free near you."), find);
}

export function bookingCard(app, booking) {
  const zone = booking.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const title = booking.space_title ? isolated(booking.space_title) : say("A space that is gone");
  return h(
    "button.card",
    { type: "button", onclick: () => app.open("booking", { id: booking.id, booking }) },
    booking.photo ? h("img.thumb", { src: booking.photo.url, alt: "", loading: "lazy" }) : h("span.thumb"),
    h(
      "span.card-text",
      {},
      h("strong.card-title", { dir: "auto" }, title),
      h("span", {}, sentence(when(spanOf(booking), zone))),
      h("span.card-foot", {}, money(booking.total), badge(booking)),
    ),
  );
}
