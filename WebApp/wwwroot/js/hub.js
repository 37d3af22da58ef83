// A small client of ASP.NET Core's hub protocol (JSON over a web socket): calls, messages, pings, and coming back after a break.
const SEPARATOR = "\u001e";
const PING_EVERY = 15000;
const SILENT_AFTER = 40000;
const WAITS = [500, 1000, 2000, 5000, 10000, 20000];

export class HubConnection {
  #path;
  #handlers = new Map();
  #socket = null;
  #ping = 0;
  #silence = 0;
  #attempt = 0;
  #retry = 0;
  isOpen = false;
  opened = () => { };
  closed = () => { };

  constructor(path) {
    this.#path = path;
    addEventListener("online", () => this.#again(0));
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.#again(0); });
  }

  on(target, handler) { this.#handlers.set(target, handler); }

  send(target, ...args) { if (this.isOpen) this.#write({ type: 1, target, arguments: args }); }

  start() {
    if (this.#socket || this.#retry) return;
    const socket = this.#socket = new WebSocket(location.origin.replace(/^http/, "ws") + this.#path);
    socket.onopen = () => this.#write({ protocol: "json", version: 1 });
    socket.onmessage = event => this.#read(event.data);
    socket.onclose = () => this.#ended(socket);
  }

  #write(message) { this.#socket.send(JSON.stringify(message) + SEPARATOR); }

  #read(data) {
    this.#listen();
    for (const text of data.split(SEPARATOR)) {
      if (!text) continue;
      const message = JSON.parse(text);
      if (message.type === undefined) this.#shaken(message);
      else if (message.type === 1) this.#handlers.get(message.target)?.(...message.arguments);
      else if (message.type === 7) this.#socket?.close();
    }
  }

  #shaken(handshake) {
    if (handshake.error) { this.#socket.close(); return; }
    this.isOpen = true;
    this.#attempt = 0;
    this.#ping = setInterval(() => this.#write({ type: 6 }), PING_EVERY);
    this.opened();
  }

  #listen() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#socket?.close(), SILENT_AFTER);
  }

  #ended(socket) {
    if (socket !== this.#socket) return;
    clearInterval(this.#ping);
    clearTimeout(this.#silence);
    this.#socket = null;
    this.isOpen = false;
    this.closed();
    this.#again(WAITS[Math.min(this.#attempt++, WAITS.length - 1)] * (0.75 + Math.random() / 2));
  }

  #again(wait) {
    if (this.#socket || (wait === 0 && !this.#retry)) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => { this.#retry = 0; this.start(); }, wait);
  }
}
