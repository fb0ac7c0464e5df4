"""Somebody leads the class from an address of their own: real programs, real sockets."""

import asyncio
import html
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

aiohttp = pytest.importorskip("aiohttp", reason="the extra web is not installed")

from aiohttp.test_utils import TestClient, TestServer  # noqa: E402

from rnn_tui.cli import main, parse  # noqa: E402
from rnn_tui.commands import serve  # noqa: E402
from rnn_tui.language import use  # noqa: E402
from rnn_tui.web.lead import Lead  # noqa: E402
from rnn_tui.web.server import OURS, ClassServer, ServeOptions  # noqa: E402
from rnn_tui.web.standing import Standing, counted  # noqa: E402
from tests.web.test_serve import HELLO, PATIENCE, Viewer, words  # noqa: E402

LESSON = """
title = "Two steps"
text = "hello"

[[step]]
say = "Look."
ask = "How often does l stand in hello, if not {V} times?"
why = "It is two."

[step.choices]
"twice" = "V == 4"
"four times" = "V == 5"

[[step]]
say = "Look again."
ask = "How many characters are there?"
number = "V"
why = "They are {V}."
"""
QUESTIONS = ("How often …", "How many …")


class Teacher:
    """Somebody at the page of the lead."""

    def __init__(self, client: TestClient, lead: Lead) -> None:
        self.client, self.path = client, lead.path

    async def do(self, what: str, value: str = "") -> int:
        data = {"what": what, "value": value}
        async with self.client.post(f"{self.path}/do", data=data) as answer:
            return answer.status

    async def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            while True:
                async with self.client.get(f"{self.path}/now") as answer:
                    counts: dict[str, Any] = await answer.json()
                if holds(counts):
                    return counts


@asynccontextmanager
async def led(
    program: list[str], lesson: tuple[str, ...] = ()
) -> AsyncIterator[tuple[TestClient, Teacher]]:
    options = ServeOptions(
        words=program, title="a <title>", host="127.0.0.1", port=1, most=3, memory=1 << 30,
        lesson=lesson,
    )  # fmt: skip
    server = ClassServer(options)
    async with TestClient(TestServer(server.app())) as client:
        yield client, Teacher(client, server.lead)


async def come(client: TestClient, word: str) -> Viewer:
    viewer = Viewer(await client.ws_connect("/ws?width=120&height=40"))
    await viewer.until(lambda seen: word in seen)
    return viewer


async def test_all_stand_still_look_and_go_on_and_each_may_take_over() -> None:
    async with led(words(HELLO)) as (client, teacher):
        viewers = [await come(client, "smoothed") for _ in range(2)]
        await teacher.until(lambda now: now["viewers"] == now["running"] == 2)
        assert await teacher.do("pause") == 204
        for viewer in viewers:
            await viewer.until(lambda seen: "The class stands still; space goes on." in seen)
        still = await teacher.until(lambda now: now["running"] == 0)
        await viewers[0].type(" ")  # one takes over
        now = await teacher.until(lambda now: now["running"] == 1)
        assert now["updates"][0] == still["updates"][0] < now["updates"][2]
        assert await teacher.do("see", "unrolled") == 204
        for viewer in viewers:
            await viewer.until(lambda seen: "The class looks here." in seen)
        assert await teacher.do("restart") == 204
        await teacher.until(lambda now: now["updates"][0] == 0)


