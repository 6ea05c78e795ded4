/** Which number plate: one of one's own, or another one. */

import { h, icon } from "../dom.js";
import { say } from "../words.js";
import { field, text } from "./field.js";

const SHAPE = /[\p{L}\p{N}]/u;

/** The vehicles of whoever is signed in as chips, and a field; `read()` is the plate or null. */
export async function plates(app, present = "") {
  const vehicles = await app.api.get("users/vehicles");
  const input = text({
    value: present || (vehicles[0]?.plate ?? ""),
    maxlength: "20",
    autocapitalize: "characters",
    spellcheck: "false",
    placeholder: "HEL-204",
    data: { focus: "" },
  });
  const plate = field(say("Number plate"), input);
  const chips = vehicles.slice(0, 4).map(({ plate: known }) => {
    const choose = () => {
      input.value = known;
      input.dispatchEvent(new Event("input"));
    };
    return h("button.chip", { type: "button", onclick: choose }, icon("car"), known);
  });
  return {
    element: h("div", {}, plate.element, chips.length > 0 && h("div.chips", {}, chips)),
    read() {
      const typed = input.value.trim();
      if (SHAPE.test(typed)) return typed;
      plate.complain(say("Your number plate is needed, for example HEL-204."));
      input.focus();
      return null;
    },
    complain: plate.complain,
  };
}
