// Adds to pages that work without scripts: fewer clicks, focus management, local times, live changes.
import { announce, complain, showLocalTimes, whenLoaded } from "./page.js";

// By then the server has answered, or the browser has given up: it reports neither.
const ANSWERS_WITHIN = 10000;

document.addEventListener("change", event => {
  if (event.target.matches?.("[data-autosubmit]")) {
    event.target.form.requestSubmit();
  }
});

document.addEventListener("click", event => {
  if (event.target.closest?.("[data-print]")) window.print();
  const card = event.target.closest?.("[data-card]");
  if (card) useTestCard(card.dataset.card);
});

// In development: fills in a card for trying out.
function useTestCard(number) {
  const field = name => document.getElementById(`form-${name}`);
  field("cardnumber").value = number;
  field("cardholder").value ||= field("name").value || "Test Card";
  field("expiration").value ||= "12/40";
  field("securitycode").value ||= "123";
  announce("The card is filled in.");
}

// Blazor fetches the next page and merges it into this one. Until it has loaded, the browser opens links as usual. A form waits for it:
// otherwise the answer would be shown from its top, and not where the form was.
const { navigation, worker } = document.querySelector("[data-navigation]").dataset;
let isSettled = false;
let loading = null;

const loadNavigation = () => loading ??= new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = navigation;
  script.onload = () => { window.Blazor.addEventListener("enhancedload", pageShown); resolve(); };
  script.onerror = () => navigator.onLine ? resolve() : reject();
  document.body.append(script);
}).then(() => { isSettled = true; return true; }, () => { loading = null; return false; });

document.addEventListener("submit", event => {
  const { target: form, submitter } = event;
  if (isSettled || !form.matches("[data-enhance]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  loadNavigation().then(isReady => isReady ? form.requestSubmit(submitter) : complain("You seem to be offline. Try again."));
}, true);

// Ignores a second click while the first request is running. The server would do both, but Blazor shows only the answer to the second: the
// recovery codes of the first are lost, and an order is added to the basket twice.
document.addEventListener("submit", event => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sending = "true";
  for (const button of form.querySelectorAll("[type=submit]")) button.setAttribute("aria-disabled", "true");
  unlocking.set(form, setTimeout(() => letSend(form), ANSWERS_WITHIN));
}, true);

const unlocking = new WeakMap();

function letSend(form) {
  clearTimeout(unlocking.get(form));
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[type=submit]")) button.removeAttribute("aria-disabled");
}

const letSendAll = () => document.querySelectorAll("[data-once]").forEach(letSend);

// Enhanced navigation takes links over, also this one, and would not move the focus.
document.addEventListener("click", event => {
  if (!event.target.closest?.(".skip")) return;
  event.preventDefault();
  event.stopPropagation();
  const content = document.getElementById("content");
  content?.focus();
  content?.scrollIntoView();
}, true);

document.addEventListener("focusin", async ({ target: field }) => {
  if (!field.matches?.("[data-suggest]")) return;
  const before = field.value;
  const { suggestFor } = await import("./suggest.js");
  suggestFor(field, field.value !== before);
});

// What is typed into the search while the next page arrives: the merge takes it away.
let typed = null;
document.addEventListener("input", event => { if (event.target.matches?.("[data-suggest]")) typed = event.target.value; });
document.addEventListener("submit", () => { typed = null; }, true);

function goOnTyping() {
  const field = document.activeElement;
  if (!field?.matches("[data-suggest]")) typed = null;
  if (typed === null) return false;
  if (field.value !== typed) {
    field.value = typed;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}

// A sheet of filters stays open while choices are made in it; the server renders it closed.
let openSheet = false;
for (const type of ["click", "submit"]) {
  document.addEventListener(type, event => { openSheet = !!event.target.closest?.("details[data-stays-open][open]"); }, true);
}

// Shows a chosen picture before it is uploaded.
document.addEventListener("change", event => {
  const file = event.target.matches?.("[data-preview]") && event.target.files[0];
  const image = file && document.querySelector(event.target.dataset.preview);
  if (!image) return;
  const reader = new FileReader();
  reader.onload = () => { image.removeAttribute("srcset"); image.src = reader.result; };
  reader.readAsDataURL(file);
});

const address = () => location.pathname + location.search;
let shownAddress = address();
let shownPath = location.pathname;

// Blazor does not report a failed fetch. When it was a link, the address bar has already changed: reload, so that the browser shows its own
// error page. When it was a form, the address is still the same: show a notice on the page.
window.addEventListener("unhandledrejection", event => {
  if (!(event.reason instanceof TypeError) || !/fetch|network|load failed/i.test(event.reason.message)) return;
  letSendAll();
  if (address() === shownAddress) complain("You seem to be offline. Try again.");
  else location.reload();
});

function pageShown() {
  letSendAll();
  if (openSheet) document.querySelector("details[data-stays-open]")?.setAttribute("open", "");

  const isTyping = goOnTyping();
  const summary = document.querySelector("[data-error-summary]");
  const flash = document.querySelector("[data-flash]")?.textContent;
  if (summary) {
    summary.focus();
  } else if (location.pathname !== shownPath) {
    if (!isTyping) document.getElementById("content")?.focus({ preventScroll: true });
    announce([document.title, flash].filter(Boolean).join(". "));
  } else if (flash) {
    announce(flash);
  }

  shownAddress = address();
  shownPath = location.pathname;
  showLocalTimes();
  live.then(({ followPage }) => followPage(), () => { });
}

const live = whenLoaded().then(() => import("./live.js"));

window.addEventListener("pageshow", event => { if (event.persisted) pageShown(); });
pageShown();

whenLoaded().then(() => {
  loadNavigation();
  // A page for the time without a connection.
  navigator.serviceWorker?.register(worker).catch(() => { });
});
