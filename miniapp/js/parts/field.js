/** Form fields: a label, a hint, and what is wrong, in the right place for everybody. */

import { h } from "../dom.js";

let made = 0;

/** `input` is the control; an error is shown below it and read out with it. */
export function field(label, input, { hint = "" } = {}) {
  const id = `field-${(made += 1)}`;
  input.id = id;
  const note = h("p.hint", { id: `${id}-hint` }, hint);
  const wrong = h("p.wrong", { id: `${id}-wrong`, role: "alert" });
  input.setAttribute("aria-describedby", `${id}-hint ${id}-wrong`);
  const element = h("div.field", {}, h("label", { for: id }, label), input, note, wrong);
  const complain = (text) => {
    wrong.textContent = text;
    input.toggleAttribute("aria-invalid", Boolean(text));
    if (text) input.setAttribute("aria-invalid", "true");
  };
  input.addEventListener("input", () => complain(""));
  return {
    element,
    input,
    complain,
    hint: (text) => (note.textContent = text),
    get value() {
      return input.value;
    },
  };
}

/** A text input, or with `lines` a larger one. */
export function text(props = {}, lines = 0) {
  if (!lines) return h("input", { type: "text", autocomplete: "off", dir: "auto", ...props });
  const { value = "", ...rest } = props;
  const area = h("textarea", { rows: lines, dir: "auto", ...rest });
  area.value = value;
  return area;
}

/** Chips of which any may be chosen; `value` are the chosen ones. */
export function choices(label, options, chosen = []) {
  const present = new Set(chosen);
  const chips = options.map(({ value, text: name, picture }) => {
    const toggle = () => {
      if (!present.delete(value)) present.add(value);
      chip.setAttribute("aria-pressed", present.has(value));
      element.dispatchEvent(new Event("change"));
    };
    const chip = h(
      "button.chip",
      { type: "button", "aria-pressed": String(present.has(value)), onclick: toggle },
      picture,
      name,
    );
    return chip;
  });
  const element = h("div.chips", { role: "group", "aria-label": label }, chips);
  return {
    element,
    get value() {
      return options.map(({ value }) => value).filter((value) => present.has(value));
    },
  };
}

/** Options of which one is chosen, side by side. */
export function oneOf(label, options, chosen, onchange = () => {}) {
  let present = chosen;
  const buttons = options.map(({ value, text: name, lang }) => {
    const choose = () => {
      present = value;
      buttons.forEach((one, index) => one.setAttribute("aria-checked", options[index].value === value));
      onchange(value);
    };
    return h(
      "button.option",
      { type: "button", role: "radio", "aria-checked": String(value === chosen), onclick: choose, lang },
      name,
    );
  });
  const element = h("div.options", { role: "radiogroup", "aria-label": label }, buttons);
  element.addEventListener("keydown", (event) => walk(event, buttons));
  return {
    element,
    get value() {
      return present;
    },
  };
}

/** To the middle of its view: what is wrong stands below it, and must not be under the button. */
function reveal(input) {
  const body = input.closest(".view-body");
  const [field, frame] = [input.getBoundingClientRect(), body.getBoundingClientRect()];
  body.scrollBy({ top: field.top - frame.top - (frame.height - field.height) / 2 });
}

function walk(event, buttons) {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const next = buttons[(buttons.indexOf(event.target) + by + buttons.length) % buttons.length];
  next.focus();
  next.click();
}

/** Shows what is wrong at the fields it is about, goes to the first, and says whether it found any. */
export function complainAt(fields, wrong) {
  const found = Object.entries(wrong).filter(([name, said]) => said && fields[name]);
  for (const [name, said] of found) fields[name].complain(said);
  if (found.length) {
    const { input } = fields[found[0][0]];
    input.focus({ preventScroll: true });
    reveal(input);
  }
  return found.length > 0;
}
