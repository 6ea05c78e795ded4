/** Giving a booking up: what it costs stands there before the tap, and the tap agrees to exactly that. */

import { h } from "../dom.js";
import { explain } from "../notes.js";
import { banner } from "../parts/states.js";
import { isolated, money, say, sentence, when } from "../words.js";
import { spanOf } from "./state.js";

export async function cancel(shown) {
  const { app } = shown;
  await shown.load();
  const back = shown.booking.refund_now;
  if (!back) return app.note(say("This booking is over or cancelled; nothing is left to change."), "error");
  const words = { title: say("Cancel this booking?"), text: costs(shown.booking), yes: say("Cancel booking") };
  return sure(shown, words, () => app.api.put(`${shown.path}/cancel`, { refund: back.minor }));
}

export function withdraw(shown) {
  const words = { title: say("Withdraw your request?"), text: say("You owe nothing."), yes: say("Withdraw") };
  return sure(shown, words, () => shown.app.api.put(`${shown.path}/cancel`));
}

/** A lister gives everything back; a renter still owes what the policy says, unless it is paid or waived. */
function costs({ side, due_if_cancelled: due }) {
  if (side === "lister")
    return say("The renter owes nothing, and is told. Three cancellations in 90 days hide the space.");
  if (due.minor > 0) return say("You will still owe {owed}, pay on site.", { owed: money(due) });
  if (due.minor < 0) return say("The lister will owe you {sum} back.", { sum: money({ ...due, minor: -due.minor }) });
  return say("You will owe nothing.");
}

function sure(shown, { title, text, yes }, act) {
  const { app, booking } = shown;
  const view = app.sheet.show({
    title,
    name: "sure",
    body: [
      h(
        "p.summary",
        {},
        booking.space_title && h("strong", { dir: "auto" }, isolated(booking.space_title)),
        h("span", {}, sentence(when(spanOf(booking), shown.zone))),
      ),
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
    } catch (error) {
      app.launch.haptic("error");
      view.close();
      explain(error);
      await shown.load();
    }
  };
  const draw = () => app.launch.mainButton.show(yes, agree);
  view.onshown(draw);
  draw();
  return view;
}
