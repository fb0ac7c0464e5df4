"""The real program with its ways out shut, so that any end of it is a fault.

Random bytes hold keys that leave (`q`, ctrl+q) or suspend (ctrl+z), and clicks on the footer and
lines of the palette do the same. Here all of it is heard, and does nothing until the file
`OPEN` lies in the folder that the program was started in.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

OPEN = "the-way-out-is-open"


def main() -> int:
    """Run the program."""
    from rnn_tui.cli import main as rnn_tui
    from rnn_tui.tui.app import RnnApp

    for name in ("action_quit", "action_suspend_process"):
        setattr(RnnApp, name, _shut(getattr(RnnApp, name)))
    return rnn_tui(sys.argv[1:])


def _shut(action: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *given: action(*given) if Path(OPEN).exists() else None


if __name__ == "__main__":
    sys.exit(main())
