// Runs before the page is drawn, so that the wrong theme is never visible. "system" follows the operating system.
(() => {
  const choice = localStorage.getItem("theme") ?? "system";
  const dark = choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  document.documentElement.dataset.themeChoice = choice;
})();