async def test_the_class_comes_to_a_step_and_its_answers_are_counted(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (file := tmp_path / "two.toml").write_text(LESSON)
    async with led(words("--lesson", str(file)), QUESTIONS) as (client, teacher):
        first, second = [await come(client, "How often does l") for _ in range(2)]
        for viewer, letter in ((first, "a"), (second, "b")):
            await viewer.type("\r")
            await viewer.type(letter)
            await viewer.type("\r")
        now = await teacher.until(lambda now: now["steps"][0]["wrong"] == 1)
        now = await teacher.until(lambda now: now["steps"][0]["right"] == 1)
        assert now["steps"][0] == {"here": 2, "right": 1, "wrong": 1, "choices": {"a": 1, "b": 1}}
        assert await teacher.do("step", "1") == 204
        for viewer in (first, second):
            await viewer.until(lambda seen: "How many characters" in seen)
        late = await come(client, "How many characters")
        await late.type("\r")
        await late.type("4")
        await late.type("\r")
        now = await teacher.until(lambda now: now["steps"][1]["right"] == 1)
        assert now["steps"][1] == {"here": 3, "right": 1, "wrong": 0, "choices": {}}
        await late.socket.close()
        await teacher.until(lambda now: now["steps"][1]["here"] == 2)
        assert await teacher.do("step", "0") == 204
        await teacher.until(lambda now: now["steps"][0]["right"] == now["steps"][0]["wrong"] == 0)
    assert not list(tmp_path.rglob("lessons.json")), "nobody's progress is kept here"


@pytest.mark.parametrize("path", ["", "/now", "/do"])
async def test_only_its_own_address_leads(path: str) -> None:
    async with led(["false"]) as (client, teacher):
        for key in ("x", teacher.path[len("/lead/") :][:-1], "%ff"):
            ask = client.post if path == "/do" else client.get
            async with ask(f"/lead/{key}{path}") as answer:
                assert answer.status == 404
        async with client.get(teacher.path, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
        async with client.post(
            f"{teacher.path}/do", data={"what": "pause"}, headers={"Origin": "http://evil.example"}
        ) as answer:
            assert answer.status == 403


@pytest.mark.parametrize(
    ("what", "value"),
    [("", ""), ("quit", ""), ("pause", "x"), ("see", "race"), ("see", ""), ("step", "2"),
     ("step", "-1"), ("step", "²"), ("pause", "x" * 2000)],
)  # fmt: skip
async def test_what_the_page_would_not_ask_is_refused(what: str, value: str) -> None:
    async with led(["false"], QUESTIONS) as (_, teacher):
        assert await teacher.do(what, value) == 400


async def test_the_page_speaks_the_language_of_whoever_serves() -> None:
    use("ko")
    try:
        async with led(words(HELLO), QUESTIONS) as (client, teacher):
            page = await (await client.get(teacher.path)).text()
    finally:
        use("en")
    said = json.loads(html.unescape(re.findall(r'data-words="(.*?)"', page)[0]))
    assert said["silent"] == "서버가 답하지 않습니다."
    script = (OURS / "lead.js").read_text()
    assert set(re.findall(r"words\.(\w+)", script)) - {"parse"} == {*said}
    assert ">모두 멈춤<" in page
    assert ">2단계<" in page
    shown = re.sub(r"<[^>]*>", " ", page)
    assert not [
        word
        for word in re.findall("[A-Za-z]{3,}", shown)
        if word not in ("How", "many", "often", "title")
    ]


async def test_the_page_asks_nobody_else_for_anything() -> None:
    async with led(["false"], ("Is <b> here?", "And …?")) as (client, teacher):
        async with client.get(teacher.path) as answer:
            page = await answer.text()
        assert "a &lt;title&gt;" in page
        assert "Is &lt;b&gt; here?" in page
        assert "//" not in page
        assert teacher.path not in page, "it is in the address alone"
        for link in re.findall(r'(?:src|href)="([^"]+)"', page):
            async with client.get(link) as part:
                assert part.status == 200, link
        async with client.get("/") as answer:
            assert "lead" not in await answer.text()


def test_every_server_has_an_address_of_its_own() -> None:
    keys = {Lead("", []).key for _ in range(20)}
    assert len(keys) == 20
    assert min(map(len, keys)) >= 32


def test_counts_are_those_of_who_is_there() -> None:
    standings = []
    for update, step, answer, right in ((3, 0, "a", True), (10, 1, "b", False), (5, 1, "b", True)):
        standings.append(Standing())
        standings[-1].take({"update": update, "running": update > 3, "step": step})
        standings[-1].take({"update": update, "step": 0, "answer": answer, "right": right})
        standings[-1].take({"update": update, "running": update > 3, "step": step})
    assert counted(standings, QUESTIONS) == {
        "viewers": 3, "running": 2, "updates": [3, 5, 10],
        "steps": [
            {"here": 1, "right": 2, "wrong": 1, "choices": {"a": 1, "b": 2}},
            {"here": 2, "right": 0, "wrong": 0, "choices": {}},
        ],
    }  # fmt: skip
    assert counted([], ())["updates"] == []


def test_a_lesson_is_served_with_how_it_is_to_look() -> None:
    given = words("--lesson", "wall", "--fps", "3", "--port", "9")
    assert given[3:] == ["learn", "--fps=3", "--", "wall"]
    _, options = parse(["serve", "--lesson", "wall"])
    name, config, corpus, questions = serve.shown(options)
    assert len(questions) > 1
    assert len(corpus.vocab) == 4
    assert config.hidden_size == 3
    assert name


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([HELLO, "--lesson", "wall"], "leave CORPUS out"),
        (["--lesson", "wall", "--cell", "gru"], "--cell has no place beside --lesson"),
        (["--lesson", "wal"], "there is no lesson wal"),
    ],
)
def test_what_a_lesson_leaves_no_room_for(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *arguments]) == 2
    assert expected in capsys.readouterr().err
