"""What comes from the keyboard's line: noise, sequences in parts, Esc; by Textual's parser."""

from typing import Any

import pytest
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.messages import TerminalSupportsSynchronizedOutput

from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.terminal import input_driver
from rnn_tui.tui.terminal.input_driver import InputDriver, Interpreter, is_outside
from rnn_tui.tui.terminal.input_pieces import Splitter
from shake.byte_strings import SEQUENCES

ESCAPE = ("key", "escape")


def said(event: Any) -> Any:
    if isinstance(event, events.Key):
        return "key", event.key
    if isinstance(event, events.Paste):
        return "paste", event.text
    if isinstance(event, events.MouseEvent):
        return type(event).__name__, event.x, event.y
    return type(event).__name__


def heard(*parts: bytes | float, alt: tuple[str, ...] = ()) -> list[Any]:
    """What is heard of parts, numbers being seconds of silence; at the end there is more of it."""
    splitter, interpreter, now, found = Splitter(), Interpreter(alt), 0.0, []
    for part in (*parts, 9.0):
        if isinstance(part, bytes):
            pieces = splitter.feed(part, now)
        else:
            pieces, end = [], now + part
            while now < end:
                now = min(now + 0.05, end)
                pieces += splitter.tick(now)
        found += [said(event) for piece in pieces for event in interpreter.events(piece)]
    return found


@pytest.mark.parametrize("sequence", SEQUENCES)
@pytest.mark.parametrize("pause", [0.0, 0.3, 1.0])
def test_a_sequence_split_at_any_position_is_the_sequence(sequence: bytes, pause: float) -> None:
    whole = heard(sequence)
    for at in range(1, len(sequence)):
        told = [ESCAPE] if at == 1 and pause else []
        assert heard(sequence[:at], pause, sequence[at:], b"x") == [*told, *whole, ("key", "x")]


def joined(events: list[Any]) -> list[Any]:
    """Put the parts of a paste together."""
    text = "".join(event[1] for event in events if event[0] == "paste")
    others = [event for event in events if event[0] != "paste"]
    return [*others[:-1], *([("paste", text)] if text else []), *others[-1:]]


@pytest.mark.parametrize("sequence", SEQUENCES)
@pytest.mark.parametrize("pause", [3.0, 20.0])
def test_a_tail_that_comes_late_is_no_keys(sequence: bytes, pause: float) -> None:
    whole = heard(sequence)
    for at in range(1, len(sequence)):
        tail = sequence[at:]
        if len(tail) == 1 and (at == 2 or (tail.islower() and not sequence.startswith(b"\x1b[<"))):
            continue  # it may as well be a key
        told = [ESCAPE] if at == 1 else []
        late = heard(sequence[:at], pause, tail, 0.2, b"x")
        assert joined(late) == [*told, *whole, ("key", "x")], at


@pytest.mark.parametrize("character", "1234567890-=")
def test_esc_and_a_digit_in_one_breath_are_that(character: str) -> None:
    assert heard(b"\x1b" + character.encode()) == [ESCAPE, *heard(character.encode())]


@pytest.mark.parametrize(
    ("begun", "tail"), [(b"\x1b[<35;4", b"0;12M"), (b"\x1b", b"[<35;40;12M"), (b"\x1b[1;", b"5D")]
)
def test_a_tail_that_came_late_lets_no_later_esc_wait(begun: bytes, tail: bytes) -> None:
    later = heard(begun, 3.0, tail, 0.2, b"\x1b", 0.15, b"1")
    assert later[-2:] == [ESCAPE, ("key", "1")]


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_a_sequence_byte_by_byte_is_the_sequence(sequence: bytes) -> None:
    parts = [part for byte in sequence for part in (bytes([byte]), 0.3)]
    assert heard(*parts) == [ESCAPE, *heard(sequence)]


def test_every_sequence_that_textual_knows_is_what_it_was() -> None:
    known = [s for s in ANSI_SEQUENCES_KEYS if len(s) > 2 and s[0] == "\x1b" and s[1] != "\x1b"]
    assert len(known) > 200
    wrong = []
    for sequence in known:
        plain = [
            said(e) for e in input_driver.XTermParser().feed(sequence) if said(e)[1] != "ignore"
        ]
        if heard(sequence.encode()) != plain:
            wrong.append((sequence, plain, heard(sequence.encode())))
    assert not wrong


def test_sequences_say_what_they_mean() -> None:
    assert heard(b"\x1b[<35;40;12M") == [("MouseMove", 39.0, 11.0)]
    assert heard(b"\x1b[A\x1bOP\x1b[Z") == [("key", "up"), ("key", "f1"), ("key", "shift+tab")]
    assert heard(b"\x1b[?2026;2$y") == [TerminalSupportsSynchronizedOutput.__name__]
    assert heard("\x1b[200~모든\x1b[201~".encode()) == [("paste", "모든")]
    assert heard(b"\x1b[97;1;97u") == [("key", "a")]


