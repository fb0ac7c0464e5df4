"""A headless Chromium, driven by its own protocol (Chrome DevTools Protocol) over a websocket."""

import asyncio
import base64
import itertools
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp

PATIENCE = 90.0
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader",
    "--no-first-run", "--remote-debugging-port=0", "--window-size=800,600",
)  # fmt: skip
LISTEN = """
window.heard = "";
window.faults = [];
for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"]) {
  window.addEventListener(kind, (event) => window.faults.push(
    `${kind}: ${event.message ?? event.reason ?? event.violatedDirective + " " + event.blockedURI}`
  ), true);
}
const Real = window.WebSocket;
window.WebSocket = class extends Real {
  constructor(...words) {
    super(...words);
    this.addEventListener("message", async (event) => {
      if (typeof event.data === "string") return;
      const data = event.data instanceof Blob ? await event.data.arrayBuffer() : event.data;
      window.heard += new TextDecoder().decode(data);
    });
  }
};
"""
"""Keeps what the terminal in the page is sent, since its canvas holds pixels and no text, and every
error of a script, failed file and breach of the security policy."""


def executable() -> str | None:
    """Where Chromium is, under any of its names."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Page:
    """One tab."""

    def __init__(self, browser: "Browser", session: str) -> None:
        self._browser, self._session = browser, session

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return await self._browser.call(method, self._session, **parameters)

    async def evaluate(self, expression: str) -> Any:
        found = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return found["result"].get("value")

    async def heard(self) -> str:
        """What the terminal has been sent so far, without escape sequences."""
        return re.sub(r"\x1b\[[0-9;?<>=$]*[A-Za-z]", "", str(await self.evaluate("window.heard")))

    async def faults(self) -> list[str]:
        """What went wrong in the page so far."""
        return list(await self.evaluate("window.faults"))

    async def press(self, text: str) -> None:
        for kind in ("keyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, text=text, key=text)

    async def until(self, holds: Callable[[str], bool], what: str) -> str:
        """Wait for what the terminal is sent."""
        never = asyncio.Event()
        for _ in range(int(PATIENCE / 0.1)):
            if holds(text := await self.heard()):
                return text
            with suppress(TimeoutError):
                await asyncio.wait_for(never.wait(), 0.1)
        raise AssertionError(f"no {what} in\n{text[-3000:]}")

    async def picture(self) -> bytes:
        """The page as PNG."""
        shot = await self.call("Page.captureScreenshot", format="png")
        return base64.b64decode(shot["data"])


class Browser:
    """The program and its websocket."""

    def __init__(self, socket: "aiohttp.ClientWebSocketResponse") -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._listener = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for message in self._socket:
            answer = message.json()
            if waiting := self._answers.pop(answer.get("id", 0), None):
                waiting.set_result(answer)

    async def call(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._answers[number] = asyncio.get_running_loop().create_future()
        request = {"id": number, "method": method, "params": parameters}
        await self._socket.send_json(request | ({"sessionId": session} if session else {}))
        answer = await asyncio.wait_for(self._answers[number], PATIENCE)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    async def open(self, url: str) -> Page:
        """Open a tab of its own, which believes it is looked at."""
        target = (await self.call("Target.createTarget", url="about:blank", newWindow=True))[
            "targetId"
        ]
        attached = await self.call("Target.attachToTarget", targetId=target, flatten=True)
        page = Page(self, attached["sessionId"])
        await page.call("Page.enable")
        await page.call("Emulation.setFocusEmulationEnabled", enabled=True)
        await page.call("Page.addScriptToEvaluateOnNewDocument", source=LISTEN)
        await page.call("Page.navigate", url=url)
        return page

    async def close(self) -> None:
        with suppress(Exception):
            await self.call("Browser.close")
        self._listener.cancel()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser for as long as it is needed."""
    program = executable()
    assert program
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            program, *OPTIONS, f"--user-data-dir={folder}",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            address = await asyncio.wait_for(announced(process), PATIENCE)
            async with (
                aiohttp.ClientSession() as http,
                http.ws_connect(address, max_msg_size=0) as socket,
            ):
                browser = Browser(socket)
                yield browser
                await browser.close()
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
            assert process.stderr
            await process.stderr.read()
            await process.wait()


async def announced(process: asyncio.subprocess.Process) -> str:
    """The address that Chromium prints when it listens."""
    assert process.stderr
    async for line in process.stderr:
        if found := re.search(rb"ws://\S+", line):
            return found[0].decode()
    raise AssertionError("Chromium ended before it listened")
