// Suggests products while a search is typed: a combobox with a list. Without it, the form searches as always.
import { announce } from "./page.js";

const WAIT = 120;
const KEPT = 50;

const known = new Map();
let input = null;
let timer = 0;
let request = null;

// Called for a field that gets the focus. Somebody may have typed before this script had loaded.
export function suggestFor(field, wasTyped) {
  input = field;
  prepare();
  close();
  if (wasTyped) ask();
}

// The server's markup is merged into the page at each navigation, and takes list and attributes away.
function prepare() {
  const field = input;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", "suggestions");
  if (!list()) {
    const box = document.createElement("ul");
    box.id = "suggestions";
    box.className = "suggestions";
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", "Suggestions");
    box.addEventListener("mousedown", event => event.preventDefault());
    box.addEventListener("click", event => choose(event.target.closest("[role=option]")));
    box.hidden = true;
    field.form.append(box);
  }
}

const list = () => document.getElementById("suggestions");
const options = () => [...list()?.children ?? []];
const active = () => list()?.querySelector("[aria-selected=true]");
const isField = target => target === input && document.contains(target);

document.addEventListener("input", event => {
  if (!isField(event.target)) return;
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});

document.addEventListener("keydown", event => {
  if (!isField(event.target) || event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list()?.hidden !== false) ask();
    else move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && active()) {
    event.preventDefault();
    choose(active());
  } else if (event.key === "Escape" && list()?.hidden === false) {
    event.preventDefault();
    close();
  }
}, true);

document.addEventListener("focusout", event => { if (isField(event.target)) close(); });
document.addEventListener("submit", close, true);

async function ask() {
  const text = input.value.trim();
  request?.abort();
  prepare();
  if (!text) { close(); return; }

  const stop = request = new AbortController();
  let found;
  try {
    found = known.get(text) ?? await find(text, stop.signal);
  } catch (error) {
    // No suggestions while the catalog does not respond; the search itself says so.
    if (stop.signal.aborted) return;
    close();
    if (error.retryAfter > 0) timer = setTimeout(ask, error.retryAfter * 1000);
    return;
  }
  if (!stop.signal.aborted && input.value.trim() === text && document.activeElement === input) show(text, found);
}

async function find(text, signal) {
  const response = await fetch(`/api/catalog/suggestions?text=${encodeURIComponent(text)}`, { signal });
  if (!response.ok) throw Object.assign(new Error(`${response.status}`), { retryAfter: Number(response.headers.get("Retry-After")) });
  const found = await response.json();
  if (known.size >= KEPT) known.clear();
  known.set(text, found);
  return found;
}

function show(text, found) {
  // The page may have changed since the question.
  prepare();
  const rows = found.products.map(product => row(`/products/${product.id}`, [
    picture(product), word("name", product.name), word("price", product.isInStock ? price(product) : "Sold out"),
  ]));
  if (rows.length > 0) rows.push(row(`/?q=${encodeURIComponent(text)}`, [word("all", `All results for “${text}”`)]));
  rows.forEach((element, index) => { element.id = `suggestion-${index}`; });
  list().replaceChildren(...rows);
  list().hidden = rows.length === 0;
  input.setAttribute("aria-expanded", `${rows.length > 0}`);
  input.removeAttribute("aria-activedescendant");
  const count = found.products.length;
  if (count > 0) announce(`${count === 1 ? "1 suggestion" : `${count} suggestions`}. Use the arrow keys to choose one.`);
}

function row(path, parts) {
  const element = document.createElement("li");
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", "false");
  element.dataset.path = path;
  element.append(...parts);
  return element;
}

function picture(product) {
  const image = new Image(48, 48);
  image.alt = "";
  image.src = `/product-images/${product.id}?width=160&version=${encodeURIComponent(product.pictureVersion)}`;
  return image;
}

function word(name, text) {
  const element = document.createElement("span");
  element.className = name;
  element.textContent = text;
  return element;
}

const price = product => new Intl.NumberFormat("en-IE", { style: "currency", currency: product.currency }).format(product.price);

function move(by) {
  const all = options();
  const next = all[(all.indexOf(active()) + by + (active() || by > 0 ? 0 : 1) + all.length) % all.length];
  for (const option of all) option.setAttribute("aria-selected", `${option === next}`);
  input.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

function choose(option) {
  if (!option) return;
  const path = option.dataset.path;
  close();
  input.blur();
  if (window.Blazor?.navigateTo) window.Blazor.navigateTo(path);
  else location.assign(path);
}

function close() {
  clearTimeout(timer);
  request?.abort();
  if (list()) list().hidden = true;
  input?.setAttribute("aria-expanded", "false");
  input?.removeAttribute("aria-activedescendant");
}
