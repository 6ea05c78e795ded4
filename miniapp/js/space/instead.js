/** What could be had instead of a space that cannot: the nearest other one for the same stay. */

import { h, icon } from "../dom.js";
import { distance, isolated, money, say } from "../words.js";

const REACH = 2_000;

/** A card that opens it, or null where there is none within a walk. */
export async function instead(app, { id, point, country }, window) {
  const { items } = await app.api.get("spaces", { ...point, ...window, radius: REACH, limit: 2 });
  const other = items.find((one) => one.id !== id);
  if (!other) return null;
  const change = () => {
    app.sheet.clear();
    return app.open("space", { id: other.id, found: other });
  };
  const far = say("{distance}, {minutes} min", {
    distance: distance(other.distance, country),
    minutes: other.walking_minutes,
  });
  return h(
    "section.instead",
    {},
    h("h3", {}, say("Free instead")),
    h(
      "button.card",
      { type: "button", onclick: change },
      other.photo ? h("img.thumb", { src: other.photo.url, alt: "" }) : h("span.thumb"),
      h(
        "span.card-text",
        {},
        h("strong.card-title", { dir: "auto" }, isolated(other.title)),
        h("span.card-foot", {}, h("strong", {}, money(other.price)), h("span.away", {}, icon("walk"), far)),
      ),
    ),
  );
}
