/** Stars and a comment after a stay. */

import { h, icon } from "../dom.js";
import { explain } from "../notes.js";
import { field, text } from "../parts/field.js";
import { say } from "../words.js";

const MOST = 500;

export function reviewForm(shown) {
  const { app, booking } = shown;
  let stars = 0;
  const buttons = [1, 2, 3, 4, 5].map((n) =>
    h(
      "button.star-button",
      { type: "button", role: "radio", "aria-checked": "false", "aria-label": say("{stars} of 5", { stars: n }) },
      icon("star"),
    ),
  );
  const send = h("button.primary", { type: "button", disabled: true }, say("Send the review"));
  const choose = (n) => {
    stars = n;
    send.disabled = false;
    buttons.forEach((button, index) => {
      button.classList.toggle("on", index < n);
      button.setAttribute("aria-checked", index + 1 === n);
    });
  };
  buttons.forEach((button, index) => (button.onclick = () => choose(index + 1)));
  const comment = field(say("Comment"), text({ maxlength: MOST }, 3), {
    hint: say("Shown when both sides wrote, or after seven days."),
  });
  const form = h(
    "section.part.review-form",
    {},
    h("h3", {}, booking.side === "renter" ? say("How was the space?") : say("How was the renter?")),
    h("div.star-row", { role: "radiogroup", "aria-label": say("Stars") }, buttons),
    comment.element,
    send,
  );
  send.onclick = async () => {
    send.disabled = true;
    try {
      await app.api.post("reviews", { booking_id: booking.id, stars, comment: comment.value.trim() });
      app.launch.haptic("success");
      form.replaceChildren(h("p", { role: "status" }, say("Thank you for the review.")));
    } catch (error) {
      send.disabled = false;
      explain(error);
    }
  };
  return form;
}
