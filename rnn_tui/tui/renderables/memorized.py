"""What of the newest sample stands word for word in the training text, in one line."""

from rnn_tui.protocol.memorized import LONGEST_TEXT, Memorized, OldParts
from rnn_tui.tui.renderables.numbers import thousands


def in_words(memorized: Memorized, unit: str) -> tuple[str, ...]:
    """Return it in fewer and fewer words.

    Args:
        memorized: What is known.
        unit: What a symbol is called.
    """
    if memorized.state == "too long":
        most = f"more than {thousands(LONGEST_TEXT)} {unit}s"
        return (
            f"What samples repeat of the text is not looked for: it has {most}",
            "The text is too long to compare with",
        )
    if memorized.state == "looking":
        share = f"{100 * memorized.progress:3.0f} %"
        return (
            f"Looking through the training text for what samples repeat of it: {share}",
            f"Looking through the text: {share}",
        )
    newest = memorized.samples[0] if memorized.samples else None
    if newest is None:
        return ("",)
    least = f"{memorized.least:,}"
    if not newest.parts:
        return (
            f"No {least} {unit}s in a row of the newest stand in the training text",
            f"No {least} {unit}s in a row stand in the training text",
            f"No {least} {unit}s stand in the text",
        )
    return _told(memorized, newest, least, unit)


def _told(memorized: Memorized, newest: OldParts, least: str, unit: str) -> tuple[str, ...]:
    share, longest = _percent(newest.share), f"{newest.longest:,}"
    where = f"line {newest.line:,}" if newest.line else f"{unit} {newest.place + 1:,}"
    usual = "" if memorized.usual is None else f" (validation {_percent(memorized.usual)})"
    return (
        f"{share} of the newest stands word for word in the training text, {least} {unit}s or more "
        f"in a row{usual}; the longest, {longest}, in {where}",
        f"{share} of the newest is from the text{usual}; {longest} in a row from {where}",
        f"{share} from the text{usual}; {longest} in a row, {where}",
        f"{share} from the text; {longest} from {where}",
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
