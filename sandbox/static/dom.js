/** Building elements: h("button.icon", { onclick, "aria-label": "Send" }, icon("send")). */

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element; false, null and undefined props and children are left out. */
export function h(selector, props = {}, ...children) {
  const [tag, ...classes] = selector.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "data") Object.assign(node.dataset, value);
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter(isShown));
  return node;
}

const isShown = (child) => child !== false && child !== null && child !== undefined;

/** A picture out of icons.svg; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A round button that shows only a picture. */
export function iconButton(name, label, onclick, props = {}) {
  return h(
    "button.icon-button",
    { type: "button", "aria-label": label, title: label, onclick, ...props },
    icon(name),
  );
}

/** The round picture of someone: their initials on a colour of their own. */
export function avatar(who) {
  const name = who.title ?? who.first_name;
  const node = h("span.avatar", { "aria-hidden": "true", data: { hue: Math.abs(who.id) % 7 } });
  node.textContent = initials(name) || "?";
  return node;
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean).slice(0, 2);
  return words
    .map((word) => [...word][0])
    .join("")
    .toLocaleUpperCase();
}

/** Puts children in place without touching those that are already there: focus and animations stay. */
export function arrange(parent, children) {
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
}
