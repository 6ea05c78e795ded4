/** Photos from the camera or from files: shown at once, sent one after the other, tried again by hand. */

import { h, icon, iconButton } from "../dom.js";
import { Problem } from "../api.js";
import { inWords } from "../refusals.js";
import { say } from "../words.js";

const KINDS = "image/jpeg,image/png,image/webp";
export const MOST = 10;

/** Photos that wait, are on their way, or are there. Events: "change". */
export class Uploads extends EventTarget {
  isSending = false;
  #photos = [];

  constructor({ most = MOST, label = say("Add photos") } = {}) {
    super();
    this.most = most;
    const input = h("input.visually-hidden", {
      type: "file",
      accept: KINDS,
      multiple: most > 1,
      "aria-label": label,
      onchange: () => {
        this.add([...input.files]);
        input.value = "";
      },
    });
    this.input = input;
    this.list = h("ul.photos");
    this.adder = h("label.add-photo", {}, input, icon("camera"), h("span", {}, label));
    this.wrong = h("p.wrong", { role: "alert" });
    this.element = h("div.uploads", {}, this.list, this.adder, this.wrong);
    this.element.addEventListener("dragover", (event) => event.preventDefault());
    this.element.addEventListener("drop", (event) => this.#dropped(event));
    this.#draw();
  }

  get count() {
    return this.#photos.length;
  }

  get addresses() {
    return this.#photos.map(({ address }) => address);
  }

  get files() {
    return this.#photos.map(({ file }) => file);
  }

  get waiting() {
    return this.#photos.filter(({ state }) => state !== "sent");
  }

  /** Of what did not go through, why. */
  get errors() {
    return this.#photos.map(({ error }) => error).filter(Boolean);
  }

  /** What has not been tried yet. */
  get fresh() {
    return this.#photos.filter(({ state }) => state === "waiting");
  }

  /** Leaves those out that are there: they are shown elsewhere. */
  dropSent() {
    this.#photos.filter(({ state }) => state === "sent").forEach((photo) => photo.forget());
    this.#photos = this.waiting;
    this.#draw();
  }

  /** Not the photo was wrong. */
  waitAgain() {
    for (const photo of this.waiting) Object.assign(photo, { state: "waiting", error: null });
    this.#draw();
  }

  complain(text) {
    this.wrong.textContent = text;
  }

  add(files) {
    const room = this.most - this.#photos.length;
    for (const file of files.slice(0, room)) this.#photos.push(new Photo(file, this));
    this.complain(files.length > room ? say("{limit} is the most; I kept the first.", { limit: this.most }) : "");
    this.#draw();
    this.dispatchEvent(new Event("change"));
  }

  remove(photo) {
    photo.forget();
    this.#photos = this.#photos.filter((one) => one !== photo);
    this.#draw();
    this.input.focus();
    this.dispatchEvent(new Event("change"));
  }

  /** The photo that stands for the space in lists. */
  putFirst(photo) {
    this.#photos = [photo, ...this.#photos.filter((one) => one !== photo)];
    this.#draw();
    this.dispatchEvent(new Event("change"));
  }

  /** Sends what has not been sent, in order; resolves to how many of them failed. */
  async send(send) {
    this.again = () => this.send(send);
    this.isSending = true;
    for (const photo of this.waiting) await photo.send(send);
    this.isSending = false;
    this.#draw();
    this.dispatchEvent(new Event("change"));
    return this.waiting.length;
  }

  forget() {
    for (const photo of this.#photos) photo.forget();
  }

  #dropped(event) {
    event.preventDefault();
    this.add([...event.dataTransfer.files].filter(({ type }) => KINDS.includes(type) && type));
  }

  #draw() {
    this.list.replaceChildren(...this.#photos.map((photo, index) => photo.draw(index, this.most > 1)));
    this.adder.hidden = this.#photos.length >= this.most;
  }
}

class Photo {
  state = "waiting";
  error = null;

  constructor(file, uploads) {
    Object.assign(this, { file, uploads, address: URL.createObjectURL(file) });
    this.bar = h("progress", { max: "1", value: "0", "aria-label": say("Sending {name}", { name: file.name }) });
    this.said = h("span.photo-said", { role: "alert" });
  }

  async send(send) {
    this.state = "sending";
    this.error = null;
    this.said.textContent = "";
    this.element?.classList.add("sending");
    try {
      await send(this.file, (share) => (this.bar.value = share));
      this.state = "sent";
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.state = "failed";
      this.error = error;
    }
  }

  forget() {
    URL.revokeObjectURL(this.address);
  }

  draw(index, hasFirst) {
    const { uploads, state, file } = this;
    const failed = state === "failed";
    this.said.textContent = failed ? say("{name}: {why}", { name: file.name, why: inWords(this.error) }) : "";
    const name = say("Photo {n}: {name}", { n: index + 1, name: file.name });
    this.element = h(
      `li.photo.${state}`,
      {},
      h("img", { src: this.address, alt: name }),
      hasFirst && index === 0 && h("span.cover", {}, say("Cover")),
      this.bar,
      this.said,
      h(
        "span.photo-acts",
        {},
        failed && h("button.chip", { type: "button", onclick: () => uploads.again() }, say("Try again")),
        hasFirst &&
          index > 0 &&
          state === "waiting" &&
          iconButton("star", say("Show {name} first", { name: file.name }), () => uploads.putFirst(this)),
        state !== "sent" &&
          state !== "sending" &&
          iconButton("close", say("Remove {name}", { name: file.name }), () => uploads.remove(this)),
      ),
    );
    return this.element;
  }
}
