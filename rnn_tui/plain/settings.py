"""`rnn-tui config`: every setting, its value and its source."""

from dataclasses import asdict, dataclass

from rnn_tui.plain.output import emit
from rnn_tui.text.visible import visible


@dataclass(frozen=True, slots=True)
class Row:
    """One setting."""

    name: str
    value: object
    """None: not set."""
    source: str


def print_settings(rows: list[Row], as_json: bool) -> int:
    """List the settings."""
    for row in rows:
        if as_json:
            emit(asdict(row))
        else:
            print(f"{row.name:16}{visible(shown(row.value)):14}  {visible(row.source)}")
    return 0


def shown(value: object) -> str:
    """Return a value as the file spells it; `-` for none."""
    if value is None:
        return "-"
    return str(value).lower() if isinstance(value, bool) else str(value)