@pytest.mark.parametrize("noise", [b"\xff", b"\xe9", b"\xed\xa0\x80", b"\xf0\x9f", b"\xc0\xaf"])
def test_bytes_that_are_no_text_are_dropped_wherever_they_stand(noise: bytes) -> None:
    assert heard(b"s" + noise + b"x" + noise) == [("key", "s"), ("key", "x")]
    sequence = b"\x1b[<35;40;12M"
    for at in range(2, len(sequence)):
        assert heard(sequence[:at] + noise + sequence[at:]) == heard(sequence)
    assert heard("안".encode()[:2], 0.3, "안".encode()[2:]) == [("key", "안")]


@pytest.mark.parametrize(
    ("parts", "keys"),
    [
        ((b"\x1b",), ["escape"]),
        ((b"\x1b\x1b",), ["escape", "escape"]),
        ((b"\x1bq",), ["escape", "q"]),
        (("\x1b안".encode(),), ["escape", "안"]),
        ((b"\x1b", 0.3, b"["), ["escape", "left_square_bracket"]),
        ((b"\x1b", 0.3, b"[", 0.2, b"["), ["escape"] + 2 * ["left_square_bracket"]),
        ((b"\x1b", 0.3, b"[", 0.2, b"s"), ["escape", "left_square_bracket", "s"]),
        ((b"\x1b", 0.3, b"]q"), ["escape", "right_square_bracket", "q"]),
        ((b"\x1b", 3.0, b"[", b"A"), ["escape", "left_square_bracket", "A"]),
        ((b"\x1b[", 3.0, b"x"), ["x"]),
        ((b"\x1b[<35;4", 3.0, b"x"), ["x"]),
        ((b"\x1b[<35;4", 3.0, b"1", 0.2, b"M"), ["1", "M"]),
        (
            (b"\x1b", 3.0, b"[", 0.2, b"<", 0.2, b"s"),
            ["escape", "left_square_bracket", "less_than_sign", "s"],
        ),
        (
            (b"\x1b", 3.0, b"[[", 0.2, b"]q"),
            ["escape"] + 2 * ["left_square_bracket"] + ["right_square_bracket", "q"],
        ),
        ((b"\x1b[<35;4", 90.0, b"12"), ["1", "2"]),
        ((b"\x1b]11;rgb:0/0\x1b", 0.2, b"[A"), ["up"]),
    ],
)
def test_esc_and_keys_after_it(parts: tuple[bytes | float, ...], keys: list[str]) -> None:
    assert heard(*parts) == [("key", key) for key in keys]


def test_alt_and_a_key_is_that_where_it_means_something() -> None:
    assert heard(b"\x1bq", alt=("alt+q",)) == [("key", "alt+q")]


def test_a_line_that_cuts_sequences_makes_esc_wait() -> None:
    cut = (b"\x1b", 0.3, b"[A")
    assert heard(*cut, *cut) == [ESCAPE, ("key", "up"), ("key", "up")]
    assert heard(*cut, b"\x1b", 1.0, b"q") == [ESCAPE, ("key", "up"), ESCAPE, ("key", "q")]


def test_numbers_that_mean_nothing_and_endless_sequences_end_nothing() -> None:
    for sequence in (
        b"\x1b[99999999999;1u",
        b"\x1b[" + 9_000 * b"9" + b";1u",
        b"\x1b[48;0;0;0;0t",
        b"\x1b[48;99999;99999;1;1t",
        b"\x1b]8;" + 9_000 * b"x" + b"\x07",
    ):
        assert heard(sequence, b"x") == [("key", "x")]


def test_a_paste_without_an_end_ends() -> None:
    assert heard(b"\x1b[200~some", 6.0, b"x") == [("paste", "some"), ("key", "x")]


def test_the_driver_of_a_terminal_is_ours_and_overrides_what_textual_calls() -> None:
    assert RnnApp.get_driver_class(RnnApp.__new__(RnnApp)) is InputDriver
    names = LinuxDriver._run_input_thread.__code__.co_names
    assert "run_input_thread" in names


@pytest.mark.parametrize(
    ("report", "outside"),
    [
        (b"\x1b[<64;120;40M", True),
        (b"\x1b[<0;101;1M", True),
        (b"\x1b[<0;1;31m", True),
        (b"\x1b[<35;100;30M", False),
        (b"\x1b[A", False),
    ],
)
def test_a_mouse_beyond_the_screen_is_none(report: bytes, outside: bool) -> None:
    [piece] = Splitter().feed(report, 0.0)
    assert [is_outside(e, Size(100, 30)) for e in Interpreter().events(piece)] == [outside]
