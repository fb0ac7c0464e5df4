"""Write the table of keys in docs/keys.md anew from `rnn_tui.keys.table`."""

import re
from pathlib import Path

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.keys.listing import markdown

PAGE = Path(__file__).parent.parent / "docs" / "keys.md"


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = markdown(KeyTable())
    PAGE.write_text(re.sub(r"(?m)^\| key \|(.*\n)+", lambda _: table, page), encoding="utf-8")


if __name__ == "__main__":
    main()
