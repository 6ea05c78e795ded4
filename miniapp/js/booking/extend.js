/** Staying longer: later ends that can be had, each with what it costs more. */

import { h } from "../dom.js";
import { explain } from "../notes.js";
import { fill, nothing } from "../parts/states.js";
import { until } from "../parts/terms.js";
import { money, say } from "../words.js";

export async function extend(shown) {
  const { app, booking, zone } = shown;
  const place = h("div");
  const end = until(new Date(booking.window.end), zone);
  const view = app.sheet.show({
    title: say("Extend"),
    name: "extend",
    body: [h("p", {}, say("Until {end} now. Until when instead?", { end })), place],
  });
  const no = say("Somebody comes right after you, so it cannot be longer. It stays yours until {end}.", { end });
  const take = async (offer, button) => {
    button.disabled = true;
    try {
      const longer = await app.api.put(`${shown.path}/extend`, { until: offer.until });
      app.launch.haptic("success");
      view.close();
      shown.draw(longer);
      app.note(
        say("Extended until {end}; {total} in all.", {
          end: until(new Date(longer.window.end), zone),
          total: money(longer.total),
        }),
      );
    } catch (error) {
      app.launch.haptic("error");
      explain(error);
      await load();
    }
  };
  const load = () =>
    fill(
      place,
      async () => {
        const offers = await app.api.get(`${shown.path}/extensions`);
        if (!offers.length) return nothing("clock", no);
        return h("div.offers", {}, offers.map((offer) => row(offer, zone, take)));
      },
      ["line", "line", "line"],
    );
  await load();
}

function row(offer, zone, take) {
  const button = h(
    "button.offer-row",
    { type: "button", onclick: () => take(offer, button) },
    h("span", {}, say("Until {end}", { end: until(new Date(offer.until), zone) })),
    h("strong", {}, say("+ {price}", { price: money(offer.more) })),
  );
  return button;
}
