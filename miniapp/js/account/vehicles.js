/** What one drives: plates, and how large they are. */

import { h, icon, iconButton } from "../dom.js";
import { explain } from "../notes.js";
import { complainAt, field, text } from "../parts/field.js";
import { fill, nothing } from "../parts/states.js";
import { size } from "../parts/terms.js";
import { inWords } from "../refusals.js";
import { say } from "../words.js";

const SIZES = { height: [1, 10], length: [2, 30] };

export async function open(app) {
  if (!(await app.session.require())) return null;
  const place = h("div");
  const load = () => fill(place, () => list(app, load), ["line", "line"]);
  const form = adding(app, load);
  const view = app.sheet.show({
    title: say("Vehicles"),
    name: "vehicles",
    stop: "full",
    body: [place, h("section.part", {}, h("h3", {}, say("Add a vehicle")), form.element)],
  });
  const draw = () => app.launch.mainButton.show(say("Add"), form.add);
  view.onshown(draw);
  draw();
  await load();
  return view;
}

async function list(app, reload) {
  const vehicles = await app.api.get("users/vehicles");
  if (!vehicles.length) return nothing("car", say("None yet. Add one, and booking asks you less."));
  return h("ul.rows", {}, vehicles.map((vehicle) => row(app, vehicle, reload)));
}

function row(app, { id, plate, height, length }, reload) {
  const measured = [
    height && say("{size} high", { size: size(height, "") }),
    length && say("{size} long", { size: size(length, "") }),
  ].filter(Boolean);
  const remove = async () => {
    try {
      await app.api.delete(`users/vehicles/${id}`);
    } catch (error) {
      explain(error);
    }
    await reload();
  };
  return h(
    "li.row-item",
    {},
    icon("car"),
    h("span.row-text", {}, h("strong", {}, plate), h("span.muted.small", {}, measured.join(", "))),
    iconButton("trash", say("Remove {name}", { name: plate }), remove),
  );
}

function adding(app, reload) {
  const hint = say("Metres; may stay empty.");
  const metres = (label) => field(label, text({ inputmode: "decimal", dir: "ltr" }), { hint });
  const fields = {
    plate: field(
      say("Number plate"),
      text({ maxlength: "20", autocapitalize: "characters", spellcheck: "false", placeholder: "HEL-204" }),
    ),
    height: metres(say("Height")),
    length: metres(say("Length")),
  };
  const add = async () => {
    const height = centimetres("height", fields.height.value);
    const length = centimetres("length", fields.length.value);
    const wrong = {
      plate: fields.plate.value.trim() ? "" : say("What is on its plate? For example HEL-204"),
      height: height.wrong,
      length: length.wrong,
    };
    if (complainAt(fields, wrong)) return;
    try {
      const plate = fields.plate.value.trim();
      await app.api.post("users/vehicles", { plate, height: height.value, length: length.value });
      for (const { input } of Object.values(fields)) input.value = "";
      await reload();
    } catch (error) {
      if (!complainAt(fields, { [error.facts?.field]: inWords(error) })) explain(error);
    }
  };
  return {
    element: h("div.form", {}, fields.plate.element, h("div.pair", {}, fields.height.element, fields.length.element)),
    add,
  };
}

/** "1.9", "1,9" or "190" */
function centimetres(name, typed) {
  if (!typed.trim()) return { value: null };
  const number = Number(typed.trim().replace(",", "."));
  const [least, most] = SIZES[name];
  const metres = number > most ? number / 100 : number;
  if (!(metres >= least && metres <= most)) return { wrong: say("{least} to {most} m, please.", { least, most }) };
  return { value: Math.round(metres * 100) };
}
