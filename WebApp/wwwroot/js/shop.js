// What a script adds to pages that work without one: fewer clicks, focus where it belongs, local times, live changes.
import { followPage } from "./live.js";
import { announce, showLocalTimes } from "./page.js";

document.addEventListener("change", event => {
  if (event.target.matches?.("[data-autosubmit]")) {
    event.target.form.requestSubmit();
  }
});

// A second click while the first is on its way sends nothing. (The server would make one order of both.)
document.addEventListener("submit", event => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sending = "true";
  form.querySelector("[type=submit]")?.setAttribute("aria-disabled", "true");
}, true);

let shownPath = location.pathname;

function pageShown() {
  for (const form of document.querySelectorAll("[data-once]")) {
    delete form.dataset.sending;
    form.querySelector("[type=submit]")?.removeAttribute("aria-disabled");
  }

  const summary = document.querySelector("[data-error-summary]");
  if (summary) {
    summary.focus();
  } else if (location.pathname !== shownPath) {
    document.getElementById("content")?.focus({ preventScroll: true });
    announce(document.title);
  }

  shownPath = location.pathname;
  showLocalTimes();
  followPage();
}

window.addEventListener("pageshow", event => { if (event.persisted) pageShown(); });
window.Blazor?.addEventListener("enhancedload", pageShown);
pageShown();
