/** Ways out of the page: to navigation, to friends, into a calendar. */

import { h, icon } from "../dom.js";
import { say } from "../words.js";

/** A link that opens outside: in Telegram it must be asked for. */
export function outside(app, href, content, kind = "quiet") {
  const leave = (event) => {
    if (!app.launch.hosted) return;
    event.preventDefault();
    app.launch.openLink(href);
  };
  return h(`a.${kind}`, { href, target: "_blank", rel: "noopener", onclick: leave }, content);
}

/** The way to a point, on foot or by car, as the person's own map program shows it. */
export function route(app, { lat, lng }, kind = "quiet") {
  const query = new URLSearchParams({ api: "1", destination: `${lat},${lng}` });
  return outside(app, `https://www.google.com/maps/dir/?${query}`, [icon("route"), say("Route")], kind);
}

/** The same for whoever prefers another program. */
export function otherMaps(app, { lat, lng }) {
  return [
    outside(app, `https://maps.apple.com/?daddr=${lat},${lng}`, say("Apple Maps")),
    outside(app, `https://www.openstreetmap.org/directions?to=${lat},${lng}`, say("OpenStreetMap")),
    h("a.quiet", { href: `geo:${lat},${lng}?q=${lat},${lng}` }, say("Another app")),
  ];
}

/** Hands a space on: through the phone's own way of sharing, else by the clipboard. */
export async function share(app, { id, title }) {
  const link = linkTo(app, `space_${id}`);
  if (app.launch.hosted) {
    const query = new URLSearchParams({ url: link, text: title });
    app.launch.openLink(`https://t.me/share/url?${query}`);
  } else if (navigator.share) {
    await navigator.share({ title, url: link }).catch(ignoreChange);
  } else {
    await copy(app, link, say("The link is copied."));
  }
}

/** Where somebody else opens this: in the chat, if there is one. */
export function linkTo(app, start) {
  if (app.settings.bot) return `https://t.me/${app.settings.bot}?start=${start}`;
  const page = new URL(location.pathname, location.href);
  page.searchParams.set("start", start);
  return page.href;
}

/** Where a host forbids it the text is shown, to be copied by hand. */
export async function copy(app, text, said) {
  const isDone = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  app.launch.haptic("light");
  app.note(isDone ? said : text);
}

/** Hands a file over to be kept. */
export function save(blob, name) {
  const href = URL.createObjectURL(blob);
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** The person thought better of it. */
function ignoreChange(error) {
  if (error.name !== "AbortError") throw error;
}
