/** The strip above the chat while a person shares where they are. */

import { h, icon } from "./dom.js";
import { isLive } from "./place.js";
import { countdown } from "./when.js";

export class LiveStrip {
  constructor(places) {
    this.message = null;
    this.words = h("span.live-words");
    this.element = h(
      "div.live-strip",
      { hidden: true },
      h(
        "button.live-open",
        { type: "button", onclick: () => places.open(this.message) },
        icon("live"),
        this.words,
      ),
      h("button.chip", { type: "button", onclick: () => places.open(this.message) }, "Move"),
      h("button.chip.danger", { type: "button", onclick: () => places.stop(this.message) }, "Stop"),
    );
    setInterval(() => this.draw(), 1000);
  }

  /** Finds the newest location that the person still shares. */
  update(messages, person) {
    this.message = messages.findLast((one) => one.from?.id === person.id && isLive(one)) ?? null;
    this.draw();
  }

  draw() {
    const live = this.message && isLive(this.message);
    this.element.hidden = !live;
    if (!live) return;
    const left = this.message.date + this.message.location.live_period - Date.now() / 1000;
    this.words.textContent = `Sharing live location · ${countdown(left)} left`;
  }
}
