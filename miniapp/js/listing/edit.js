/** Changing a space: words, price, hours and rules; its photos; and taking it away. */

import { h, icon, iconButton } from "../dom.js";
import { explain } from "../notes.js";
import { failed, skeleton } from "../parts/states.js";
import { Uploads } from "../parts/uploads.js";
import { Problem } from "../api.js";
import { isolated, say } from "../words.js";
import { SpaceForm } from "./form.js";
import { asOffered } from "./offer.js";
import { upload } from "./preview.js";
import { change } from "./spaces.js";

const MOST = 10;

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
      onclose: () => this.uploads?.forget(),
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
    this.photos = h("ul.photos");
    this.uploads = this.uploader(space);
    this.drawPhotos(space);
    const remove = h(
      "button.action.danger",
      { type: "button", onclick: () => this.remove() },
      icon("trash"),
      say("Delete this space"),
    );
    this.view.update({
      title: isolated(space.title),
      body: [
        h("section.part", {}, h("h3", {}, say("Photos")), this.photos, this.uploads.element),
        this.form.element,
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

  /** Whatever is chosen is sent at once. */
  uploader(space) {
    const uploads = new Uploads({ most: MOST, label: say("Add photos") });
    const send = async (file, progress) => this.drawPhotos(await upload(this.app, space.id, file, progress));
    uploads.addEventListener("change", async () => {
      if (uploads.isSending || !uploads.fresh.length) return;
      await uploads.send(send);
      uploads.dropSent();
    });
    return uploads;
  }

  drawPhotos(space) {
    this.space = space;
    const many = space.photos.length;
    this.photos.replaceChildren(...space.photos.map((photo, index) => this.photo(photo, index, many)));
  }

  photo({ id, url }, index, many) {
    const name = say("Photo {n} of {total}", { n: index + 1, total: many });
    const acts = [
      index > 0 && iconButton("star", say("Show {name} first", { name }), () => this.putFirst(id)),
      many > 1 && iconButton("trash", say("Remove {name}", { name }), () => this.drop(id)),
    ];
    return h(
      "li.photo.sent",
      {},
      h("img", { src: url, alt: name }),
      index === 0 && h("span.cover", {}, say("Cover")),
      h("span.photo-acts", {}, acts),
    );
  }

  putFirst(photo) {
    const others = this.space.photos.map(({ id }) => id).filter((id) => id !== photo);
    return this.changePhotos(this.app.api.put(`spaces/${this.id}/photos`, { photos: [photo, ...others] }));
  }

  drop(photo) {
    return this.changePhotos(this.app.api.delete(`spaces/${this.id}/photos/${photo}`));
  }

  async changePhotos(changing) {
    try {
      this.drawPhotos(await changing);
    } catch (error) {
      explain(error);
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
