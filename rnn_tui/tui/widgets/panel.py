"""What every panel has: a frame with a title, the roles of color, lines made once per change."""

from collections.abc import Hashable
from typing import TYPE_CHECKING, ClassVar, Self

from rich.style import Style as RichStyle
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from rnn_tui.language import mark, tr, used
from rnn_tui.protocol.inside import InsideView
from rnn_tui.protocol.reading import BEGINNING, Reading
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.control.passage import passage_of
from rnn_tui.tui.renderables.lines import fitting, sentence
from rnn_tui.tui.terminal.ascii_filter import AsciiFilter
from rnn_tui.tui.theme.palette import Palette, make_palette, make_shades
from rnn_tui.tui.widgets.repaint import changed

if TYPE_CHECKING:  # the first frame has no lesson
    from rnn_tui.lessons.lesson import Step

NOT_LOGGED = mark(
    "A log holds losses, knobs and samples, no network: this stays empty in a replay."
)


class Shown(Widget):
    """What shows a moment of the run; a row of the table of keys can call its methods."""

    ABOUT: ClassVar[tuple[str, str]] = ("", "")
    """Title and text in the help; empty where the screen's lesson tells."""

    ZOOMS: ClassVar[bool] = True
    """Whether it can be made as large as the window."""

    reading: Reading = BEGINNING
    """What it reads, where it shows a text."""

    def read_anew(self, reading: Reading, found: int | None = None) -> None:
        """Read another text, or another place of it.

        Args:
            reading: What to read.
            found: Which symbol of it was looked for and found; negative: one before it.
        """
        self.reading = reading

    @property
    def covered(self) -> bool:
        """Whether what comes next, and what is expected, are not to be seen."""
        return passage_of(self.app).covered

    @property
    def question(self) -> str:
        """What is said where something is covered."""
        key = table_of(self)["window.cover"].face
        return tr("Covered: what comes next? {key} shows what the network expects.", key=key)

    @property
    def span(self) -> int | None:
        """How many time steps of a text it shows; None: it shows none, or knows of none yet."""
        return None

    @property
    def wants(self) -> InsideView | None:
        """What it has to see of the network's inside."""
        return None

    @property
    def copied(self) -> Copied | None:
        """What a key copies of it; None: nothing, or nothing yet."""
        return None

    @property
    def lacking(self) -> str:
        """What this network would need for the panel; empty where it has it."""
        return ""

    def point_out(self, step: "Step", *, answered: bool) -> None:
        """Mark what a lesson speaks of; the inside of a cell is shown with the answer only."""

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw this moment."""
        raise NotImplementedError

    def speak(self) -> None:
        """Say in the language that is spoken now what `show` does not say anew."""


class Drawn(Shown):
    """A widget that draws its lines itself, once per change or resize.

    The roles of color are its screen's (`ColoredScreen`), whose background it has.
    """

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.snapshot: Snapshot | None = None
        """The last moment shown; None before the first."""
        self.info: RunInfo | None = None
        self._lines: list[Strip] | None = None
        self._drawn_size = (-1, -1)
        self._looks: Hashable = None
        self._palette: Palette | None = None

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw this moment; nothing happens when it looks like the last one."""
        self.snapshot, self.info = snapshot, info
        looks = self.looks(snapshot, info), snapshot.replayed, used()
        if looks != self._looks:
            self._looks = looks
            self.redraw()

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return everything of a snapshot that the picture depends on."""
        raise NotImplementedError

    def draw(self, width: int, height: int) -> list[Strip]:
        """Draw `height` lines of `width` cells."""
        raise NotImplementedError

    def speak(self) -> None:
        """Draw it with other words."""
        self.redraw()

    def redraw(self) -> None:
        """Draw again, and paint what is different."""
        before, size = self._lines, (self.size.width, self.size.height)
        self._lines = None
        if before is None or size != self._drawn_size:
            self.refresh()
            return
        spelled = any(isinstance(filter, AsciiFilter) for filter in self.app.get_line_filters())
        if regions := changed(before, self._picture(), whole=spelled):
            self.refresh(*regions)

    @property
    def palette(self) -> Palette:
        """The roles of color in the present theme."""
        if self._palette is None:
            background, foreground = self.background_colors[1], self.colors[3]
            hue = self.screen.get_component_styles("role--forward").color
            shades = make_shades(background, hue, foreground)
            self._palette = make_palette(self._role, shades)
        return self._palette

    def _role(self, role: str) -> RichStyle:
        if (name := f"role--{role}") not in self.screen.COMPONENT_CLASSES:
            return RichStyle()  # the curves of several networks are one screen's
        # Without its background: what lies behind a line is the widget's business.
        style = self.screen.get_component_rich_style(name)
        return RichStyle(color=style.color, bold=style.bold, dim=style.dim, reverse=style.reverse)

    def notify_style_update(self) -> None:
        """Forget the colors of the theme there was."""
        super().notify_style_update()
        self._palette = None
        self._lines = None

    def render_line(self, y: int) -> Strip:
        """Return one line of the picture."""
        lines = self._picture()
        return lines[y] if y < len(lines) else Strip.blank(self.size.width, self.rich_style)

    def _picture(self) -> list[Strip]:
        size = (self.size.width, self.size.height)
        if self._lines is None or size != self._drawn_size:
            beneath = self.rich_style
            self._lines = [strip.apply_style(beneath) for strip in self.draw(*size)]
            self._drawn_size = size
        return self._lines


class Panel(Drawn):
    """A drawing in a frame with a title."""

    DEFAULT_CSS = """
    Panel {
        border: round $foreground 30%;
        border-title-color: $foreground;
        border-subtitle-color: $foreground 60%;
        border-title-background: $background 0%;
        border-subtitle-background: $background 0%;
    }
    """

    EMPTY: ClassVar[str] = ""
    """What will be here, said before the first snapshot."""
    OF_NETWORK: ClassVar[bool] = False
    """Whether the picture is of the network, which a replayed run has not."""

    _labels: tuple[str, str] | None = None
    """Title and legend on the frame; None: they are to be written in any case."""
    _labeling: Region | None = None
    """The line of the frame that is being written on."""

    def draw(self, width: int, height: int) -> list[Strip]:
        """Draw the panel, or say what will be there."""
        if self.snapshot is None or self.info is None:
            return self.draw_empty(width, height)
        if self.snapshot.replayed and self.OF_NETWORK:
            return sentence(tr(NOT_LOGGED), width, height, self.palette.dim)
        return self.draw_moment(self.snapshot, self.info, width, height)

    def draw_empty(self, width: int, height: int) -> list[Strip]:
        """Say what will be there."""
        return sentence(tr(self.EMPTY), width, height, self.palette.dim)

    def draw_moment(
        self, snapshot: Snapshot, info: RunInfo, width: int, height: int
    ) -> list[Strip]:
        """Draw `height` lines of `width` cells of one moment."""
        raise NotImplementedError

    def titles(self) -> tuple[str, ...]:
        """Return what is shown, and in which unit: the same in fewer and fewer words."""
        raise NotImplementedError

    def legend(self) -> Content:
        """Return what the glyphs and colors mean, and the numbers that belong to all of it."""
        return Content("")

    def label(self) -> None:
        """Write title and legend on the frame."""
        title, legend = Content(fitting(self.size.width - 4, *self.titles())), self.legend()
        labels, before = (title.plain, legend.plain), self._labels or (None, None)
        self._labels = labels
        try:
            if labels[0] != before[0]:
                self._labeling = Region(-1, -1, self.outer_size.width, 1)
                self.border_title = title
            if labels[1] != before[1]:
                self._labeling = Region(-1, self.size.height, self.outer_size.width, 1)
                self.border_subtitle = legend
        finally:
            self._labeling = None

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Paint again; only a line of the frame when nothing else was written on.

        Textual would paint all of a panel whenever its title or legend is set.
        """
        if self._labeling and not regions:
            regions = (self._labeling,)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw this moment; nothing happens when it looks like the last one."""
        super().show(snapshot, info)
        self.label()

    def speak(self) -> None:
        """Draw and label it with other words."""
        super().speak()
        self.label()

    def on_mount(self) -> None:
        """Say what will be here."""
        self.label()

    def on_resize(self) -> None:
        """Say what now has room."""
        self.label()

    def notify_style_update(self) -> None:
        """Take the legend's colors from the theme."""
        super().notify_style_update()
        # Only then do the roles have their new colors: Textual comes to them after this call.
        self._labels = None
        if self.is_mounted:
            self.call_after_refresh(self.label)

    def inked(self, text: str, role: str) -> Content:
        """Return `text` in the color of a role, for the frame."""
        return Content.styled(text, Style.from_rich_style(getattr(self.palette, role)))
