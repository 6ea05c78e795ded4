/** What renters wrote of a space, a page at a time. */

import { h, icon } from "../dom.js";
import { fill } from "../parts/states.js";
import { explain } from "../notes.js";
import { locale, say } from "../words.js";

const PAGE = 5;

export function reviews(app, { id, rating }) {
  if (!rating.count) return null;
  const list = h("ul.reviews");
  const more = h("button.secondary", { type: "button", hidden: true }, say("More reviews"));
  const place = h("div");
  const load = async (cursor) => {
    const page = await app.api.get(`reviews/space/${id}`, { limit: PAGE, cursor });
    // Stars alone, without words, are in the average.
    section.hidden = !cursor && !page.items.length;
    list.append(...page.items.map(review));
    more.hidden = page.next === null;
    more.onclick = () => load(page.next).catch(explain);
    return [list, more];
  };
  const section = h("section.part", {}, h("h3", {}, say("Reviews")), place);
  fill(place, () => load(null), ["line", "line"]);
  return section;
}

function review({ stars, comment, written_at: at }) {
  const month = new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric" });
  return h(
    "li.review",
    {},
    h(
      "p.review-head",
      {},
      starsOf(stars),
      h("time.muted.small", { datetime: at }, month.format(new Date(at))),
    ),
    comment && h("p.user-text", { dir: "auto" }, comment),
  );
}

export function starsOf(stars) {
  const shapes = [1, 2, 3, 4, 5].map((n) => {
    const star = icon("star");
    star.classList.toggle("off", n > stars);
    return star;
  });
  return h("span.stars", { role: "img", "aria-label": say("{stars} of 5", { stars }) }, shapes);
}
