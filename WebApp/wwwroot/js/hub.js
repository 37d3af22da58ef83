// The connection to the hub, which sends what changes on open pages.
// SignalR is loaded only for pages that need it.
const WAITS = [500, 1000, 2000, 5000, 10000];

const handlers = [];
let connection = null;
let connecting = null;
let whenOpened = () => { };
let whenLost = () => { };

export const isOpen = () => connection?.state === "Connected";

export const on = (message, handler) => { handlers.push([message, handler]); };

// Called after each connection, the first and those after a break, and after each break.
export function onChange(opened, lost) { [whenOpened, whenLost] = [opened, lost]; }

// A call that is lost with the connection is sent again by whenOpened.
export const send = (method, ...args) => { connection.send(method, ...args).catch(() => { }); };

export function connect() {
  connecting ??= build().then(start).catch(() => { connecting = null; });
}

const pause = attempt => WAITS[Math.min(attempt, WAITS.length - 1)] * (0.75 + Math.random() / 2);

async function build() {
  await import("../lib/signalr.min.js");
  const { HubConnectionBuilder, HttpTransportType, LogLevel } = window.signalR;
  connection = new HubConnectionBuilder()
    .withUrl("/live", { transport: HttpTransportType.WebSockets, skipNegotiation: true })
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: context => pause(context.previousRetryCount) })
    .configureLogging(LogLevel.None)
    .build();
  for (const [message, handler] of handlers) connection.on(message, handler);
  connection.onreconnecting(() => whenLost());
  connection.onreconnected(() => whenOpened());
  connection.onclose(() => { whenLost(); start(); });
}

// SignalR reconnects by itself, but only what was connected before.
async function start() {
  for (let attempt = 0; !isOpen(); attempt++) {
    try {
      await connection.start();
    } catch {
      await new Promise(resolve => setTimeout(resolve, pause(attempt)));
    }
  }
  whenOpened();
}
