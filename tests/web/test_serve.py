"""`rnn-tui serve`: what a viewer gets, and what nobody gets."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

aiohttp = pytest.importorskip("aiohttp", reason="the extra web is not installed")

from aiohttp.test_utils import TestClient, TestServer  # noqa: E402

from rnn_tui.cli import main, parse  # noqa: E402
from rnn_tui.commands import screen, serve  # noqa: E402
from rnn_tui.commands.serving import viewer_words  # noqa: E402
from rnn_tui.limits import reached  # noqa: E402
from rnn_tui.web.program import Program  # noqa: E402
from rnn_tui.web.server import ClassServer, ServeOptions  # noqa: E402
from tests.web.browser import PATIENCE, chromium, executable  # noqa: E402

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")
EVIL = "a b'; touch pwned; $(touch pwned) `touch pwned` & \"x.txt"


def words(*arguments: str) -> list[str]:
    return viewer_words.words(parse(["serve", *arguments])[1])


@asynccontextmanager
async def served(
    program: list[str],
    most: int = 3,
    host: str = "127.0.0.1",
    allowed: tuple[str, ...] = (),
    memory: int = 1 << 30,
) -> AsyncIterator[TestClient]:
    """A server on a port that is free, and somebody who asks it."""
    options = ServeOptions(
        words=program, title="a <title>", host=host, port=1, most=most, memory=memory,
        allowed=allowed,
    )  # fmt: skip
    async with TestClient(TestServer(ClassServer(options).app())) as client:
        yield client


class Viewer:
    """Somebody who types without a browser; always looking, or the server would think it gone."""

    def __init__(self, socket: "aiohttp.ClientWebSocketResponse") -> None:
        self.socket, self.seen = socket, ""
        self.reading = asyncio.create_task(self._read())
        self._news = asyncio.Event()

    async def _read(self) -> None:
        while (message := await self.socket.receive()).type is aiohttp.WSMsgType.BINARY:
            self.seen += re.sub(r"\x1b\[[0-9;?<>=$]*[A-Za-z]", "", message.data.decode())
            self._news.set()

    async def type(self, text: str) -> None:
        await self.socket.send_json(["stdin", text])

    async def until(self, holds: Callable[[str], bool]) -> str:
        async with asyncio.timeout(PATIENCE):
            while not holds(self.seen):
                assert not self.reading.done(), self.seen[-2000:]
                self._news.clear()
                await self._news.wait()
        return self.seen


async def come(client: TestClient) -> Viewer:
    viewer = Viewer(await client.ws_connect("/ws?width=120&height=40"))
    await viewer.until(lambda seen: "running" in seen and "smoothed" in seen)
    return viewer


async def test_two_viewers_have_their_own_runs_and_save_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here := tmp_path / "here").mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    Path(EVIL).write_text("hello\n")
    async with served(words(EVIL, "--fps", "20")) as client:
        first, second = await come(client), await come(client)
        assert "touch pwned" in first.seen
        await first.type(" ")
        await first.until(lambda seen: "Paused after update" in seen)
        await first.type("w")
        await first.until(lambda seen: "Nothing can be saved from a browser." in seen)
        await first.type("0")
        await first.until(lambda seen: "One network runs." in seen)
        await first.type("\r")
        await first.until(lambda seen: "No race in a browser" in seen)
        so_far = len(second.seen)
        await second.until(lambda seen: len(seen) > so_far + 500)  # it runs on
        assert "Paused" not in second.seen
        await first.type("q")
        await first.reading
        assert first.socket.closed
    assert not list(tmp_path.rglob("*.safetensors"))
    assert [path.name for path in here.iterdir()] == [EVIL], "a name is no command"


@pytest.mark.parametrize("said", [None, "[]", "nonsense", '["stdin"]', '["resize", 3]', '"x"'])
async def test_a_program_ends_with_its_viewer(
    said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even one that does not hear that it should, and after any nonsense."""
    monkeypatch.setattr("rnn_tui.web.program.PATIENCE", 0.1)
    begun: list[Process] = []
    start = Program._open_app_process

    async def started(self: Program, width: int, height: int) -> Process:
        begun.append(await start(self, width, height))
        return begun[-1]

    monkeypatch.setattr(Program, "_open_app_process", started)
    async with served(["sleep", "60"]) as client, asyncio.timeout(20):
        viewer = await client.ws_connect("/ws")
        if said:
            await viewer.send_str(said)
            assert (await viewer.receive()).type is aiohttp.WSMsgType.CLOSE
        await viewer.close()
    assert [process.returncode for process in begun] == [-signal.SIGKILL]


