/** What is booked ahead of a space: shown before a change that does not touch it. */

import { h } from "../dom.js";
import { bookingCard } from "../booking/bookings.js";
import { pending, stands } from "../booking/state.js";
import { count, isolated, say } from "../words.js";

/** As far as one may ask, and days beyond any horizon. */
const FAR = 365 * 24 * 3600 * 1000;
const LISTED = 10;

/** Does it at once where nothing is ahead; else shows what stands, and does it when that is agreed to. */
export async function withAhead(app, space, { text = "", yes }, act) {
  const now = new Date();
  const span = { start: now.toISOString(), end: new Date(+now + FAR).toISOString(), limit: 100 };
  const { items } = await app.api.get(`bookings/space/${space.id}`, span);
  const ahead = items.filter((booking) => stands(booking) || pending(booking));
  if (!ahead.length) return act();
  const head = count("{n} booking ahead keeps what it was promised:", "{n} bookings ahead keep what they were promised:", ahead.length);
  const view = app.sheet.show({
    title: isolated(space.title),
    name: "ahead",
    body: [
      text && h("p", {}, text),
      h("p", {}, head),
      h("div.cards", {}, ahead.slice(0, LISTED).map((booking) => bookingCard(app, booking))),
    ],
  });
  const agree = () => {
    view.close();
    return act();
  };
  view.onshown(() => app.launch.mainButton.show(yes, agree));
  app.launch.mainButton.show(yes, agree);
  return view;
}
