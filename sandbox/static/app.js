/** The page: two people side by side, on a phone one at a time. */

import { avatar, h, icon, iconButton } from "./dom.js";
import { Pane } from "./pane.js";
import { isDark, onTheme, toggleTheme } from "./theme.js";

const narrow = matchMedia("(max-width: 820px)");
const main = h("main.panes");
const panes = [];
const switches = [];
let chosen = 0;

async function begin() {
  const response = await fetch("/page/people");
  if (!response.ok) throw new Error(`the people did not come: ${response.status}`);
  const people = (await response.json()).slice(0, 2);
  people.forEach((person, index) => {
    const friend = people.find((other) => other !== person);
    panes.push(new Pane(person, friend, { watched, changed: showUnread }));
    switches.push(switchTo(person, index));
  });
  document.body.prepend(topBar(), main);
  main.append(...panes.map(({ element }) => element));
  choose(0);
}

const watched = (pane) => !document.hidden && (!narrow.matches || panes[chosen] === pane);

function topBar() {
  return h(
    "nav.top-bar",
    { "aria-label": "People" },
    h(
      "div.brand",
      {},
      icon("plane"),
      h("h1", {}, "Local Telegram"),
      h("p", {}, "Two people and a bot on this computer. Nothing leaves it."),
    ),
    h("div.switches", { role: "group", "aria-label": "Whose phone" }, switches),
    themeButton(),
  );
}

function switchTo(person, index) {
  return h(
    "button.switch-to",
    { type: "button", onclick: () => choose(index) },
    avatar(person),
    h("strong", {}, person.first_name),
    h("span.role", {}, person.role),
    h("span.badge", { hidden: true }),
  );
}

function choose(index) {
  chosen = index;
  panes.forEach(({ element }, place) => element.classList.toggle("chosen", place === index));
  switches.forEach((button, place) => button.setAttribute("aria-pressed", String(place === index)));
  panes[index]?.looked();
}

function showUnread(pane) {
  const count = pane.unread.bot + pane.unread.friends;
  const badge = switches[panes.indexOf(pane)]?.querySelector(".badge");
  if (!badge) return;
  badge.textContent = count || "";
  badge.hidden = !count;
}

function themeButton() {
  const button = iconButton("moon", "Change between light and dark", toggleTheme);
  const draw = () => button.replaceChildren(icon(isDark() ? "sun" : "moon"));
  onTheme(draw);
  draw();
  return button;
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) panes.filter(watched).forEach((pane) => pane.looked());
});

begin();
