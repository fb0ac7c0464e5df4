"""`rnn-tui --print-completion SHELL`: what a shell needs to complete commands and options.

The library thinks of a first word that is a command, where ours may be a file as well; a few
words more make it so.
"""

import argparse
from collections.abc import Iterable
from typing import Protocol

import shtab

from rnn_tui.commands.options.parser import Parser, path
from rnn_tui.lessons.built_in import names
from rnn_tui.text.built_in import BUILT_IN

FILES = frozenset({"file"})
"""Arguments without an option that are names of files."""
TEXTS = frozenset({"corpus", "text"})
"""Those that can be a built-in text, too."""
LESSON = "LESSON"
"""Those that are a lesson, built in or a file."""


def files_or(kind: str, names: str) -> dict[str, object]:
    """Return how each shell completes a file or one of some names."""
    function = f"_shtab_rnn_tui_{kind}"
    return {
        "bash": function,
        "zsh": function,
        "fish": f"(__fish_complete_path (commandline -ct)) {names}",
        "preamble": {
            "bash": f'{function}() {{ compgen -f -W "{names}" -- "$1"; }}\n',
            "zsh": f"{function}() {{ _files; compadd {names} }}\n",
        },
    }


NAMES = " ".join(BUILT_IN)
TEXT = files_or("texts", NAMES)

ROOT = "_shtab_rnn_tui"
BASH = f"complete -o bashdefault -o default -F {ROOT} rnn-tui\n"
BASH_FIRST = f"{ROOT}_pos_0_choices=("
FISH = (
    f"complete -c rnn-tui -n '{ROOT}_using; and test ${ROOT}_npos -eq 0' -ka \"{TEXT['fish']}\"\n"
)
ZSH_COMMANDS = "  _describe 'rnn-tui commands' _commands\n"
ZSH_ENDS = "      esac\n  esac\n"
ZSH_CORPUS = f"        *) _arguments -C -s ${ROOT}_options ;;\n"


class Described(Protocol):
    """As much of a command as its completion needs."""

    NAME: str
    DOES: str

    def add_options(self, parser: Parser) -> None:
        """Add its options."""


def script(shell: str, screen: Described, commands: Iterable[Described]) -> str:
    """Write the script of a shell, to be read by it when it starts."""
    text = str(shtab.complete(whole_parser(screen, commands), shell))
    if shell == "zsh":
        text = text.replace(ZSH_COMMANDS, f"{ZSH_COMMANDS}  {TEXT['zsh']}\n")
        return text.replace(ZSH_ENDS, ZSH_CORPUS + ZSH_ENDS)
    if shell == "bash":
        text = text.replace(BASH_FIRST, f"{BASH_FIRST}{NAMES} ")
    return f"{text}\n{BASH if shell == 'bash' else FISH}"


def whole_parser(screen: Described, commands: Iterable[Described]) -> argparse.ArgumentParser:
    """One parser with all commands, which the program itself never needs at once."""
    root = Parser("rnn-tui", screen.DOES)
    first = root.add_subparsers(dest="command", parser_class=Parser)
    screen.add_options(root)
    for action in root._actions:
        if action.dest == "corpus":  # the first word; a second one there is none
            action.help = argparse.SUPPRESS
    parsers = [root]
    for command in commands:
        parsers.append(first.add_parser(command.NAME, help=command.DOES))
        command.add_options(parsers[-1])
    lessons = files_or("lessons", " ".join(names()))
    for action in (action for parser in parsers for action in parser._actions):
        if action.dest in TEXTS:
            action.complete = TEXT  # type: ignore[attr-defined]
        elif action.metavar == LESSON:
            action.complete = lessons  # type: ignore[attr-defined]
        elif action.type is path or (action.dest in FILES and not action.option_strings):
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    return root
