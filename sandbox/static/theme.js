/** Light or dark: the system's choice until the person makes one. */

const DAY = {
  bg_color: "#ffffff",
  secondary_bg_color: "#f1f4f7",
  text_color: "#14181c",
  hint_color: "#586470",
  link_color: "#1a69b0",
  button_color: "#1d73bf",
  button_text_color: "#ffffff",
  header_bg_color: "#ffffff",
  bottom_bar_bg_color: "#ffffff",
  accent_text_color: "#1f6fb8",
  section_bg_color: "#ffffff",
  section_header_text_color: "#1f6fb8",
  section_separator_color: "#dbe1e7",
  subtitle_text_color: "#586470",
  destructive_text_color: "#c62828",
};
const NIGHT = {
  bg_color: "#17212b",
  secondary_bg_color: "#202c38",
  text_color: "#f2f5f7",
  hint_color: "#93a4b4",
  link_color: "#7cc0f8",
  button_color: "#2a74b6",
  button_text_color: "#ffffff",
  header_bg_color: "#17212b",
  bottom_bar_bg_color: "#17212b",
  accent_text_color: "#78b9f2",
  section_bg_color: "#17212b",
  section_header_text_color: "#78b9f2",
  section_separator_color: "#0c141c",
  subtitle_text_color: "#93a4b4",
  destructive_text_color: "#ff8a80",
};
const system = matchMedia("(prefers-color-scheme: dark)");

export function isDark() {
  const chosen = localStorage.getItem("theme");
  return chosen ? chosen === "dark" : system.matches;
}

export function toggleTheme() {
  const dark = !isDark();
  // Back at the system's choice there is nothing to remember.
  if (dark === system.matches) localStorage.removeItem("theme");
  else localStorage.setItem("theme", dark ? "dark" : "light");
  apply();
}

/** Calls back whenever light turns to dark or back; `options` are those of a listener. */
export function onTheme(listener, options) {
  document.addEventListener("theme", listener, options);
}

/** Our colours under the names by which web apps know them. */
export function themeParams() {
  return isDark() ? NIGHT : DAY;
}

function apply() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  document.dispatchEvent(new Event("theme"));
}

system.addEventListener("change", apply);
apply();
