import json
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.errors import InputError
from rnn_tui.keys.footer import footer
from rnn_tui.keys.in_force import KeyTable, keys_in_force
from rnn_tui.keys.listing import lines, markdown
from rnn_tui.keys.table import KEYS
from rnn_tui.settings import read_settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "config.toml"
    monkeypatch.setenv("RNN_TUI_CONFIG", "")
    monkeypatch.setattr("rnn_tui.settings.config_file", lambda: file)
    return file


def remapped(file: Path, entries: str) -> KeyTable:
    file.write_text(f"[keys]\n{entries}\n", encoding="utf-8")
    return keys_in_force(read_settings(file))


def test_without_settings_it_is_the_table(file: Path) -> None:
    assert keys_in_force(read_settings(file)) == KeyTable(KEYS)


def test_a_key_of_ones_own(file: Path) -> None:
    table = remapped(
        file,
        'train.pause = "p F5"\ntrain.step = [",", "ctrl+N"]\n'
        'temperature.raise = ";"\ntemperature.lower = "\'"',
    )
    assert table["train.pause"].strokes == ("p", "f5")
    assert table["train.step"].strokes == (",", "ctrl+n")
    assert table["train.pause"].face == "p"
    assert table["train.epoch"] == KeyTable()["train.epoch"]
    assert set(table.changed) == {
        "train.pause", "train.step", "temperature.raise", "temperature.lower"
    }  # fmt: skip


def test_footer_and_sentences_show_it(file: Path) -> None:
    table = remapped(file, 'train.pause = "p"\ntrain.save = "f2"')
    assert footer(80, ("app",), standing=False, table=table)[0].keys[0].face == "p"
    assert "f2 saves the network first" in markdown(table)
    assert "* p " in "\n".join(lines(table))


def test_two_keys_may_be_exchanged(file: Path) -> None:
    table = remapped(file, 'train.step = "e"\ntrain.epoch = "s"')
    assert (table["train.step"].keys, table["train.epoch"].keys) == ("e", "s")


def test_a_key_may_mean_different_things_on_different_screens(file: Path) -> None:
    remapped(file, 'chart.log = "g"\nbackprop.check = "o"')


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('train.puase = "p"', "there is no key named train.puase; did you mean train.pause?"),
        ('xyz = "p"', "there is no key named xyz; rnn-tui keys lists the names"),
        ('train.pause = "foo"', "there is no key foo"),
        ('train.pause = "shift+a"', "such as A"),
        ("train.pause = 3", "a key is written as text"),
        ("train.pause = []", "a key is written as text"),
        ('train.pause = ""', "a key is written as text"),
        ('train.pause = [["p"]]', "a key is written as text"),
        ('train.pause = "ctrl+q"', "ctrl+q cannot be changed: it always leaves"),
        ('prefix.take = "x"', "x is needed for typing"),
        ('text.leave = "space"', "space is needed for typing"),
        ('train.pause = "s"', "s is the key of train.step (one update), too"),
        ('chart.log = "s"', "s is the key of train.step"),
        ('train.save = "l"', "l is the key of chart.log"),
        ('train.pause = "p"\ntrain.step = "p"', "p is the key of"),
        ('train.pause = "\\u001b[2J"', "␛[2J"),
    ],
)
def test_what_cannot_be_is_told_with_file_and_line(file: Path, entry: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        remapped(file, entry)
    told = str(error.value)
    assert said in told
    assert told.startswith(f"{file}, line 2: ")
    assert "\n" not in told


def test_the_command_lists_what_is_in_force(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('[keys]\ntrain.pause = "p"\n')
    assert main(["keys"]) == 0
    shown = capsys.readouterr().out
    assert str(file) in shown
    assert all(key.id in shown and key.title in shown for key in KEYS)
    assert main(["keys", "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["name"] for record in records] == [key.id for key in KEYS]
    (pause,) = [record for record in records if record["remapped"]]
    assert pause["keys"] == ["p"]


def test_the_command_refuses_wrong_settings(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('[keys]\ntrain.pause = "s"\n')
    assert main(["keys"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_documentation_has_the_table() -> None:
    page = Path(__file__).parents[2] / "docs" / "keys.md"
    assert markdown(KeyTable()) in page.read_text(encoding="utf-8"), "run scripts/make_keys.py"
