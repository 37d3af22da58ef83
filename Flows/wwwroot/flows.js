// The functions that the server cannot do for the live page: keys, clipboard, theme, connection state.
const root = document.documentElement;
const pages = { o: "/", f: "/flows", m: "/messages", t: "/topology", d: "/dead-letters" };

const go = (url) => (window.Blazor?.navigateTo ? Blazor.navigateTo(url) : location.assign(url));

function applyTheme(choice) {
  const dark = choice === "dark" || (choice === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "dark" : "light";
  root.dataset.themeChoice = choice;
  localStorage.setItem("theme", choice);
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyTheme(root.dataset.themeChoice ?? "system"));

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 1200);
}

document.addEventListener("click", (event) => {
  const target = event.target.closest(
    "[data-copy],[data-new-rows],[data-theme-switch],[data-help],[data-reload],a,button,input,select,summary,tr[data-href]");
  if (!target) return;
  if (target.matches("[data-copy]")) copy(target);
  else if (target.matches("[data-theme-switch]")) {
    applyTheme({ system: "dark", dark: "light", light: "system" }[root.dataset.themeChoice] ?? "dark");
  } else if (target.matches("[data-help]")) document.getElementById("keys")?.showModal();
  else if (target.matches("[data-new-rows]")) document.querySelector("[data-live-rows]").scrollTop = 0;
  else if (target.matches("[data-reload]")) location.reload();
  else if (target.matches("tr[data-href]") && getSelection().isCollapsed) go(target.dataset.href);
});

function moveRow(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (rows.length === 0) return;
  const at = rows.indexOf(document.activeElement);
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

// When the server moves or replaces a row, the browser takes the focus from it. The row that the user chose gets it back.
let chosenRow = null;
document.addEventListener("focusin", (event) => {
  chosenRow = event.target.closest("[data-row]")?.getAttribute("href") ?? null;
});
document.addEventListener("pointerdown", () => { chosenRow = null; });

function keepRow() {
  if (chosenRow === null || document.activeElement !== document.body) return;
  [...document.querySelectorAll("[data-row]")].find((row) => row.getAttribute("href") === chosenRow)?.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input,select,textarea,[contenteditable]")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (document.querySelector("dialog[open]")) return;
  if (pages[event.key]) go(pages[event.key]);
  else if (event.key === "j") moveRow(1);
  else if (event.key === "k") moveRow(-1);
  else if (event.key === "/") document.querySelector("[data-search]")?.focus();
  else if (event.key === "?") document.getElementById("keys")?.showModal();
  else return;
  event.preventDefault();
});

// The server calls this after a navigation. The user may already type in a field of the new page, or have chosen a row by key.
window.focusHeading = () => {
  if (!document.activeElement?.closest("input,select,textarea,[data-row]")) document.querySelector("h1")?.focus();
};

// The server asks before it puts new rows into a list: a row that moves under the pointer or the focus would be opened by mistake.
window.rowsInUse = () => {
  const rows = document.querySelector("[data-live-rows]");
  return rows !== null && (rows.scrollTop > 0 || rows.matches(":hover, :focus-within"));
};

let scheduled = false;
new MutationObserver(() => {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    keepRow();
    const modal = document.getElementById("components-reconnect-modal");
    const state = [...(modal?.classList ?? [])].find(
      (name) => name.startsWith("components-reconnect-") && name !== "components-reconnect-hide");
    root.dataset.connection = state ? "lost" : "live";
    if (state?.endsWith("-failed") || state?.endsWith("-rejected")) waitForServer();
  });
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });

let waiting = false;
async function waitForServer() {
  if (waiting) return;
  waiting = true;
  for (;;) {
    try {
      if ((await fetch("/alive", { cache: "no-store" })).ok) return location.reload();
    } catch { /* not yet */ }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
