/** What is asked before a booking: the number plate, or whether to ask the lister at all. */

import { h } from "../dom.js";
import { plates } from "../parts/plates.js";
import { banner } from "../parts/states.js";
import { asks, refunds } from "../parts/terms.js";
import { isolated, money, say, sentence, when } from "../words.js";

/** Shows the stay once more, with what is still missing; `Confirm` books it. */
export async function confirm(app, offer) {
  const { quote, space } = offer;
  const plate = quote.plate_needed ? await plates(app) : null;
  const title = quote.by_request ? say("Ask for this space?") : say("Your number plate");
  const body = [
    h(
      "p.summary",
      {},
      h("strong", { dir: "auto" }, isolated(space.title)),
      h("span", {}, sentence(when(offer.window, space.zone))),
      h("span", {}, say("{price}, pay on site", { price: money(quote.total) })),
    ),
    quote.by_request && banner(asks()),
    plate?.element,
    h(
      "ul.lines.small",
      {},
      refunds(quote, space.zone).map((text) => h("li", {}, text)),
    ),
  ];
  const view = app.sheet.show({ title, body, name: "confirm", stop: "half" });
  const sure = async () => {
    const typed = plate ? await plate.read() : null;
    if (plate && !typed) return null;
    // Asking took time: the quote may have run out, and then it is renewed without a word.
    if (new Date(offer.quote.expires_at) < new Date()) await offer.ask({ quiet: true });
    if (!offer.quote) return view.close();
    return attempt(offer, typed, view);
  };
  const draw = () => app.launch.mainButton.show(say("Confirm · {price}", { price: money(quote.total) }), sure);
  view.onshown(draw);
  draw();
}

async function attempt(offer, plate, view) {
  try {
    const booking = await offer.make(plate);
    view.close();
    await offer.booked(booking);
  } catch (error) {
    view.close();
    await offer.afterRefusal(error);
  }
}
