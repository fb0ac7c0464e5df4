"use strict";

const terminal = document.getElementById("terminal");
const scheme = location.protocol === "https:" ? "wss:" : "ws:";
terminal.dataset.sessionWebsocketUrl = `${scheme}//${location.host}/ws`;

// The terminal sends its focus, its size and keys as soon as it has a socket, which throws "Still
// in CONNECTING state" and loses them until the socket is open: here they wait for it.
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  if (this.readyState === WebSocket.CONNECTING) {
    this.addEventListener("open", () => send.call(this, data), { once: true });
  } else {
    send.call(this, data);
  }
};

document.getElementById("again").addEventListener("click", () => location.reload());

// The first key should be heard without a click. textual.js sets `onload`, before or after this,
// so the socket may not be there yet.
window.addEventListener("load", () => {
  setTimeout(() => document.querySelector("textarea")?.focus());
});
