/** The places of one person: sending one, looking at one, being somewhere live. */

import { pickPlace, showPlace } from "./picker.js";
import { isLive } from "./place.js";
import { standsAt, whereIs } from "./whereabouts.js";

export class Places {
  constructor(pane) {
    this.pane = pane;
  }

  get person() {
    return this.pane.person;
  }

  /** Lets the person choose a place to send; `isOwn` when it tells where they are. */
  pick(sendLabel, { isOwn = false } = {}) {
    pickPlace(this.pane.element, {
      here: whereIs(this.person),
      sendLabel,
      send: (place) => {
        if (isOwn) standsAt(this.person, place);
        this.pane.send({ type: "send_location", ...place });
      },
      share: (place, seconds) => {
        standsAt(this.person, place);
        this.pane.send({ type: "send_location", ...place, live_period: seconds });
      },
    });
  }

  /** Shows the place of a message; one's own live location can be dragged and stopped. */
  open(message) {
    const { venue, location = venue.location } = message;
    const isOwn = message.from?.id === this.person.id && isLive(message);
    showPlace(this.pane.element, {
      place: location,
      title: venue?.title ?? (location.live_period ? "Live location" : "Location"),
      address: venue?.address,
      kind: location.live_period ? "live" : "pin",
      here: whereIs(this.person),
      move: isOwn && ((place) => this.move(message, place)),
      stop: isOwn && (() => this.stop(message)),
    });
  }

  move(message, place) {
    standsAt(this.person, place);
    this.pane.send({ type: "move_location", message_id: message.message_id, ...place });
  }

  stop(message) {
    this.pane.send({ type: "stop_location", message_id: message.message_id });
  }
}
