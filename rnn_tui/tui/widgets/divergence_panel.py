"""What is said when training has diverged: where it began, why, and the keys that mend it."""

from collections.abc import Iterator

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from rnn_tui.language import counted, padded, phrase, tr
from rnn_tui.protocol.remedies import Divergence
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.renderables.lines import wrap
from rnn_tui.tui.renderables.numbers import thousands, trimmed

INDENT = 8
"""Cells for a word or a key before its sentence."""


class DivergencePanel(Widget):
    """Lies over the lower pictures until training goes on."""

    DEFAULT_CSS = """
    DivergencePanel {
        layer: above;
        display: none;
        width: 100%;
        max-width: 100;
        height: auto;
        padding: 0 2;
        background: $surface;
        border: round $warning;
        border-title-color: $text-warning;
        &.-told { display: block; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._divergence: Divergence | None = None
        self._here = 0

    def show(self, divergence: Divergence | None, update: int) -> None:
        """Tell of it; None: there is nothing to tell of any more."""
        self.set_class(divergence is not None, "-told")
        if divergence is None or divergence == self._divergence:
            return
        self._divergence = divergence
        self._here = update
        refused = thousands(divergence.finding.update)
        self.border_title = Content(tr("Update {update} was not made", update=refused))
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        return sum(1 for _ in self._lines(width))

    def render(self) -> RenderResult:
        """Return the text."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> Iterator[Content]:
        if (divergence := self._divergence) is None:
            return
        finding, offered = divergence.finding, divergence.remedies
        yield from hanging("", tr(finding.what), 0, width)
        yield from hanging(tr("Began"), tr("{where}.", where=tr(finding.where)), INDENT, width)
        cause = tr("probably {cause}", cause=tr(finding.cause))
        yield from hanging(tr("Cause"), cause, INDENT, width)
        yield Content("")
        back = self._here - offered.back_to
        steps = phrase(
            "{updates} back, to {update}",
            updates=counted(back, "update"),
            update=thousands(offered.back_to),
        )
        half = phrase(
            "a learning rate of {rate}, half of {before}",
            rate=trimmed(offered.rate),
            before=trimmed(offered.rate_before),
        )
        half_key, clip_key, anyway_key = (key.face for key in table_of(self).of(["diverged"]))
        halved = tr("{back}, with {rate}", back=steps, rate=half) if back else tr(half)
        yield from hanging(half_key, halved, INDENT, width)
        clip = phrase("clip the gradient to a norm of {norm} and go on", norm=trimmed(offered.clip))
        place = tr("{back}, and {clip}", back=steps, clip=clip)
        yield from hanging(
            clip_key, place if offered.clip_at < self._here else tr(clip), INDENT, width
        )
        anyway = tr("on regardless: make the update as it is")
        yield from hanging(anyway_key, anyway, INDENT, width)


def hanging(name: str, text: str, indent: int, width: int) -> Iterator[Content]:
    """Return `text` beside `name`, every line of it beginning after `indent` cells."""
    for line in wrap(steady(text), max(width - indent, 20)):
        yield Content.assemble((padded(name, indent), "bold"), line)
        name = ""
