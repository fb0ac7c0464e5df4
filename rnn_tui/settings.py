"""The user's own settings: `config.toml` in the user's configuration folder, read once."""

import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_config_path

from rnn_tui.errors import InputError
from rnn_tui.text.visible import visible

NAME = "config.toml"

_HEADER = re.compile(r"\s*\[\[?([^\]]+)\]")
_ENTRY = re.compile(
    r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*="
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file says; empty where there is none."""

    file: Path
    tables: dict[str, object] = field(default_factory=dict)
    """The parsed file."""
    text: str = ""
    """The file as it is written, to find lines in."""

    def table(self, name: str) -> dict[str, object]:
        """Return a table of the file, its inner tables flattened to dotted names.

        Raises:
            InputError: There is something of this name that is no table.
        """
        table = self.tables.get(name, {})
        if not isinstance(table, dict):
            raise self.error(name, f"{name} is a table; write [{name}] above its entries")
        return dict(_flat(table))

    def error(self, name: str, message: str) -> InputError:
        """Return an error that says where in the file it is; `name` is dotted, from the top."""
        return InputError(f"{visible(self.place(name))}: {visible(message)}")

    def place(self, name: str) -> str:
        """Return the file and the line that holds this entry or table."""
        line = _line_of(self.text, name)
        return f"{self.file}, line {line}" if line else str(self.file)


def config_file() -> Path:
    """Return where the settings are looked for."""
    return user_config_path("rnn-tui", appauthor=False) / NAME


def read_settings(file: Path | None = None) -> Settings:
    """Read the settings, by default those of the user; a file that is not there is an empty one.

    So is one in a folder that this user may not enter: `sudo -u` and `su` leave HOME as it was.

    Raises:
        InputError: The file cannot be read, or is not TOML.
    """
    file = config_file() if file is None else file
    try:
        text = file.read_text(encoding="utf-8-sig")
        return Settings(file, tomllib.loads(text), text)
    except (FileNotFoundError, NotADirectoryError):
        return Settings(file)
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, PermissionError) and not _may_enter(file.parent):
            return Settings(file)
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"cannot read {visible(str(file))}: {why}") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{visible(str(file))} is not TOML: {visible(str(error))}") from error


def _may_enter(folder: Path) -> bool:
    """Return whether a folder may be looked into, so that a file in it is known to be there."""
    return os.access(folder, os.X_OK)


def _flat(table: dict[str, object], above: str = "") -> list[tuple[str, object]]:
    entries: list[tuple[str, object]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            entries += _flat(value, f"{above}{name}.")
        else:
            entries.append((above + name, value))
    return entries


def _line_of(text: str, name: str) -> int | None:
    """Return the number of the line that holds the entry or table `name`, as far as lines tell."""
    above = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            above = here = _plain(header[1])
        elif entry := _ENTRY.match(line):
            here = ".".join(filter(None, (above, _plain(entry[1]))))
        else:
            continue
        if here == name:
            return number
    return None


def _plain(name: str) -> str:
    """Return a TOML name without quotes and blanks."""
    return re.sub(r"[\s\"']", "", name)
