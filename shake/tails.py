"""Cut what terminals send in two, a pause between, and look whether any key is heard of it.

The box for a prefix has the keyboard, so that every key that types a character stands in it; what
would take the keyboard away, as Esc does, is on keys that nothing here sends.
"""

import contextlib
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import cycle, product
from pathlib import Path

from shake.byte_strings import SEQUENCES
from shake.pty_screen import PATIENCE, ROOT, PtyScreen
from shake.pty_screen import SEQUENCES as PAINTED

PAUSE = 0.3
"""Seconds between both parts; the Esc key is told after 0.1."""
KEYS = """
[keys]
"prefix.leave" = "f21"
"app.help" = "f22"
"""
TYPED = {b"\x1b[97;1;97u": "a", b"\x1b[200~pasted q\x1b[201~": "pasted q"}
"""What stands in the box after a whole sequence; after all others nothing does."""
SPLITS = tuple((whole, at) for whole in SEQUENCES for at in range(1, len(whole)))
_MARK, _FOCUS, _CLEAR = "#", b"\x1b[I", b"\x15\x0b"
BEGINS = "with which the text"
_BOX = re.compile(r"│ / ([^│]*?) *│")


def shake(
    also: Iterable[bytes] = (b"",), splits: Sequence[tuple[bytes, int]] = SPLITS
) -> list[str]:
    """Send all of them, each of `also` in turn after each; return what is wrong."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="rnn-tui-") as name:
        settings = Path(name) / "config" / "rnn-tui" / "config.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(KEYS)
        with PtyScreen([str(ROOT / "corpora" / "hello.txt"), "--paused"], Path(name)) as screen:
            screen.wait_for_text("Paused before the first update.")
            screen.press(b"/")
            for more, (whole, at) in product(also, splits):
                screen.press(whole[:at])
                threading.Event().wait(PAUSE)
                screen.press(whole[at:] + more)
                heard = typed(screen)
                if heard != TYPED.get(whole, ""):
                    wrong.append(f"{whole!r} split at {at}: {heard!r} was typed")
    return wrong


def typed(screen: PtyScreen) -> str:
    """Return what stands in the box, and empty it."""
    screen.press(_FOCUS + _MARK.encode())
    heard = box(screen, lambda text: _MARK in text)
    # Textual (8.2.8) empties it, and moves its cursor, after letters that come in the same
    # breath; so nothing is sent before it is empty.
    screen.press(_CLEAR)
    box(screen, lambda text: not text)
    return heard.replace(_MARK, "")


def box(screen: PtyScreen, wanted: Callable[[str], bool]) -> str:
    """Have all painted anew until the text in the box is as wanted; return it.

    Raises:
        AssertionError: It never is.
    """
    end, found = time.monotonic() + PATIENCE, [""]

    def seen() -> bool:
        text = PAINTED.sub(b"", bytes(screen.painted)).decode(errors="replace")
        # Until something is typed, the box says what is asked for.
        found[:] = ["" if BEGINS in text else text for text in _BOX.findall(text)[-1:]]
        return bool(found) and wanted(found[0])

    for width in cycle((100, 101)):
        screen.listen()
        screen.resize(width, 30)
        with contextlib.suppress(AssertionError):
            screen.wait_for(seen, "text in the box", patience=1)
            return found[0]
        if time.monotonic() > end:
            break
    raise AssertionError(f"{found} stands in the box")
