/** Giving a booking up: what it costs stands there before the tap, and the tap agrees to exactly that. */

import { h } from "../dom.js";
import { explain } from "../notes.js";
import { banner } from "../parts/states.js";
import { isolated, money, say, when } from "../words.js";
import { owing, spanOf } from "./state.js";

export async function cancel(shown) {
  const { app } = shown;
  await shown.load();
  const back = shown.booking.refund_now;
  if (!back) return app.note(say("This booking is over or cancelled; nothing is left to change."), "error");
  return sure(shown, say("Cancel this booking?"), costs(shown.booking, back), () =>
    app.api.put(`${shown.path}/cancel`, { refund: back.minor }),
  );
}

export function withdraw(shown) {
  return sure(shown, say("Withdraw your request?"), say("You owe nothing."), () =>
    shown.app.api.put(`${shown.path}/cancel`),
  );
}

/** A lister gives everything back; a renter still owes what the policy says. */
function costs({ side, total }, back) {
  if (side === "lister")
    return say("The renter owes nothing, and is told. Three cancellations in 90 days hide the space.");
  const owed = { minor: total.minor - back.minor, currency: total.currency };
  return owed.minor ? say("You will still owe {owed}, pay on site.", { owed: money(owed) }) : say("You will owe nothing.");
}

function sure(shown, title, text, act) {
  const { app, booking } = shown;
  const view = app.sheet.show({
    title,
    name: "sure",
    body: [
      h("p", { dir: "auto" }, booking.space_title && isolated(booking.space_title)),
      h("p", {}, when(spanOf(booking), shown.zone)),
      banner(text),
    ],
  });
  const agree = async () => {
    try {
      const ended = await act();
      app.launch.haptic("success");
      view.close();
      shown.fresh = false;
      shown.draw(ended);
      app.map?.reload?.();
      app.note(ended.side === "renter" ? owing(due(ended)) : say("Cancelled."));
    } catch (error) {
      app.launch.haptic("error");
      view.close();
      explain(error);
      await shown.load();
    }
  };
  const draw = () => app.launch.mainButton.show(title, agree);
  view.onshown(draw);
  draw();
  return view;
}

const due = ({ total, refunded }) => ({
  minor: refunded ? total.minor - refunded.minor : 0,
  currency: total.currency,
});
