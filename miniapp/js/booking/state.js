/** What has become of a booking, in words. */

import { h } from "../dom.js";
import { until } from "../parts/terms.js";
import { money, say } from "../words.js";

const STANDING = new Set(["booked", "arrived"]);

/** Settled and not over: its renter knows the place, and may still cancel. */
export const stands = ({ state, window }) => STANDING.has(state) && new Date(window.end) > new Date();
export const pending = ({ state, expires_at: last }) =>
  state === "requested" && last !== null && new Date(last) > new Date();

export const spanOf = ({ window }) => ({ start: new Date(window.start), end: new Date(window.end) });

/** One word or two, with a colour. */
export function badge(booking) {
  const [kind, text] = inShort(booking);
  return h(`span.badge.badge-${kind}`, {}, text);
}

function inShort(booking) {
  if (stands(booking)) {
    if (booking.state === "arrived") return ["good", say("you are there")];
    return new Date(booking.window.start) <= new Date() ? ["good", say("now")] : ["good", say("booked")];
  }
  if (pending(booking)) return ["soon", say("asked for")];
  return (
    {
      held: ["soon", say("kept for you")],
      requested: ["off", say("not answered")],
      expired: ["off", say("not answered")],
      declined: ["off", say("declined")],
      withdrawn: ["off", say("withdrawn")],
      cancelled: ["off", say("cancelled")],
      released: ["off", say("taken back")],
    }[booking.state] ?? ["off", say("over")]
  );
}

/** A whole sentence for what is not there to be driven to. */
export function became(booking, zone) {
  if (pending(booking))
    return say("The lister answers by {until} at the latest; until then the time is kept for you.", {
      until: until(new Date(booking.expires_at), zone),
    });
  const said = {
    held: say("It was kept for you for five minutes."),
    requested: say("Nobody answered in time."),
    expired: say("Nobody answered in time."),
    declined: say("The lister declined."),
    withdrawn: say("You withdrew it."),
    cancelled: say("Cancelled."),
    released: say("Nobody came, so the lister took it back."),
  }[booking.state];
  return said ?? say("This stay is over.");
}

/** What is left to pay of what is over or was given up; null where nothing was ever charged. */
export function owed({ state, due }) {
  if (["declined", "expired", "withdrawn"].includes(state)) return say("You owe nothing.");
  return due && owing(due);
}

function owing(due) {
  if (due.minor > 0) return say("You still owe {owed}, pay on site.", { owed: money(due) });
  if (due.minor < 0) return say("The lister owes you {sum} back.", { sum: money({ ...due, minor: -due.minor }) });
  return say("You owe nothing.");
}
