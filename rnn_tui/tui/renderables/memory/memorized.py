"""What of the newest sample stands word for word in the training text, in one line."""

from rnn_tui.language import counted, phrase, tr
from rnn_tui.protocol.memorized import LONGEST_TEXT, Memorized, OldParts


def in_words(memorized: Memorized, unit: str) -> tuple[str, ...]:
    """Return it in fewer and fewer words.

    Args:
        memorized: What is known.
        unit: What a symbol is called.
    """
    if memorized.state == "too long":
        return (
            tr(
                "What samples repeat of the text is not looked for: it has more than {count}",
                count=counted(LONGEST_TEXT, unit),
            ),
            tr("The text is too long to compare with"),
        )
    if memorized.state == "looking":
        share = f"{100 * memorized.progress:3.0f} %"
        return (
            tr(
                "Looking through the training text for what samples repeat of it: {share}",
                share=share,
            ),
            tr("Looking through the text: {share}", share=share),
        )
    newest = memorized.samples[0] if memorized.samples else None
    if newest is None:
        return ("",)
    least = counted(memorized.least, unit)
    if not newest.parts:
        return (
            tr("No {least} in a row of the newest stand in the training text", least=least),
            tr("No {least} in a row stand in the training text", least=least),
            tr("No {least} stand in the text", least=least),
        )
    return _told(memorized, newest, least, unit)


def _told(memorized: Memorized, newest: OldParts, least: str, unit: str) -> tuple[str, ...]:
    if newest.line:
        where = phrase("line {number}", number=f"{newest.line:,}")
    else:
        where = phrase("{unit} {number}", unit=phrase(unit), number=f"{newest.place + 1:,}")
    values = {
        "share": _percent(newest.share),
        "longest": f"{newest.longest:,}",
        "least": least,
        "where": where,
        "usual": ""
        if memorized.usual is None
        else phrase(" (validation {share})", share=_percent(memorized.usual)),
    }
    return (
        tr(
            "{share} of the newest stands word for word in the training text, {least} or more in a "
            "row{usual}; the longest, {longest}, in {where}",
            **values,
        ),
        tr(
            "{share} of the newest is from the text{usual}; {longest} in a row from {where}",
            **values,
        ),
        tr("{share} from the text{usual}; {longest} in a row, {where}", **values),
        tr("{share} from the text; {longest} from {where}", **values),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