async def test_a_program_that_falls_closes_the_page() -> None:
    async with served(["false"]) as client:
        viewer = await client.ws_connect("/ws")
        assert (await viewer.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_there_is_room_for_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rnn_tui.web.program.PATIENCE", 0.1)
    async with served(["sleep", "60"], most=1) as client:
        first = await client.ws_connect("/ws")
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await client.ws_connect("/ws")
        assert refused.value.status == 503
        assert not first.closed


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": f"{socket.gethostname()}:8000"}, 200),
        ({"Host": f"{socket.gethostname()}.local".upper()}, 200),
        ({"Host": "127.0.0.1."}, 200),
        ({"Host": "class.example"}, 200),
        ({"Host": "xn--9d0b527e.kr"}, 200),
        ({"Host": "127.0.0.1:8000", "Origin": "https://class.example"}, 200),
        ({"Host": "evil.example:8000", "Origin": "http://evil.example:8000"}, 403),
        ({"Host": "127.0.0.1:8000", "Origin": "http://127.0.0.1:9"}, 403),
        ({"Host": "10.9.8.7:8000"}, 403),
        ({"Host": "[::1"}, 403),
    ],
)
async def test_open_to_all_it_answers_to_its_own_names(
    headers: dict[str, str], status: int
) -> None:
    """A page elsewhere whose name leads here (DNS rebinding) has a Host and Origin that agree."""
    allowed = ("class.example", "학교.kr")
    async with served(["false"], host="0.0.0.0", allowed=allowed) as client:
        for path in ("/", "/static/css/xterm.css"):
            async with client.get(path, headers=headers) as answer:
                assert answer.status == status


async def spoken(client: TestClient, said: bytes) -> bytes:
    """What the server answers to bytes before it closes the connection."""
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(said)
    async with asyncio.timeout(PATIENCE):
        answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


@pytest.mark.parametrize(
    "said",
    [b"", b"GET / HTTP/1.1\r\nHost: 127", b"GET /ws HTTP/1.1\r\nUpgrade: websocket\r\nX: "],
)
async def test_who_does_not_finish_asking_is_let_go(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rnn_tui.web.server.IDLE", 0.1)
    async with served(["false"]) as client:
        assert await spoken(client, said) == b""


async def test_who_does_not_fetch_an_answer_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rnn_tui.web.answers.LONGEST", 0.1)
    async with served(["false"]) as client:
        with socket.socket() as slow:
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            slow.setblocking(False)
            loop = asyncio.get_running_loop()
            await loop.sock_connect(slow, (client.host, client.port))
            host = f"127.0.0.1:{client.port}".encode()
            await loop.sock_sendall(
                slow, b"GET /static/js/textual.js HTTP/1.1\r\nHost: " + host + b"\r\n\r\n"
            )
            runner = client.server.runner
            assert runner
            assert runner.server
            async with asyncio.timeout(PATIENCE):
                while not runner.server.connections:
                    await asyncio.sleep(0)
                while runner.server.connections:
                    await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/page.js", 200), ("/missing", 404), ("/static", 403)]
)
async def test_answers_are_for_this_page_alone(path: str, status: int) -> None:
    async with served(["false"]) as client, client.get(path) as answer:
        assert answer.status == status
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Server"] == "rnn-tui"
        assert "xterm.css" not in await answer.text() or path == "/"


async def test_no_version_even_for_what_is_no_http() -> None:
    async with served(["false"]) as client:
        answer = await spoken(client, b"nonsense\r\n\r\n")
    assert b" 400 " in answer
    assert b"Server: rnn-tui\r\n" in answer
    assert b"aiohttp" not in answer


