import codecs
import random
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus, TextOptions, corpus_from_bytes
from rnn_tui.text.encodings import likely_encodings
from rnn_tui.text.visible import visible

ROOT = Path(__file__).parents[2]
TABLE = runpy.run_path(str(ROOT / "scripts" / "guess_encodings.py"))
CASES = [*TABLE["cases"](TABLE["FIRST"]), *TABLE["cases"](TABLE["LATER"])]
UTF8 = "가나다 라마바 사아자.\n"


@pytest.mark.parametrize(
    ("text", "data"),
    [(text, data) for _, _, text, data in CASES],
    ids=[f"{what} {encoding}" for what, encoding, _, _ in CASES],
)
def test_the_first_guess_reads_the_text(text: str, data: bytes) -> None:
    guesses = TABLE["guessed"](data)
    assert 1 <= len(guesses) <= 3
    assert data.decode(guesses[0]) == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_told_by_marks_and_zeros(encoding: str) -> None:
    text = "한 줄의 글과 a line.\n"
    (guess,) = likely_encodings(text.encode(encoding))
    assert guess.line == text.strip()


def test_nothing_is_guessed_where_nothing_fits() -> None:
    assert likely_encodings(b"\x00" * 100) == ()
    assert likely_encodings(bytes(range(256))) == ()
    assert likely_encodings(b"\xff\xfe\x00") == ()  # a mark, then half a character


def test_a_head_in_english_does_not_hide_the_text() -> None:
    data = b"All rights reserved, and so on.\n" * 5_000 + "그는 “안녕”이라 했다.\n".encode("cp949")
    assert likely_encodings(data)[0] == ("cp949", "그는 “안녕”이라 했다.")


def refusal(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        corpus_from_bytes(data, "a.txt")
    assert str(caught.value).isprintable()
    return str(caught.value)


def test_each_guess_stands_with_a_line_of_the_text() -> None:
    line = refusal("“안녕”\n".encode("cp949"))
    assert "; likely cp949 [“안녕”] or gb18030 [“救崇”]" in line
    assert line.endswith(": add --encoding cp949")


@pytest.mark.parametrize(
    "text",
    ["…그래.", "그래…", "꿈·희망·사랑", "《훈민정음》", "“집”", "ㅋㅋ 뭐", "He said “안녕” to me"],
)
def test_a_few_words_of_hangul_are_korean_first(text: str) -> None:
    first, *_ = likely_encodings(f"{text}\n".encode("cp949"))
    assert first == ("cp949", text)


@pytest.mark.parametrize(("text", "encoding"), [("「나비」", "cp949"), ("“你好”", "gb18030")])
def test_where_it_cannot_be_told_both_are_shown(text: str, encoding: str) -> None:
    guesses = likely_encodings(f"{text}\n".encode(encoding))
    assert (encoding, text) in guesses
    assert "cp949" in [guess.encoding for guess in guesses]


@pytest.mark.parametrize("encoding", ["cp949", "ascii", "shift_jis"])
def test_utf8_that_is_read_as_something_else_is_said_to_be_utf8(encoding: str) -> None:
    with pytest.raises(InputError, match="it is UTF-8: leave out --encoding"):
        corpus_from_bytes(UTF8.encode(), "a.txt", TextOptions(encoding=encoding))


@pytest.mark.parametrize("seed", range(5))
def test_what_no_font_has_is_not_shown(seed: int) -> None:
    noise = codecs.BOM_UTF16_LE + "\ue000\U000f0000\u0378".encode("utf-16-le")
    noise += random.Random(seed).randbytes(2 * seed)
    guesses = likely_encodings(noise)
    assert all(visible(guess.line).isprintable() for guess in guesses)
    assert "\ufffd" in guesses[0].line


@pytest.mark.parametrize(
    ("data", "places"),
    [
        (UTF8.encode() * 300 + b"\xff\n" + UTF8.encode() * 300, "1 place is not"),
        (UTF8.encode() * 9 + b"\xb0\xa1", "2 places are not"),
        ("Voilà déjà été où ça\n".encode() + b"\xe9", "1 place is not"),
    ],
)
def test_a_few_faults_in_utf8_offer_to_read_it_all_the_same(data: bytes, places: str) -> None:
    line = refusal(data)
    assert places in line
    assert "add --errors replace" in line


@pytest.mark.parametrize(
    ("fault", "encoding"), [(b"x\xf8y", ""), (b"caf\xe9", "cp1252"), ("Łódź".encode("cp1250"), "")]
)
def test_a_fault_among_many_lines_of_ascii_may_be_a_slip(fault: bytes, encoding: str) -> None:
    line = refusal(b"plain ascii\n" * 600 + fault + b"\n")
    assert f"add --encoding {encoding}" in line
    assert re.search(r", or --errors replace \([123] of 7,2\d\d bytes\)$", line)
    assert "--errors" not in refusal(b"plain ascii\n" * 9 + fault + b"\n")


def text_of(corpus: Corpus) -> str:
    return corpus.vocab.decode(corpus.ids)


@pytest.mark.parametrize(
    ("data", "encoding", "replaced", "skipped", "note"),
    [
        (b"a\xffb\nc\n", "utf-8", "a�b\nc\n", "ab\nc\n", "1 place that is not UTF-8 was"),
        (b"\xef\xbf\xbd\n\xe9 \xe9\n", "utf-8", "�\n� �\n", "�\n \n", "2 places that are not"),
        (
            b"\xb0\xa1\n\xb0\xa1\xff\n",
            "cp949",
            "가\n가�\n",
            "가\n가\n",
            "1 place that is not CP949",
        ),
    ],
)
def test_faults_are_replaced_or_skipped_and_counted(
    data: bytes, encoding: str, replaced: str, skipped: str, note: str
) -> None:
    for errors, text, done in (("replace", replaced, "replaced"), ("skip", skipped, "skipped")):
        options = TextOptions(encoding=encoding, errors=errors)  # type: ignore[arg-type]
        corpus = corpus_from_bytes(data, "x", options)
        assert text_of(corpus) == text
        assert corpus.notes[0].startswith(note)
        assert done in corpus.notes[0]
    sound = corpus_from_bytes(b"a\nb\n", "x", TextOptions(errors="replace"))
    assert sound.notes == ()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("吾輩は猫である。\n", "iso2022_jp"),
        ("今天天气很好\r\n", "hz"),
        ("안녕하세요\n", "iso2022_kr"),
    ],
)
def test_an_encoding_that_is_valid_ascii_is_noticed(text: str, encoding: str) -> None:
    data = text.encode(encoding) * 2
    (note, *_) = corpus_from_bytes(data, "x").notes
    assert f"--encoding {encoding}." in note
    assert text.strip() in note
    read = corpus_from_bytes(data, "x", TextOptions(encoding=encoding))
    assert text_of(read) == text.replace("\r", "") * 2
    assert not any("--encoding" in note for note in read.notes)


def test_ordinary_ascii_is_not_taken_for_another_encoding() -> None:
    for data in (b"a ~{ b\nc\n", b"\x1b[1mbold\x1b[0m\n\n", b"x ~{ } ~} y\nz\n", b"\x1b$ ls\n\n"):
        assert corpus_from_bytes(data, "x").notes == ()


def test_the_detector_is_not_imported_for_a_sound_text() -> None:
    code = (
        "import sys; from rnn_tui.text.corpus import corpus_from_bytes;"
        "corpus_from_bytes('가나다 ab'.encode(), 'x'); sys.exit('chardet' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
