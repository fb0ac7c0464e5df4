"""Give the command line random commands, options and values.

    python -m shake.cli [--cases 3000] [--seed 0]

Prints one row of the table in docs/reliability.md; leaves with 1 where something went wrong.
"""

import contextlib
import io
import os
import random
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

from rnn_tui.threads import one_thread

one_thread()

from rnn_tui.cli import COMMANDS, command_parser, screen_parser  # noqa: E402
from rnn_tui.cli import main as rnn_tui  # noqa: E402
from shake.rows import parser, row  # noqa: E402

WORDS = (
    "", "-", "--", "-1", "0", "1", "2", "3", "0.5", "1e-3", "1e400", "nan", "inf", "-inf", "0x10",
    "1_0", "٣", "99999999999999999999", "hello.txt", "network.safetensors", "no-such-file", ".",
    "/dev/null", "broken.safetensors", "empty.txt", "h", "hel", "a\x1b[2J", "한글", "\udcff",
    "[/x]", "sgd", "adam", "lstm", "gru", "rnn", "dense", "cnn", "hello", "char-rnn", "float64",
    "utf-8", "cp949", "csv", "json", "out/", "out.csv",
)  # fmt: skip
SMALL = ["--updates", "2", "--hidden-size", "3", "--num-layers", "1"]
STAYS = "serve"
"""The command that does not end by itself."""


def known_options() -> dict[str, list[str]]:
    """Return the options of every command, by its name; that of the screen is empty."""
    parsers = {"": screen_parser(), **{name: command_parser(c) for name, c in COMMANDS.items()}}
    return {
        name: [option for action in parser._actions for option in action.option_strings]
        for name, parser in parsers.items()
        if name != STAYS
    }


def words(luck: random.Random, options: dict[str, list[str]]) -> list[str]:
    """Return a command line, at times nearly right."""
    name = luck.choice(list(options))
    line = [name] if name else []
    if luck.random() < 0.8:
        line.append(luck.choice(("hello.txt", "network.safetensors", luck.choice(WORDS))))
    if name == "train" and luck.random() < 0.8:
        line += SMALL
    for _ in range(luck.choice((0, 1, 1, 2, 3, 5))):
        if luck.random() < 0.9 and options[name]:
            line.append(luck.choice(options[name]))
        if luck.random() < 0.8:
            line.append(luck.choice(WORDS))
    return line


def files(folder: Path) -> None:
    """Make what the command lines speak of."""
    (folder / "hello.txt").write_text("hello\n")
    (folder / "empty.txt").touch()
    (folder / "broken.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0{}      ")
    network = str(folder / "network.safetensors")
    with contextlib.redirect_stdout(io.StringIO()):
        rnn_tui(["train", str(folder / "hello.txt"), *SMALL, "--checkpoint", network])


def trial(line: list[str]) -> tuple[str, str]:
    """Run one command line; return "done", "refused" or "wrong", and what was said."""
    out, err = io.StringIO(), io.StringIO()
    try:
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("error")
            code: object = rnn_tui(line)
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        return "wrong", traceback.format_exc()
    said = err.getvalue()
    if code == 0:
        return "done", said
    one_line = said.count("\n") == 1 and said.rstrip("\n").isprintable()
    if code == 2 and one_line and said.startswith("rnn-tui"):
        return "refused", said
    return "wrong", f"exit code {code}\n{out.getvalue()[-500:]}{said[-1_500:]}"


def shake(cases: int, seed: int, folder: Path) -> tuple[Counter[str], list[str]]:
    """Try so many command lines in a folder; count what came of them, describe the wrong ones."""
    counts, wrong = Counter[str](), []
    options = known_options()
    before = Path.cwd()
    os.chdir(folder)
    try:
        for case in range(cases):
            files(folder)
            line = words(random.Random(f"{seed} {case}"), options)
            came, said = trial(line)
            counts[came] += 1
            if came == "wrong":
                wrong.append(f"case {case} (seed {seed}), {line}:\n{said}")
    finally:
        os.chdir(before)
    return counts, wrong


def main() -> int:
    """Shake, and print the row."""
    given = parser(__doc__, 3_000).parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)  # nobody types anything
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CONFIG_HOME"] = folder
        counts, wrong = shake(given.cases, given.seed, Path(folder))
    for description in wrong[:10]:
        print(description, file=sys.stderr)
    print(
        row(
            "random command lines",
            f"{given.cases:,}",
            f"{counts['done']:,} done, {counts['refused']:,} refused in one line, "
            f"{counts['wrong']:,} wrong",
            time.monotonic() - started,
            f"python -m shake.cli --cases {given.cases} --seed {given.seed}",
        )
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
