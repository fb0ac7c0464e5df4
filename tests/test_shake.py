"""Short forms of the shaking in `shake`, and its judges judged."""

import os
import random
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.protocol.commands import Pause, SetSpeed, Step
from rnn_tui.protocol.replies import Done, Left, Refused
from rnn_tui.protocol.snapshot import Snapshot
from shake import cli, commands, input, keys, kills, tails, terminals
from shake.byte_strings import byte_string
from shake.pty_screen import PtyScreen
from shake.soak import Size, growth, size
from tests.live.desk import LOOK, at_desk
from tests.marks import needs_proc


@needs_proc
def test_random_keys() -> None:
    tally = keys.shake(cases=200, seed=3)
    assert not tally.wrong, tally.wrong[0]
    assert tally.pressed == 200


@needs_proc
def test_random_byte_strings() -> None:
    tally = input.shake(300, seed=5)
    assert not tally.wrong, tally.wrong[0]
    assert tally.strings == 300


@needs_proc
def test_a_screen_that_ends_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input, "send", lambda screen, *_: screen.press(b"\x11"))
    monkeypatch.setattr(input, "LOCKED", ["-m", "rnn_tui"])
    [wrong] = input.shake(9, seed=5).wrong
    assert "it ended" in wrong


@needs_proc
def test_keys_from_tails() -> None:
    """None come of them, and those that come of what is sent beside would be noticed."""
    splits = [(b"\x1b[<35;40;12M", 4), (b"\x1b[D", 2), (b"\x1b[97;1;97u", 5)]
    wrong = tails.shake((b"", b"["), splits)
    assert len(wrong) == 3
    assert all("[' was typed" in one for one in wrong)


def test_byte_strings_are_of_all_kinds() -> None:
    luck = random.Random(1)
    found = [byte_string(luck) for _ in range(20_000)]
    assert set(b"".join(found)) == set(range(256))
    assert max(map(len, found)) > 2_000
    for begun in (
        b"\x1b[200~",
        b"\x1b]",
        b"\x1bP",
        b"\x1b_",
        b"\x1b^",
        b"\x1bX",
        b"\x1b[M",
        b"\x9d",
    ):
        assert any(string.startswith(begun) for string in found)


@needs_proc
def test_kills() -> None:
    tally = kills.shake(cases=2, seed=2)
    assert not tally.wrong, tally.wrong[0]
    assert (tally.workers, tally.screens) == (1, 1)


def test_random_command_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    counts, wrong = cli.shake(60, seed=1, folder=tmp_path)
    assert not wrong, wrong[0]
    assert counts["done"] > 5
    assert counts["refused"] > 5


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 12))
def test_commands_in_any_order(tmp_path_factory: pytest.TempPathFactory, seed: int, n: int) -> None:
    folder = tmp_path_factory.getbasetemp()
    assert commands.trial(random.Random(seed), n, folder) == []


def answers_to(*sent: Any) -> list[Any]:
    script, _ = at_desk(sent, paused=False)
    return [message for message in script.sent if not isinstance(message, Left)][:-1]


def test_the_judge_of_commands_notices_what_is_wrong() -> None:
    sent = [SetSpeed(7.0), Step(), LOOK, Pause(), LOOK]
    good = answers_to(*sent[:-1], (0.5, LOOK))
    assert commands.judge(sent, good) == []
    done = [i for i, m in enumerate(good) if isinstance(m, Done)]
    seen = [i for i, m in enumerate(good) if isinstance(m, Snapshot)]
    lost = good[: done[1]] + good[done[1] + 1 :]
    twice = [*good, good[done[0]]]
    swapped = list(good)
    swapped[done[0]], swapped[done[1]] = good[done[1]], good[done[0]]
    unseen = good[: seen[0]] + good[seen[0] + 1 :]
    other = [replace(m, speed=8.0) if isinstance(m, Snapshot) else m for m in good]
    runs = [replace(m, state="running") if isinstance(m, Snapshot) else m for m in good]
    rude = [Refused(m.ticket, m.command, "no\x1b") if isinstance(m, Done) else m for m in good]
    for bad in (lost, twice, swapped, unseen, other, runs, rude, good[1:]):
        assert commands.judge(sent, bad)


def test_the_judge_of_command_lines_notices_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    for code, said in [
        (1, "rnn-tui: x\n"),
        (2, "rnn-tui: x\ny\n"),
        (2, "rnn-tui: \x1b\n"),
        (2, ""),
    ]:

        def broken(line: list[str], code: int = code, said: str = said) -> int:
            print(said, end="", file=cli.sys.stderr)
            return code

        monkeypatch.setattr(cli, "rnn_tui", broken)
        assert cli.trial([])[0] == "wrong"
    monkeypatch.setattr(cli, "rnn_tui", lambda line: line[9])
    assert "IndexError" in cli.trial([])[1]


@pytest.mark.parametrize(
    ("painted", "strays"),
    [
        (b"\x1b[1;31mred\x1b[0m\r\n\x1b[<u\x1b]22;text\x1b\\\x1b[?25h", set()),
        (b"\x1b]0;title\x07", {b"\x1b", b"\x07"}),
        (b"a\x00b\x7fc\xc2\x9bd", {b"\x00", b"\x7f", b"\xc2\x9b"}),
        ("é ▂ 한글".encode(), set()),
    ],
)
@pytest.mark.parametrize("piece", [1, 3, 1_000])
def test_control_bytes_are_found_however_they_arrive(
    painted: bytes, strays: set[bytes], piece: int
) -> None:
    screen = PtyScreen.__new__(PtyScreen)
    screen.listen()
    for start in range(0, len(painted), piece):
        screen.look_at(painted[start : start + piece])
    screen.look_at(b"end")
    assert screen.strays == strays


def test_a_picture_that_is_another_one_when_painted_anew_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window: Any = Mock()
    pictures = iter(["a\nb", "a\nb", "a\nleft over", "a\nb"])
    monkeypatch.setattr(terminals, "at_rest", lambda *_: next(pictures))
    terminals.require_whole(window, (80, 24), tmp_path)
    with pytest.raises(AssertionError, match=r"-left over\n\+b"):
        terminals.require_whole(window, (80, 24), tmp_path)


def test_growth_is_from_the_first_tenth_to_the_last() -> None:
    sizes = [Size(50.0 + step / 10, 9, 2) for step in range(20)]
    assert growth(sizes) == pytest.approx(1.8)


@needs_proc
def test_a_process_is_measured() -> None:
    before = size(os.getpid())
    with Path("/dev/null").open():
        assert size(os.getpid()).descriptors == before.descriptors + 1
    assert before.megabytes > 10
    assert before.threads >= 1
