"""Feed `rnn-tui train` files of random bytes: each is trained on, or refused in one line.

    python -m shake.texts [--cases 10000] [--seed 0]

Prints one row of the table in docs/reliability.md; leaves with 1 where a case went wrong.
"""

import contextlib
import io
import random
import re
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from rnn_tui.threads import one_thread

one_thread()

from rnn_tui.cli import main as rnn_tui  # noqa: E402
from shake.awkward import half_characters, not_texts, texts  # noqa: E402
from shake.rows import parser, row  # noqa: E402

ENCODINGS = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-8-sig",
    "utf-7",
    "cp949",
    "euc_kr",
    "johab",
    "shift_jis",
    "euc_jp",
    "iso2022_jp",
    "gbk",
    "gb18030",
    "hz",
    "big5",
    "latin-1",
    "cp1252",
    "cp1251",
    "cp037",
    "ascii",
    "idna",
    "punycode",
    "unicode_escape",
    "raw_unicode_escape",
    "undefined",
    "hex",
    "rot13",
    "klingon",
)
Luck = random.Random


def random_bytes(luck: Luck) -> bytes:
    """Any bytes, of any size up to a few kilobytes."""
    return luck.randbytes(int(2 ** luck.uniform(0, 12)) - 1)


def few_values(luck: Luck) -> bytes:
    """Bytes out of a handful of values."""
    values = luck.randbytes(luck.randint(1, 9))
    return bytes(luck.choices(values, k=luck.randint(1, 900)))


def nearly_text(luck: Luck) -> bytes:
    """Text in some encoding, a few of whose bytes were changed, dropped or repeated."""
    data = bytearray(luck.choice(SEEDS))
    for _ in range(luck.choice((0, 1, 1, 3, 20))):
        at = luck.randrange(len(data) + 1)
        data[at : at + luck.choice((0, 0, 1, 9))] = luck.choice(
            (b"", luck.randbytes(1), luck.randbytes(4), bytes(data[: luck.randint(0, 40)]))
        )
    cut = luck.choice((len(data), luck.randint(0, len(data))))
    return bytes(data[luck.choice((0, 0, luck.randint(0, 3))) : cut])


def any_text(luck: Luck) -> bytes:
    """Characters from everywhere, in some encoding that has them, or in a broken one."""
    most = luck.choice((0x80, 0x300, 0x3000, 0xD800, 0x110000))
    text = "".join(chr(luck.randrange(most)) for _ in range(luck.randint(0, 300)))
    encoding = luck.choice(("utf-8", "utf-8", "utf-16", "utf-16-le", "utf-32", "utf-32-be"))
    return text.encode(encoding, "surrogatepass")


MAKERS: tuple[Callable[[Luck], bytes], ...] = (random_bytes, few_values, nearly_text, any_text)
SEEDS = [file.data for file in [*texts(), *half_characters()]] + [data for _, data in not_texts()]


def options(luck: Luck) -> list[str]:
    """Return how the file is to be read; mostly as it comes."""
    found = []
    if luck.random() < 0.5:
        found += ["--units", luck.choice(("char", "byte", "jamo"))]
    if luck.random() < 0.4:
        found += ["--encoding", luck.choice(ENCODINGS)]
    if luck.random() < 0.2:
        found += ["--normalize", luck.choice(("NFC", "NFD", "none"))]
    return found


def trial(path: Path, how: list[str]) -> tuple[str, str]:
    """Train on a file for two updates.

    Returns:
        "trained", "refused" or "wrong", and what was said or what went wrong.
    """
    out, err = io.StringIO(), io.StringIO()
    small = ["--updates", "2", "--hidden-size", "5", "--num-layers", "1"]
    try:
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("error")
            code = rnn_tui(["train", str(path), *small, *how])
    except (Exception, SystemExit):
        return "wrong", traceback.format_exc()
    said, told = err.getvalue(), out.getvalue()
    fine = all(line.isprintable() for line in [*said.splitlines(), *told.splitlines()])
    if code == 0 and fine and told.startswith("2 updates are done:"):
        return "trained", told
    if code == 2 and fine and not told and re.fullmatch(r"rnn-tui: .{10,400}\n", said):
        return "refused", said
    return "wrong", f"exit code {code}\n{told}{said}"


def shake(cases: int, seed: int, folder: Path) -> tuple[Counter[str], list[str]]:
    """Try so many files; count what came of them and describe the cases that went wrong."""
    counts, wrong = Counter[str](), []
    for case in range(cases):
        luck = random.Random(f"{seed} {case}")
        path = folder / f"case-{case}"
        path.write_bytes(luck.choice(MAKERS)(luck))
        how = options(luck)
        came, said = trial(path, how)
        counts[came] += 1
        if came == "wrong":
            wrong.append(f"case {case} (seed {seed}), {' '.join(how)}:\n{said}")
        path.unlink()
    return counts, wrong


def main() -> int:
    """Shake, and print a row."""
    given = parser(__doc__, 10_000).parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        counts, wrong = shake(given.cases, given.seed, Path(folder))
    for description in wrong[:10]:
        print(description, file=sys.stderr)
    print(
        row(
            "random byte files, trained on or refused",
            f"{given.cases:,}",
            f"{counts['trained']:,} trained, {counts['refused']:,} refused in one line, "
            f"{counts['wrong']:,} wrong",
            time.monotonic() - started,
            f"python -m shake.texts --cases {given.cases} --seed {given.seed}",
        )
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
