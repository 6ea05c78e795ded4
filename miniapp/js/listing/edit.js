/** Changing a space: words, price, hours and rules; its photos; and taking it away. */

import { Problem } from "../api.js";
import { h, icon } from "../dom.js";
import { explain } from "../notes.js";
import { failed, skeleton } from "../parts/states.js";
import { isolated, say } from "../words.js";
import { withAhead } from "./ahead.js";
import { SpaceForm } from "./form.js";
import { asOffered } from "./offer.js";
import { Shelf } from "./shelf.js";
import { change } from "./spaces.js";

/** What bookings ahead were made on. */
const PROMISED = ["tariff", "openings", "approval", "policy", "plate_needed"];

export async function open(app, { id }) {
  if (!(await app.session.require())) return null;
  const view = new EditView(app, id);
  await view.load();
  return view;
}

class EditView {
  constructor(app, id) {
    Object.assign(this, { app, id });
    this.view = app.sheet.show({
      title: say("Edit"),
      name: "edit",
      stop: "full",
      body: skeleton("line", "block", "line", "block"),
      onclose: () => this.shelves?.forEach((shelf) => shelf.forget()),
    });
    this.view.onshown(() => this.form && this.button());
  }

  async load() {
    try {
      this.draw(await this.app.api.get(`spaces/${this.id}`));
    } catch (error) {
      this.view.update({ body: failed(error, () => this.load()) });
    }
  }

  draw(space) {
    this.space = space;
    this.form = new SpaceForm(asOffered(space));
    this.shelves = [
      new Shelf(this.app, space, "space", say("Photos")),
      new Shelf(this.app, space, "entrance", say("Photos of the way in")),
    ];
    const [photos, entrance] = this.shelves.map(({ element }) => element);
    const remove = h(
      "button.action.danger",
      { type: "button", onclick: () => this.remove() },
      icon("trash"),
      say("Delete this space"),
    );
    this.view.update({
      title: isolated(space.title),
      body: [
        photos,
        this.form.element,
        entrance,
        h("p.hint", {}, say("Bookings ahead stay as they were made.")),
        remove,
      ],
    });
    this.button();
  }

  button() {
    if (this.view.isTop) this.app.launch.mainButton.show(say("Save"), () => this.save());
  }

  async save() {
    const said = this.form.read();
    if (!said) return;
    const before = asOffered(this.space);
    const isPromise = PROMISED.some((name) => JSON.stringify(said[name]) !== JSON.stringify(before[name]));
    const keep = () => this.keep(said);
    await (isPromise ? withAhead(this.app, this.space, { yes: say("Save") }, keep).catch(explain) : keep());
  }

  async keep(said) {
    try {
      await change(this.app, this.id, said);
      this.app.launch.haptic("success");
      this.app.note(say("Saved."));
      this.app.map?.reload?.();
      this.view.close();
    } catch (error) {
      this.app.launch.haptic("error");
      if (!(error instanceof Problem) || !this.form.refuse(error)) explain(error);
    }
  }

  remove() {
    const { app } = this;
    const view = app.sheet.show({
      title: say("Delete this space?"),
      name: "sure",
      body: h("p", {}, say("It is gone from the map at once, with its photos. This cannot be undone.")),
    });
    const sure = async () => {
      try {
        await app.api.delete(`spaces/${this.id}`);
        app.map?.reload?.();
        this.view.close();
        app.note(say("Deleted."));
      } catch (error) {
        view.close();
        explain(error);
      }
    };
    app.launch.mainButton.show(say("Delete"), sure);
  }
}
