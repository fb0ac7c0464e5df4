"""Standard output: JSON lines, and text that is safe for a terminal."""

import json
import math
import sys
from collections.abc import Mapping

from rnn_tui.text.visible import visible


def emit(record: Mapping[str, object]) -> None:
    """One JSON object on a line; what is not a finite number becomes null."""
    clean = {
        key: None if isinstance(value, float) and not math.isfinite(value) else value
        for key, value in record.items()
    }
    print(json.dumps(clean), flush=True)


def for_terminal(text: str) -> str:
    """Return the text as it is for a pipe; with control characters made visible for a terminal."""
    if not (sys.stdout and sys.stdout.isatty()):  # None where the shell closed it: >&-
        return text
    return "\n".join(visible(line) for line in text.split("\n"))
