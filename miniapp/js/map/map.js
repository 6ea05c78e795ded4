/** The map itself. */

import "../../leaflet/leaflet.js";
import { h } from "../dom.js";
import { say } from "../words.js";

const { Map: LeafletMap } = window.L;

export class ParkMap extends EventTarget {
  constructor(app, ground) {
    super();
    this.app = app;
    const element = h("div.map", { role: "application", "aria-label": say("Map") });
    ground.append(element);
    this.leaflet = new LeafletMap(element, { center: [60.1716, 24.9443], zoom: 16, zoomControl: false });
    app.sheet.show({ title: say("Spaces"), name: "list", head: false, stop: "peek" });
  }

  /** Centres the map on { lat, lng }; `pin` marks it as the place that was looked for. */
  goTo({ lat, lng }) {
    this.leaflet.setView([lat, lng], 17);
  }

  /** Asks again for what is shown. */
  reload() {}
}
