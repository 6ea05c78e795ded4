/** Who comes to a space of one's own, and who asks to. */

import { h } from "../dom.js";
import { bookingCard } from "../booking/bookings.js";
import { fill, nothing } from "../parts/states.js";
import { isolated, say } from "../words.js";

const SHOWN = 50;

export async function open(app, { space }) {
  if (!(await app.session.require())) return null;
  const end = new AbortController();
  const place = h("div.cards");
  const load = () => fill(place, () => content(app, space), ["card", "card"]);
  const view = app.sheet.show({
    title: say("Bookings of {title}", { title: isolated(space.title) }),
    name: "guests",
    stop: "full",
    body: place,
    onclose: () => end.abort(),
  });
  view.onshown(load);
  app.live.addEventListener("bookings", load, { signal: end.signal });
  await load();
  return view;
}

/** The coming month, requests first: they wait for an answer. */
async function content(app, space) {
  const { items } = await app.api.get(`bookings/space/${space.id}`, { limit: SHOWN });
  if (!items.length) return nothing("calendar", say("Nobody has booked for the coming month yet."));
  const waits = ({ state }) => (state === "requested" ? 0 : 1);
  return items.sort((one, other) => waits(one) - waits(other)).map((booking) => bookingCard(app, booking));
}
