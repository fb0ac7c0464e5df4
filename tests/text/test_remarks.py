"""Notes on texts that surprise: each kind is found, and nothing else is."""

import base64
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from rnn_tui.cli import parse
from rnn_tui.commands.options.order import prepare
from rnn_tui.text.corpus import Corpus, TextOptions, corpus_from_bytes
from rnn_tui.text.decoding import TRIFLES
from rnn_tui.text.remarks import remark
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.trainer import Trainer

ROOT = Path(__file__).parents[2]
CORPORA = sorted((ROOT / "corpora").glob("*.txt"))
PROSE = (ROOT / "corpora" / "tidebook.txt").read_text("utf-8")
WORDS = sorted({word for word in PROSE.lower().split() if word.isalpha()})
BYTES = random.Random(5).randbytes(3_000)


def corpus(text: str | bytes, units: str = "char") -> Corpus:
    data = text if isinstance(text, bytes) else text.encode()
    return corpus_from_bytes(data, "text", TextOptions(units=units))  # type: ignore[arg-type]


def noted(text: str | bytes, units: str = "char") -> str:
    return "".join(remark(corpus(text, units)))


@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.name)
@pytest.mark.parametrize("units", ["char", "byte", "jamo"])
def test_the_corpora_surprise_nobody(path: Path, units: str) -> None:
    assert noted(path.read_bytes(), units) == ""


@pytest.mark.parametrize("name", ["tidebook", "korean", "repeat", "sums", "numbers", "brackets"])
@pytest.mark.parametrize("length", [1_000, 1_200, 2_000, 5_000])
def test_nor_do_pieces_of_them(name: str, length: int) -> None:
    text = (ROOT / "corpora" / f"{name}.txt").read_text("utf-8")
    for start in (0, len(text) // 3, len(text) // 2):
        assert noted(text[start : start + length]) == ""


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (base64.encodebytes(BYTES), "char"),
        (BYTES.hex(), "char"),
        (bytes(ord("a") + byte % 26 for byte in BYTES if byte < 234), "char"),
        ("".join(f"{byte % 2}" for byte in BYTES), "char"),
        ("".join(chr(0xAC00 + byte) for byte in BYTES), "char"),
        (BYTES, "byte"),
    ],
    ids=["base64", "hex", "a-z", "bits", "syllables", "bytes"],
)
def test_random_symbols(text: str | bytes, units: str) -> None:
    assert noted(text, units).startswith("It looks like random symbols: ")


def test_the_loss_that_is_foretold_is_that_of_frequencies() -> None:
    """3 a for each b: - 3/4 ln 3/4 - 1/4 ln 1/4 = 0.5623 nats."""
    symbols = random.Random(1).sample("aaab" * 2_000, 8_000)
    assert "stays near 0.56 nats" in noted("".join(symbols))


@pytest.mark.parametrize(
    ("text", "units", "said"),
    [
        ("aaaa", "char", "only character is a: "),
        ("\n" * 9, "char", "only character is ↵: "),
        ("ㅋㅋㅋㅋㅋ", "jamo", "only letter is ㅋ\u0305: "),
        (b"\0" * 5_000, "byte", "only byte is ␀: "),
        ("\u200e" * 40, "char", "only character is U+200E: "),
    ],
    ids=["letter", "newlines", "jamo", "byte", "marks"],
)
def test_one_symbol(text: str | bytes, units: str, said: str) -> None:
    note = noted(text, units)
    assert said in note
    assert "nothing to predict" in note
    config, notes = choose_config(corpus(text, units))
    assert notes[0] == note
    assert Trainer(config, corpus(text, units)).step().loss == 0


@pytest.mark.parametrize("text", ["ab" * 9, "a\na\n", "the same line\n" * 99, "aaaaaaaab"])
def test_two_symbols_and_a_line_repeated_have_something_to_predict(text: str) -> None:
    assert noted(text) == ""
    config, _ = choose_config(corpus(text))
    assert Trainer(config, corpus(text)).step().loss > 0


@pytest.mark.parametrize(
    ("rows", "said", "command"),
    [
        ([f"{i},{word},{i % 7}" for i, word in enumerate(WORDS)], "3 columns by commas", "-d, -f2"),
        ([f"{i}\t{word}" for i, word in enumerate(WORDS[:12])], "2 columns by tabs", "cut -f2 "),
        ([f"{word};{i}" for i, word in enumerate(WORDS)], "2 columns by semicolons", "-d';' -f1"),
        ([f'{i},"{w}, too",x' for i, w in enumerate(WORDS)], "3 columns", "with one column"),
    ],
    ids=["csv", "tsv", "semicolons", "quoted"],
)
def test_tables(rows: list[str], said: str, command: str) -> None:
    note = noted("\n".join(rows) + "\n")
    assert said in note
    assert command in note