@pytest.mark.parametrize("error", [RuntimeError("can't start new thread"), OSError(24, "x")])
async def test_a_limit_keeps_a_viewer_out_in_one_line(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("asyncio.create_subprocess_exec", refuse)
    async with served(["false"]) as client:
        viewer = await client.ws_connect("/ws")
        assert (await viewer.receive()).type is aiohttp.WSMsgType.CLOSE
        async with client.get("/") as answer:
            assert answer.status == 200
    (line,) = [record.getMessage() for record in caplog.records]
    assert line == f"rnn-tui: a viewer got no run: {reached(error)}"


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits of Linux")
async def test_memory_ends_a_viewer_alone_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    greedy = "print('__GANGLION__', flush=True)\nx = []\nwhile True: x.append(bytearray(1 << 20))"
    async with served([sys.executable, "-c", greedy], memory=256 << 20) as client:
        viewer = await client.ws_connect("/ws")
        assert (await viewer.receive()).type is aiohttp.WSMsgType.CLOSE
        await viewer.close()
        async with client.get("/") as answer:
            assert answer.status == 200
    assert [record.getMessage() for record in caplog.records if "viewer" in record.name or
            record.name == "rnn_tui.web.program"] == [
        "rnn-tui: a viewer's run ended: MemoryError"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8000", "Origin": "http://localhost:8000"}, 200),
        ({"Host": "evil.example:8000"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
async def test_pages_of_others_are_refused(headers: dict[str, str], status: int) -> None:
    async with served(["false"]) as client:
        async with client.get("/", headers=headers) as answer:
            assert answer.status == status
        if status == 403:
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await client.ws_connect("/ws", headers=headers)
            assert refused.value.status == 403


async def test_the_page_asks_nobody_else_for_anything() -> None:
    async with served(["false"]) as client, client.get("/?fontsize=20") as answer:
        page = await answer.text()
        assert "<title>a &lt;title&gt;</title>" in page
        assert 'data-font-size="20"' in page
        assert "//" not in page
        assert '<meta name="viewport" content="width=device-width, initial-scale=1" />' in page
        async with client.get("/page.css") as style:
            page += await style.text()
        links = re.findall(r'(?:src|href)="([^"]+)"|url\("([^"]+)"\)', page)
        assert len(links) == 6
        for link in links:
            async with client.get(link[0] or link[1]) as part:
                assert part.status == 200, link


def test_a_viewer_gets_the_same_options() -> None:
    given = words(
        HELLO, "--cell", "gru", "--learning-rate", "1e-3", "--paused", "--host", "0.0.0.0",
        "--port", "9", "--autosave", "--record",
    )  # fmt: skip
    program = [sys.executable, "-m", "rnn_tui"]
    assert given[:3] == program
    command, options = parse(given[3:])
    assert command is screen
    assert (options.corpus, options.cell, options.learning_rate) == (HELLO, "gru", 1e-3)
    assert options.paused
    assert options.no_autosave
    assert options.no_record
    assert words("--resume")[3:] == ["--no-autosave", "--no-record", "--resume"]
    assert words("--resume", "x")[3:] == ["--no-autosave", "--no-record", "--resume=x"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-"], "name a file, not -"),
        ([HELLO, "--checkpoint", "x"], "--checkpoint has no place here"),
        ([HELLO, "--checkpoint-every", "3"], "--checkpoint-every has no place here"),
        ([HELLO, "--port", "0"], "--port is a number from 1 to 65535, not 0"),
        ([HELLO, "--viewers", "0"], "--viewers is at least 1"),
        ([HELLO, "--allow-host", "http://x"], "--allow-host is a name or an address"),
        ([HELLO, "--allow-host", "a,b:80"], "not 'b:80'"),
        (["missing.txt"], "no such file"),
        ([], "CORPUS is missing"),
        ([HELLO, "--host", "256.1.1.1.example"], "try another --port or --host"),
    ],
)
def test_what_cannot_be_served(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *arguments]) == 2
    assert expected in capsys.readouterr().err.splitlines()[-1]


def test_without_the_extra_it_says_how_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "rnn_tui.web.server")
    monkeypatch.setitem(sys.modules, "textual_serve.download_manager", None)
    assert main(["serve", HELLO]) == 2
    err = capsys.readouterr().err
    assert err.startswith("rnn-tui: serve needs the extra web: pip install 'rnn-tui[web]' (in a")
    assert err.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_it_says_what_it_means_and_ends_with_a_signal() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "rnn_tui", "serve", HELLO, "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    first, lead, last = (process.stderr.readline() for _ in range(3))
    assert f"http://127.0.0.1:{port}, open to this machine only" in first
    assert f"For whoever leads the class, and nobody else: http://127.0.0.1:{port}/lead/" in lead
    assert "nothing is saved" in last
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE):
        pass  # it is open once that is said
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=PATIENCE)[1] == ""
    assert process.returncode == 0


def test_a_port_that_is_taken_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", HELLO, "--port", str(port)]) == 2
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert f"cannot listen on 127.0.0.1:{port}" in err


def test_to_everybody_it_says_so() -> None:
    options = parse(["serve", HELLO, "--host", "0.0.0.0"])[1]
    assert "EVERYBODY who reaches this machine" in serve.meaning(options, "hello.txt", "/lead/x")


@pytest.mark.skipif(not executable(), reason="no Chromium is installed")
async def test_in_a_real_browser() -> None:
    """Painted, keys work without a click, and two tabs are two runs."""
    async with served(words(HELLO, "--fps", "2")) as client, chromium() as browser:
        url = str(client.make_url("/"))
        first, second = await browser.open(url), await browser.open(url)
        for page in (first, second):
            await page.until(lambda heard: "running" in heard and "smoothed" in heard, "screen")
        await first.press(" ")
        await first.until(lambda heard: "Paused after update" in heard, "pause")
        assert "Paused" not in await second.heard()
        before = await first.picture()
        await first.press("2")
        await first.until(lambda heard: "Unrolled" in heard, "other screen")
        assert await first.picture() != before
        assert len(before) > 15_000  # an empty page is a few thousand bytes of one color
        for page in (first, second):
            assert await page.faults() == []
