// Shared by the other scripts.

// When all that the page shows has arrived, and the browser has nothing else to do.
export const whenLoaded = () => new Promise(resolve => {
  const waitForIdle = () => window.requestIdleCallback ? requestIdleCallback(resolve, { timeout: 1000 }) : setTimeout(resolve);
  if (document.readyState === "complete") waitForIdle();
  else window.addEventListener("load", waitForIdle, { once: true });
});

const announcer = () => document.getElementById("announcer");

export function announce(text) {
  const region = announcer();
  if (region) {
    region.textContent = "";
    requestAnimationFrame(() => { region.textContent = text; });
  }
}

// Shows a notice where the server shows its own, until the next page.
export function complain(text) {
  const flash = document.createElement("div");
  flash.className = "flash";
  const notice = document.createElement("div");
  notice.className = "notice bad";
  notice.setAttribute("role", "alert");
  notice.textContent = text;
  flash.append(notice);
  for (const old of document.querySelectorAll(".flash")) old.remove();
  document.getElementById("content")?.prepend(flash);
}

export function showLocalTimes(root = document) {
  const format = new Intl.DateTimeFormat(
    "en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
  for (const time of root.querySelectorAll("time[datetime]")) {
    const local = format.format(new Date(time.dateTime));
    if (time.textContent !== local) time.textContent = local;
  }
}
