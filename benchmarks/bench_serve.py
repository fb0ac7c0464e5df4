"""What does a class cost? `rnn-tui serve`, and so many viewers with a socket each (Linux).

    python -m benchmarks.bench_serve [--viewers 1 30] [--seconds S] [-- WORDS OF SERVE]

Memory is proportional (PSS): what several processes share counts a part for each. Processor time is
that of all processes the server started. The viewers take what is painted and throw it away, in a
process of their own that counts for nothing; each has the focus and looks at a picture of 120 x 40.
"""

import argparse
import asyncio
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from benchmarks.viewer import CLOCK_TICKS

HELLO = str(Path(__file__).parents[1] / "corpora" / "hello.txt")
PATIENCE = 100.0
ESCAPES = re.compile(r"\x1b[\[\]()][0-9;?<>=$]*[A-Za-z]")
KEPT = 20_000
"""Characters of what was painted last that a viewer remembers."""
NUMBERS = re.compile(r"update +([\d,]+)")
PAUSED, RUNNING = "⏸ paused", "▶ running"


class Looker:
    """A viewer without a browser."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket, self.seen, self.bytes, self.frames = socket, "", 0, 0
        self._width = 120
        self._news = asyncio.Event()
        self.reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        while (message := await self.socket.receive()).type is WSMsgType.BINARY:
            self.bytes += len(message.data)
            self.frames += 1
            self.seen = (self.seen + ESCAPES.sub("", message.data.decode()))[-KEPT:]
            self._news.set()

    async def until(self, word: str) -> None:
        """Look until it is painted."""
        while word not in self.seen:
            if self.reading.done():
                raise RuntimeError(f"the viewer was sent home: {self.seen[-300:]!r}")
            self._news.clear()
            await self._news.wait()

    async def press(self, key: str, word: str) -> float:
        """Press a key; return seconds until the word is painted."""
        self.seen, start = "", time.perf_counter()
        await self.socket.send_json(["stdin", key])
        await self.until(word)
        return time.perf_counter() - start

    async def update(self) -> tuple[float, int]:
        """Return when which update was painted: another width has all of it painted."""
        self._width ^= 1
        self.seen = ""
        await self.socket.send_json(["resize", {"width": self._width, "height": 40}])
        while not (found := NUMBERS.search(self.seen)):
            self._news.clear()
            await self._news.wait()
        return time.perf_counter(), int(found[1].replace(",", ""))


def below(pid: int) -> list[int]:
    """Return a process and all that it and those it started have started."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            parents[int(path.name)] = int(fields[1])
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def processor_seconds(pids: list[int]) -> float:
    """Return what processes have used so far, with their children that have ended."""
    used = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used += sum(map(int, fields[11:15]))
    return used / CLOCK_TICKS


def megabytes(pids: list[int]) -> float:
    """Return proportional memory."""
    found = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            if match := re.search(r"^Pss: +(\d+) kB", text, re.MULTILINE):
                found += int(match[1])
    return found / 1024


@contextlib.contextmanager
def serving(viewers: int, words: list[str]) -> Iterator[tuple[int, int]]:
    """Serve; yield the process and the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rnn_tui", "serve", *words, "--port", str(port)]
    environment = os.environ.copy()
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    server = subprocess.Popen(
        [*command, "--viewers", str(viewers)], stderr=subprocess.PIPE, text=True, env=environment
    )
    try:
        assert server.stderr
        while "Ctrl+C" not in (said := server.stderr.readline()):
            if not said:
                raise RuntimeError("the server did not start")
        yield server.pid, port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


async def arrive(client: ClientSession, url: str, count: int) -> list[Looker]:
    """Let so many come at once; each looks until the first numbers are painted."""

    async def come() -> Looker:
        looker = Looker(await client.ws_connect(url))
        await looker.until("smoothed")
        await looker.until("running")
        await looker.socket.send_json(["focus"])
        return looker

    return await asyncio.gather(*(come() for _ in range(count)))


async def look(count: int, seconds: float, words: list[str]) -> None:
    """Measure a class and print it."""
    with serving(count, words) as (server, port):
        url = f"ws://127.0.0.1:{port}/ws?width=120&height=40"
        async with ClientSession() as client, asyncio.timeout(PATIENCE + 3 * seconds):
            empty = megabytes(below(server))
            start, before = time.perf_counter(), processor_seconds(below(server))
            lookers = await arrive(client, url, count)
            ready, used = time.perf_counter() - start, processor_seconds(below(server)) - before
            print(f"{count} viewers, {len(below(server))} processes")
            print(f"  all have numbers after {ready:.1f} s, {used / count:.2f} s of processor each")
            await asyncio.sleep(2)
            await watch(server, lookers, seconds)
            memory = megabytes(below(server))
            print(f"  memory {memory:,.0f} MB, {(memory - empty) / count:.1f} each")
            keys = [
                1000 * await looker.press(*key)
                for looker in lookers * max(1, 20 // count)
                for key in ((" ", PAUSED), (" ", RUNNING))
            ]
            late = quantiles(keys, n=20)[-1]
            print(f"  key to its picture: median {median(keys):.0f} ms, 95 of 100 {late:.0f} ms")
            for looker in lookers:
                await looker.press(" ", PAUSED)
            print("  standing still:")
            await watch(server, lookers, seconds / 2)
            for looker in lookers:
                await looker.socket.close()


async def watch(server: int, lookers: list[Looker], seconds: float) -> None:
    """Look for so long and print cores, and what each viewer gets."""
    first = [await looker.update() for looker in lookers]
    for looker in lookers:
        looker.bytes = looker.frames = 0
    before, start = processor_seconds(below(server)), time.perf_counter()
    await asyncio.sleep(seconds)
    took = time.perf_counter() - start
    used = (processor_seconds(below(server)) - before) / took
    each = len(lookers) * took
    painted = sum(looker.bytes for looker in lookers) / each / 1000
    frames = sum(looker.frames for looker in lookers) / each
    last = [await looker.update() for looker in lookers]
    rates = [(n - m) / (b - a) for (a, m), (b, n) in zip(first, last, strict=True)]
    print(f"  {used:.2f} cores, {used / len(lookers):.3f} each")
    print(f"  painted {painted:.1f} kB/s, {frames:.1f} messages/s each")
    print(f"  updates/s: median {median(rates):.1f}, least {min(rates):.1f}", flush=True)


def main() -> None:
    """Measure each size of a class."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--viewers", type=int, nargs="+", default=[1, 30])
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("words", nargs="*", default=[HELLO])
    options = parser.parse_args()
    for count in options.viewers:
        asyncio.run(look(count, options.seconds, options.words))


if __name__ == "__main__":
    main()
