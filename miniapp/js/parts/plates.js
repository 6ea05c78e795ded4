/** Which number plate: one of one's own, or another one. */

import { h, icon } from "../dom.js";
import { inWords } from "../refusals.js";
import { say } from "../words.js";
import { field, text } from "./field.js";

/** The vehicles of whoever is signed in as chips, and a field. */
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
    /** The plate, kept as one of one's vehicles; null when that cannot be, and it says why. */
    async read() {
      const typed = input.value.trim();
      if (!typed) plate.complain(say("Your number plate is needed, for example HEL-204."));
      else
        try {
          return (await app.api.post("users/vehicles", { plate: typed })).plate;
        } catch (error) {
          plate.complain(inWords(error));
        }
      input.focus();
      return null;
    },
  };
}
