/** Photos that are there already, of a space or of its entrance: sent, put first and taken away at once. */

import { h, iconButton } from "../dom.js";
import { explain } from "../notes.js";
import { Uploads } from "../parts/uploads.js";
import { say } from "../words.js";
import { upload } from "./preview.js";

export class Shelf {
  /** `shows` is "space" or "entrance"; one photo of the space has to stay. */
  constructor(app, space, shows, title) {
    Object.assign(this, { app, id: space.id, shows });
    this.list = h("ul.photos");
    this.uploads = new Uploads({ label: shows === "space" ? say("Add photos") : title });
    this.uploads.addEventListener("change", () => this.send());
    this.element = h("section.part", {}, h("h3", {}, title), this.list, this.uploads.element);
    this.draw(space);
  }

  get isPublic() {
    return this.shows === "space";
  }

  forget() {
    this.uploads.forget();
    for (const address of this.addresses ?? []) URL.revokeObjectURL(address);
  }

  /** Whatever is chosen is sent without another tap. */
  async send() {
    const { uploads, app, id, shows } = this;
    if (uploads.isSending || !uploads.fresh.length) return;
    await uploads.send(async (file, progress) => this.draw(await upload(app, id, file, progress, shows)));
    uploads.dropSent();
  }

  draw(space) {
    this.photos = this.isPublic ? space.photos : space.exact.photos;
    this.list.replaceChildren(...this.photos.map((photo, index) => this.photo(photo, index)));
  }

  photo({ id, url }, index) {
    const total = this.photos.length;
    const name = say("Photo {n} of {total}", { n: index + 1, total });
    const picture = h("img", { alt: name });
    this.address(url).then((address) => (picture.src = address), explain);
    return h(
      "li.photo.sent",
      {},
      picture,
      this.isPublic && index === 0 && h("span.cover", {}, say("Cover")),
      h(
        "span.photo-acts",
        {},
        this.isPublic &&
          index > 0 &&
          iconButton("star", say("Show {name} first", { name }), () => this.putFirst(id)),
        (!this.isPublic || total > 1) && iconButton("trash", say("Remove {name}", { name }), () => this.drop(id)),
      ),
    );
  }

  /** A photo of an entrance is not for everybody, and comes with the token alone. */
  async address(url) {
    if (this.isPublic) return url;
    const address = URL.createObjectURL(await this.app.api.file(url.replace("/api/v1/", "")));
    this.addresses = [...(this.addresses ?? []), address];
    return address;
  }

  putFirst(photo) {
    const others = this.photos.map(({ id }) => id).filter((id) => id !== photo);
    return this.change(this.app.api.put(`spaces/${this.id}/photos`, { photos: [photo, ...others] }));
  }

  drop(photo) {
    return this.change(this.app.api.delete(`spaces/${this.id}/photos/${photo}`));
  }

  async change(changing) {
    try {
      this.draw(await changing);
    } catch (error) {
      explain(error);
    }
  }
}
