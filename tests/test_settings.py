from pathlib import Path

import pytest

from rnn_tui.errors import InputError
from rnn_tui.settings import config_file, read_settings

KEYS = """# mine
[keys]
train.pause = "p"
"train.step" = ["n", "f5"]

[keys.app]
quit = "ctrl+q"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_no_file_is_no_settings(file: Path) -> None:
    settings = read_settings(file)
    assert settings.tables == {}
    assert settings.table("keys") == {}


def test_a_table_is_flat_however_its_names_are_written(file: Path) -> None:
    file.write_text(KEYS)
    assert read_settings(file).table("keys") == {
        "train.pause": "p",
        "train.step": ["n", "f5"],
        "app.quit": "ctrl+q",
    }


@pytest.mark.parametrize(
    ("name", "line"),
    [("keys", 2), ("keys.train.pause", 3), ("keys.train.step", 4), ("keys.app.quit", 7)],
)
def test_an_error_names_file_and_line(file: Path, name: str, line: int) -> None:
    file.write_text(KEYS)
    assert str(read_settings(file).error(name, "wrong")) == f"{file}, line {line}: wrong"


def test_an_error_about_nothing_in_the_file_names_the_file(file: Path) -> None:
    assert str(read_settings(file).error("keys.train.pause", "a\x1b[2J")) == f"{file}: a␛[2J"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[keys\n", "is not TOML: "),
        (b"a = 1\nb = = 2\n", "line 2"),
        (b'a = "\xff"', "not UTF-8"),
        (b"a = 1\na = 2\n", "is not TOML: "),
    ],
)
def test_a_broken_file_is_refused_in_one_line(file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"config\.toml") as error:
        read_settings(file)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        read_settings(tmp_path)


def test_a_value_where_a_table_should_be_is_refused(file: Path) -> None:
    file.write_text('keys = "p"\n')
    with pytest.raises(InputError, match=r"line 1: keys is a table; write \[keys\]"):
        read_settings(file).table("keys")


def test_a_byte_order_mark_does_no_harm(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfa = 3\n")
    assert read_settings(file).tables == {"a": 3}


def test_it_lies_in_the_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    file = config_file()
    assert file.name == "config.toml"
    assert file.parent.name == "rnn-tui"
    assert file.is_relative_to(tmp_path)


def test_a_file_where_its_folder_should_be_is_no_settings(tmp_path: Path) -> None:
    (tmp_path / "folder").touch()
    assert read_settings(tmp_path / "folder" / "config.toml").tables == {}


@pytest.mark.parametrize("entered", [True, False])
def test_a_folder_of_another_user_is_no_settings_and_a_file_of_theirs_is_told(
    file: Path, monkeypatch: pytest.MonkeyPatch, entered: bool
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    monkeypatch.setattr("os.access", lambda folder, mode: entered)
    if entered:
        with pytest.raises(InputError, match="Permission denied"):
            read_settings(file)
    else:
        assert read_settings(file).tables == {}
