// Keeps an open page up to date: prices, stock and order steps arrive over the hub.
// Without a connection, a page that waits for something polls.
import * as hub from "./hub.js";
import { announce, showLocalTimes } from "./page.js";

const POLL_CONNECTED = 15000;
const POLL_ALONE = 3000;

let followed = "";
let poll = 0;

hub.on("price", (id, text, plain) => {
  for (const element of document.querySelectorAll(`[data-product="${id}"] [data-price]`)) change(element, text);
  const line = document.querySelector(`#basket [data-product="${id}"]`);
  if (line) {
    const isShown = () => document.querySelector(`#basket [data-product="${id}"]`)?.dataset.unitPrice === plain;
    refreshUntil(isShown, `A price in your basket changed to ${text}.`);
  }
  const page = document.querySelector(`.detail[data-product="${id}"]`);
  if (page) announce(`The price is now ${text}.`);
});

hub.on("stock", (id, level, text) => {
  for (const product of document.querySelectorAll(`[data-product="${id}"]`)) {
    const label = product.querySelector("[data-stock]");
    if (label) {
      label.hidden = level === "good" && !product.matches(".detail");
      label.dataset.level = level;
      // A sale changes the number in stock, but most often not what is shown.
      if (change(label, text) && product.matches(".detail")) announce(text);
    }
    const buy = product.querySelector("[data-buy]");
    if (buy) buy.disabled = level === "none";
  }
  const line = basketLine(id);
  if (line) {
    const before = line.dataset.obstacle;
    const shown = level === "none" ? refreshUntil(() => !basketLine(id) || basketLine(id).matches(".gone")) : refresh();
    shown.then(() => announceObstacle(id, before));
  }
});

hub.on("order", (id, status, text) => {
  announce(text);
  if (status === "Refunded") refresh();
  else refreshUntil(() => reached(status));
});

const basketLine = id => document.querySelector(`#basket [data-product="${id}"]`);

// A line of the basket that can no longer be bought as it is.
function announceObstacle(id, before) {
  const line = basketLine(id);
  const obstacle = line?.dataset.obstacle;
  if (obstacle && obstacle !== before) announce(`${line.querySelector(".name").textContent.trim()}: ${obstacle}`);
}

// Messages sent during a break are lost, so the page is loaded again.
hub.onChange(() => { followed = ""; followPage(); refresh(); }, () => schedule());

// Called for every page that is shown: subscribes to what is on it.
export function followPage() {
  const ids = [...new Set([...document.querySelectorAll("[data-product]")].map(element => Number(element.dataset.product)))];
  const order = document.querySelector("[data-order]");
  const wanted = JSON.stringify([ids, order?.dataset.order]);
  schedule();

  if (ids.length === 0 && !order) return;
  if (!hub.isOpen()) { hub.connect(); return; }
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

// Best effort: a message of the hub may be lost. So the page of an order that waits for its next step polls as well.
function schedule() {
  clearTimeout(poll);
  if (waitingOrder()) {
    poll = setTimeout(async () => { await refresh(); schedule(); }, hub.isOpen() ? POLL_CONNECTED : POLL_ALONE);
  }
}

// Returns whether the text is another one now.
function change(element, text) {
  if (element.textContent === text) return false;
  element.textContent = text;
  element.classList.remove("changed");
  void element.offsetWidth;
  element.classList.add("changed");
  return true;
}

// Each service handles an event in its own time: the one that renders may be a moment behind the one that sent the message.
async function refreshUntil(isTrue, text) {
  for (const wait of [0, 150, 400, 1000, 2500]) {
    if (wait) await new Promise(resolve => setTimeout(resolve, wait));
    if (isTrue()) break;
    await refresh();
  }
  if (text) announce(text);
}

// Renders the live part of the page again on the server, and changes what is different. Focus and the state of other elements stay.
async function refresh() {
  const path = location.pathname + location.search;
  const current = document.querySelector("[data-refresh]");
  if (!current) return;

  try {
    const [{ Idiomorph }, response] = await Promise.all([
      import("../lib/idiomorph.min.js"),
      fetch(path, { headers: { Accept: "text/html" }, credentials: "same-origin" }),
    ]);
    if (!response.ok || location.pathname + location.search !== path) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(current.id);
    if (!fresh || isChanged(document.activeElement, current)) return;
    showLocalTimes(fresh);
    Idiomorph.morph(current, fresh);
  } catch {
    // Offline, or the shop restarts: the next refresh tries again.
  }
}

// What the visitor has chosen and not sent yet.
function isChanged(field, inside) {
  if (!inside.contains(field)) return false;
  if (field.matches("select")) return [...field.options].some(option => option.selected !== option.defaultSelected);
  return field.matches("input") && field.value !== field.defaultValue;
}
