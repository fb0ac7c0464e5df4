"""Text to scroll through: titles, and paragraphs wrapped for the width there is."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from rnn_tui.language import padded
from rnn_tui.tui.renderables.lines import wrap


class Prose(Widget):
    """One widget for all of a long text, so that it opens at once."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"prose--title"}
    DEFAULT_CSS = """
    Prose {
        height: auto;
        & > .prose--title { color: $text-accent; text-style: bold; }
    }
    """

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines."""
        return sum(1 for _ in self.lines(width))

    def render(self) -> RenderResult:
        """Return the text."""
        return Content("\n").join(self.lines(self.content_size.width))

    def lines(self, width: int) -> Iterator[Content]:
        """Return the lines, for so many cells."""
        raise NotImplementedError

    def section(self, title: str, text: str, width: int) -> Iterator[Content]:
        """Return an empty line, a title and what is below it, its paragraphs a line apart."""
        yield Content("")
        yield Content(title).stylize(self.get_visual_style("prose--title", partial=True))
        for number, paragraph in enumerate(text.split("\n")):
            yield from [Content("")] * bool(number)
            yield from hanging("", paragraph, 2, width)


def hanging(name: str, text: str, indent: int, width: int) -> Iterator[Content]:
    """Return `text` beside `name`, every line of it beginning after `indent` cells."""
    for line in wrap(text, max(width - indent, 20)):
        yield Content.assemble((padded(name, indent), "dim"), line)
        name = ""
