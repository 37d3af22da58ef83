// Keeps an open page true: prices, stock and order steps arrive over the hub; without it, the page asks now and then.
import { HubConnection } from "./hub.js";
import { announce, showLocalTimes } from "./page.js";

const POLL_CONNECTED = 15000;
const POLL_ALONE = 3000;
const FOCUSABLE = "a, button, select, input";

const hub = new HubConnection("/live");
let followed = "";
let poll = 0;

hub.on("price", (id, text, plain) => {
  for (const element of document.querySelectorAll(`[data-product="${id}"] [data-price]`)) change(element, text);
  const line = document.querySelector(`#basket [data-product="${id}"]`);
  if (line) refreshUntil(() => document.querySelector(`#basket [data-product="${id}"]`)?.dataset.unitPrice === plain, `A price in your basket changed to ${text}.`);
  const page = document.querySelector(`.detail[data-product="${id}"]`);
  if (page) announce(`The price is now ${text}.`);
});

hub.on("stock", (id, level, text) => {
  for (const product of document.querySelectorAll(`[data-product="${id}"]`)) {
    const label = product.querySelector("[data-stock]");
    if (label) {
      label.hidden = level === "good" && !product.matches(".detail");
      label.dataset.level = level;
      change(label, text);
    }
    const buy = product.querySelector("[data-buy]");
    if (buy) buy.disabled = level === "none";
  }
  if (document.querySelector(`.detail[data-product="${id}"]`)) announce(text);
  if (document.querySelector(`#basket [data-product="${id}"]`)) refresh();
});

hub.on("order", (id, status, text) => {
  announce(text);
  refreshUntil(() => reached(status));
});

// What was told while nobody listened is lost, so the page is asked for anew.
hub.opened = () => { followed = ""; followPage(); refresh(); };
hub.closed = () => schedule();

// Called for every page shown: tells the hub what is on it.
export function followPage() {
  const ids = [...new Set([...document.querySelectorAll("[data-product]")].map(element => Number(element.dataset.product)))];
  const order = document.querySelector("[data-order]");
  const wanted = JSON.stringify([ids, order?.dataset.order]);
  schedule();

  if (ids.length === 0 && !order) return;
  if (!hub.isOpen) { hub.start(); return; }
  if (wanted === followed) return;

  followed = wanted;
  if (ids.length > 0) hub.send("FollowProducts", ids);
  if (order) {
    hub.send("FollowOrder", order.dataset.order, order.dataset.ticket);
    refreshIfWaiting();
  }
}

const waitingOrder = () => document.querySelector("[data-order]:not([data-settled])");

const reached = status => {
  if (status === "Cancelled") return !!document.querySelector(".steps .failed");
  return !!document.querySelector(`.steps .done[data-step="${status}"]`) || !waitingOrder();
};

function refreshIfWaiting() {
  if (waitingOrder()) refresh();
}

// A message may be lost on its way here, an answer of the server is not: an order that moves is also asked for.
function schedule() {
  clearTimeout(poll);
  if (waitingOrder()) {
    poll = setTimeout(async () => { await refresh(); schedule(); }, hub.isOpen ? POLL_CONNECTED : POLL_ALONE);
  }
}

function change(element, text) {
  if (element.textContent === text) return;
  element.textContent = text;
  element.classList.remove("changed");
  void element.offsetWidth;
  element.classList.add("changed");
}

// The services hear of an event independently of each other: the one that renders may be a moment behind the one that told us.
async function refreshUntil(isTrue, text) {
  for (const wait of [0, 150, 400, 1000, 2500]) {
    if (wait) await new Promise(resolve => setTimeout(resolve, wait));
    if (isTrue()) break;
    await refresh();
  }
  if (text) announce(text);
}

// Renders the live part of the page again, on the server, and puts it in place.
async function refresh() {
  const path = location.pathname + location.search;
  const current = document.querySelector("[data-refresh]");
  if (!current) return;

  try {
    const response = await fetch(path, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!response.ok || location.pathname + location.search !== path) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(current.id);
    if (!fresh) return;
    showLocalTimes(fresh);
    const focused = current.contains(document.activeElement) ? document.activeElement : null;
    if (content(fresh) === content(current) || focused && isChanged(focused)) return;
    const position = focused ? [...current.querySelectorAll(FOCUSABLE)].indexOf(focused) : -1;
    for (const { name, value } of fresh.attributes) current.setAttribute(name, value);
    current.replaceChildren(...fresh.childNodes);
    const again = focused?.id ? document.getElementById(focused.id) : current.querySelectorAll(FOCUSABLE)[position];
    again?.focus({ preventScroll: true });
  } catch {
    // Offline, or the shop restarts: the next turn tries again.
  }
}

// Every rendering has anti-forgery tokens of its own: they alone are no news.
function content(element) {
  const copy = element.cloneNode(true);
  for (const token of copy.querySelectorAll("[name=__RequestVerificationToken]")) token.remove();
  return copy.innerHTML;
}

// What the visitor chose and the server has not heard of yet.
function isChanged(field) {
  if (field.matches("select")) return [...field.options].some(option => option.selected !== option.defaultSelected);
  return field.matches("input") && field.value !== field.defaultValue;
}