@pytest.mark.parametrize("name", ["text", "a b", "본문"])
def test_json_lines(name: str) -> None:
    lines = [json.dumps({"id": f"{i}", name: f"{word} {word}"}) for i, word in enumerate(WORDS)]
    note = noted("\n".join(lines))
    assert note.startswith("It is JSON lines")
    assert ("jq -r .text FILE" if name == "text" else "jq -r .FIELD FILE") in note


def test_long_lines_of_a_long_file_are_found_too() -> None:
    record = json.dumps({"text": PROSE[:1_500]})
    assert noted("\n".join([record] * 200)).startswith("It is JSON lines")


@pytest.mark.parametrize(
    "words",
    [
        WORDS,
        sorted(map(str.capitalize, [*WORDS[::3], "Ädler", "Éclair"]), key=str.casefold),
        sorted({word for word in (ROOT / "corpora/korean.txt").read_text("utf-8").split()
                if word.isalpha()}),
        [f"{word}{i:02}" for word in WORDS for i in range(40)],
    ],
    ids=["words", "capitals", "korean", "long"],
)  # fmt: skip
def test_a_list_in_alphabetical_order(words: list[str]) -> None:
    assert "alphabetical order" in noted("\n".join(words))
    shuffled = random.Random(3).sample(words, len(words))
    assert "alphabetical" not in noted("\n".join(shuffled))


def test_times_of_a_log_and_numbers_are_no_alphabet() -> None:
    log = "\n".join(
        f"2024-01-{i // 24 + 1:02} {i % 24:02}:00 {PROSE[i : i + 9]!r}" for i in range(600)
    )
    assert noted(log) == ""
    assert noted("\n".join(str(number) for number in sorted(map(str, range(1_000, 9_000))))) == ""


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("[12/03/24, 10:15:07\u202fPM] 안나: \u200e<첨부: a.jpg>", "U+202F, U+200E"),
        ("ab\xadbrechen und trennen, wie der Sat\xadz es will", "U+00AD"),
        ("\u202bשלום\u202c עולם", "U+202B, U+202C"),
    ],
    ids=["chat", "soft hyphens", "directions"],
)
def test_marks_that_cannot_be_seen(tmp_path: Path, line: str, names: str) -> None:
    text = f"{line}\n" * 9
    note = noted(text)
    assert f"({names})" in note
    command = note.partition("Without them: ")[2].removesuffix(" | rnn-tui -.")
    (tmp_path / "FILE").write_text(text, "utf-8")
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, check=True)
    wanted = "".join(c for c in text.replace("\u202f", " ") if c not in "\u200e\xad\u202b\u202c")
    assert done.stdout.decode() == wanted


def test_good_french_and_persian_have_no_such_marks() -> None:
    assert noted("Quoi\u202f? Il y en a 10\u202f000\u202f!\n" * 9) == ""
    assert noted("می\u200cخواهم\n" * 9) == ""


def test_one_note_where_several_hold_and_it_is_among_the_others() -> None:
    text = "\n".join(f"{word},\u200e{i},x" for i, word in enumerate(WORDS))
    config, notes = choose_config(corpus(text))
    assert sum("FILE | rnn-tui -." in note for note in notes) == 1
    assert config.hidden_size


def test_the_program_says_it(tmp_path: Path) -> None:
    path = tmp_path / "noise.txt"
    path.write_text(BYTES.hex())
    words = ["train", str(path), "--updates", "1", "--no-save", "--json", "--hidden-size", "3"]
    done = subprocess.run(
        [sys.executable, "-m", "rnn_tui", *words], capture_output=True, check=True, cwd=ROOT
    )
    assert b"It looks like random symbols" in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("aaaa\n", "Its only character is a"),
        ("\ufeffname;age;x\r\n" + "a;1;2\r\n" * 99, "It is a table"),
        ("吾輩は猫である\n", "It looks like iso2022_jp"),
    ],
)
def test_what_matters_is_told_before_what_was_mended(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode("iso2022_jp" if "吾" in text else "utf-8"))
    _, options = parse(["train", str(file), "--updates", "1"])
    notes = prepare(options).notes
    assert notes[0].startswith(said)
    trifles = [note in TRIFLES for note in notes]
    assert any(trifles)
    assert trifles == sorted(trifles)
