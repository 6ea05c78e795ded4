/** Light or dark: the system's choice until the person makes one. */

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

/** Calls back whenever light turns to dark or back. */
export function onTheme(listener) {
  document.addEventListener("theme", listener);
}

function apply() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  document.dispatchEvent(new Event("theme"));
}

system.addEventListener("change", apply);
apply();
