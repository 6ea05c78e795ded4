/** Another car comes. */

import { explain } from "../notes.js";
import { plates } from "../parts/plates.js";
import { say } from "../words.js";

export async function changePlate(shown) {
  const { app, booking } = shown;
  const plate = await plates(app, booking.plate ?? "");
  const view = app.sheet.show({ title: say("Change plate"), name: "plate", body: plate.element });
  const keep = async () => {
    const typed = await plate.read();
    if (!typed) return;
    try {
      const changed = await app.api.put(`${shown.path}/plate`, { plate: typed });
      view.close();
      shown.draw(changed);
      app.note(say("The plate is {plate} now; the lister knows.", { plate: changed.plate }));
    } catch (error) {
      view.close();
      explain(error);
    }
  };
  const draw = () => app.launch.mainButton.show(say("Save"), keep);
  view.onshown(draw);
  draw();
}
