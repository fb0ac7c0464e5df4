"""What is said when training has diverged: where it began, why, and the keys that mend it."""

from collections.abc import Iterator
from textwrap import wrap

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from rnn_tui.protocol.remedies import Divergence
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.bindings import table_of
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
        self.border_title = Content(f"Update {thousands(divergence.finding.update)} was not made")
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
        yield from hanging("", finding.what, 0, width)
        yield from hanging("Began", f"{finding.where}.", INDENT, width)
        yield from hanging("Cause", f"probably {finding.cause}", INDENT, width)
        yield Content("")
        back = self._here - offered.back_to
        steps = f"{back} update{'s' * (back != 1)} back, to {thousands(offered.back_to)}"
        half = f"a learning rate of {trimmed(offered.rate)}, half of {trimmed(offered.rate_before)}"
        half_key, clip_key, anyway_key = (key.face for key in table_of(self).of(["diverged"]))
        yield from hanging(half_key, f"{steps}, with {half}" if back else half, INDENT, width)
        clip = f"clip the gradient to a norm of {trimmed(offered.clip)} and go on"
        place = f"{steps}, and {clip}" if offered.clip_at < self._here else clip
        yield from hanging(clip_key, place, INDENT, width)
        yield from hanging(anyway_key, "on regardless: make the update as it is", INDENT, width)


def hanging(name: str, text: str, indent: int, width: int) -> Iterator[Content]:
    """Return `text` beside `name`, every line of it beginning after `indent` cells."""
    for line in wrap(steady(text), max(width - indent, 20), break_on_hyphens=False):
        yield Content.assemble((name.ljust(indent), "bold"), line)
        name = ""
