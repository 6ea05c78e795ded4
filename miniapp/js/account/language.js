/** Which language is spoken; a tap switches at once, in the chat too for whoever is signed in. */

import { h } from "../dom.js";
import { explain } from "../notes.js";
import { oneOf } from "../parts/field.js";
import { CHOSEN, language, say } from "../words.js";
import { keep } from "./settings.js";

export async function open(app) {
  const view = app.sheet.show({ title: say("Language"), name: "language", body: [] });
  const draw = async () => view.update({ title: say("Language"), body: h("div.field", {}, await languages(app)) });
  view.onshown(draw);
  await draw();
  return view;
}

/** The choice itself. The page begins anew, so that nothing of it stays in the language before. */
export async function languages(app) {
  const { languages: known } = await app.api.get(`words/${language()}`, {}, { open: true });
  const options = known.map(({ code, name }) => ({ value: code, text: name, lang: code }));
  const choose = async (code) => {
    try {
      if (app.session.user) await keep(app, { language: code });
      app.kept.set(CHOSEN, code);
      app.launch.haptic("select");
      location.reload();
    } catch (error) {
      explain(error);
    }
  };
  return oneOf(say("Language"), options, language(), choose).element;
}
