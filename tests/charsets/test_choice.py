import io

import pytest

from rnn_tui.charsets.choice import charset_of
from rnn_tui.charsets.streams import ERRORS, keep_to_ascii, spell_what_is_missing


@pytest.mark.parametrize(
    ("encoding", "environ", "utf8_mode", "charset"),
    [
        ("utf-8", {"LANG": "ko_KR.UTF-8"}, 0, "unicode"),
        ("UTF8", {}, 1, "unicode"),
        ("utf-8", {"LANG": "C", "LC_CTYPE": "C.UTF-8"}, 1, "ascii"),
        ("utf-8", {"LC_ALL": "POSIX"}, 1, "ascii"),
        ("utf-8", {"LANG": "C", "LC_ALL": "en_US.UTF-8"}, 0, "unicode"),
        ("utf-8", {"LANG": "C", "PYTHONUTF8": "1"}, 1, "unicode"),
        ("utf-8", {"LC_ALL": "C.UTF-8"}, 0, "unicode"),
        ("ANSI_X3.4-1968", {"LANG": "C"}, 0, "ascii"),
        ("euc_kr", {"LANG": "ko_KR.eucKR"}, 0, "ascii"),
        ("iso8859-1", {"LANG": "de_DE"}, 0, "ascii"),
        (None, {}, 1, "unicode"),
        ("utf-8", {"LANG": "ko_KR.UTF-8", "TERM": "linux"}, 0, "ascii"),
    ],
)
def test_charset(
    encoding: str | None, environ: dict[str, str], utf8_mode: int, charset: str
) -> None:
    assert charset_of(encoding, environ, utf8_mode) == charset


class Window(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def written(stream: io.TextIOWrapper, text: str) -> bytes:
    print(text, end="", file=stream, flush=True)
    return stream.buffer.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_a_terminal_gets_what_its_encoding_has_and_stand_ins_for_the_rest() -> None:
    stream = Window(io.BytesIO(), encoding="latin-1")
    spell_what_is_missing(stream)
    assert written(stream, "é → 한 – ∞ \ud800") == "é -> Han - inf ?".encode("latin-1")


def test_a_pipe_loses_no_letter() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    spell_what_is_missing(stream)
    assert written(stream, "한 → é·😀") == rb"\ud55c -> \xe9.\U0001f600"


@pytest.mark.parametrize(("asked", "bytes_"), [("ascii", b"a - b"), (None, "a – b".encode())])
def test_a_terminal_of_utf8_gets_ascii_where_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, asked: str | None, bytes_: bytes
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    stream = Window(io.BytesIO(), encoding="utf-8", errors=ERRORS)
    monkeypatch.setattr("sys.stderr", stream)
    keep_to_ascii(asked)
    assert written(stream, "a – b") == bytes_
