"""What the screens share that look at a window on a text: where it stands, and how it moves."""

from typing import TYPE_CHECKING

from textual.widgets import Input

from rnn_tui.language import mark, tr
from rnn_tui.protocol.inside import InsideView
from rnn_tui.protocol.reading import BEGINNING, Reading
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.control.passage import Passage, Way, passage_of
from rnn_tui.tui.messages import StatusText, ViewChanged
from rnn_tui.tui.renderables import whereabouts
from rnn_tui.tui.renderables.lines import fitting
from rnn_tui.tui.screens.run_screen import RunScreen
from rnn_tui.tui.widgets.panel import Shown
from rnn_tui.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from rnn_tui.protocol.finding import FindView, Found
    from rnn_tui.tui.widgets.find_bar import FindRequested

YOURS = mark("It reads your text; without one ({key}) it reads the corpus.")
NO_VALIDATION = mark("This run keeps no text for validation (--val-fraction).")
NO_TEXT = mark("A log holds no text to look at.")
COVERED = mark(
    "On screens 1 and 2 all that tells what comes next is covered; {window.cover} shows it."
)
SEEN = mark("What was covered is seen again.")
NOTHING_SOUGHT = mark("Nothing was looked for yet: {window.find} looks for a string.")


class WindowScreen(RunScreen):
    """Looks at the corpus where all others of its kind do, or at a text of one's own."""

    typed: str | None = None
    """A text of one's own; None: the corpus."""
    _sought: "FindView | None" = None
    """What is being looked for."""
    _covered: bool = False
    """Whether its panels are drawn without targets and predictions."""

    @property
    def passage(self) -> Passage:
        """Where in the corpus all of them look."""
        return passage_of(self.app)

    @property
    def start(self) -> int:
        """Where its window begins in the part."""
        return self.passage.start

    @property
    def reading(self) -> Reading:
        """What it reads."""
        if self.typed is not None:
            return Reading(self.typed, self.passage.part)
        return Reading(None, self.passage.part, self.start)

    @property
    def length(self) -> int:
        """How many time steps its window has."""
        spans = (panel.span for panel in self.shown if panel.display)
        return next(filter(None, spans), self.info.config.seq_length if self.info else 1)

    @property
    def inside(self) -> tuple[InsideView, ...]:
        """What the panels have to see, and what is being looked for."""
        return super().inside if self._sought is None else (*super().inside, self._sought)

    def on_mount(self) -> None:
        """Know whether its panels are drawn covered."""
        self._covered = self.passage.covered

    def come_back(self) -> None:
        """Look where the others look now."""
        self._sought = None
        self.draw_covered()
        self.reread()

    def reread(self) -> None:
        """Have the panels read what is to be read now."""
        reading, hit = self.reading, self.passage.hit
        for panel in self.shown:
            found = hit[-1] - reading.start if hit and reading.typed is None else None
            panel.read_anew(reading, found)
        self.post_message(ViewChanged())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a line that is being typed in have its letters."""
        typing = action in ("find", "next_hit") and isinstance(self.focused, Input)
        return not typing and super().check_action(action, parameters)

    def action_window(self, way: Way) -> None:
        """Move the window."""
        if (info := self._movable()) is None:
            return
        if self.passage.move(way, self.length, info):
            self.reread()
            self._say(*whereabouts.sentences(self.reading, self.length, info))
        else:
            beginning = way in ("back", "first")
            self._say(whereabouts.end(self.passage.part, beginning=beginning))

    def action_next_part(self) -> None:
        """Read the other part of the corpus."""
        if (info := self._movable()) is None:
            return
        if not info.val_size:
            self._say(tr(NO_VALIDATION))
            return
        self.passage.change_part()
        self.reread()
        self._say(*whereabouts.sentences(self.reading, self.length, info))

    def action_cover(self) -> None:
        """Cover what comes next and what is expected, or show them."""
        self.passage.covered = not self.passage.covered
        self.draw_covered()
        self._say(tr(COVERED) if self.passage.covered else tr(SEEN))

    def draw_covered(self) -> None:
        """Draw again where something is covered now, or no more."""
        if self._covered != self.passage.covered:
            self._covered = self.passage.covered
            for panel in self.query("*").results(Shown):
                panel.speak()

    async def action_find(self) -> None:
        """Give the line for what is looked for the keyboard; the first frame has none."""
        from rnn_tui.tui.widgets.find_bar import FindBar

        if self._movable() is not None:
            if not self.query(FindBar):
                await self.mount(FindBar(), before=self.query_one(StatusLine))
            self.query_one(FindBar).enter()

    def action_next_hit(self, by: int) -> None:
        """Look for the same again."""
        if self._movable() is not None:
            if self.passage.sought:
                self._look_for(self.passage.sought, back=by < 0)
            else:
                self._say(tr(NOTHING_SOUGHT))

    def on_find_requested(self, event: "FindRequested") -> None:
        """Look for what was typed."""
        self._look_for(event.text, back=event.back)

    def _look_for(self, text: str, *, back: bool) -> None:
        from rnn_tui.protocol.finding import FindView

        passage = self.passage
        if text != passage.sought:
            passage.sought, passage.hit = text, None
        self._sought = FindView(text, passage.part, passage.behind(back=back), back)
        self.post_message(ViewChanged())

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw one moment of the run; go to what was found."""
        known = self.info is not None
        super().show(snapshot, info)
        if not known and self.reading != BEGINNING:
            self.reread()  # now it can be said how long the text is
        if self._sought is not None:
            self._look_at(snapshot, self._sought, info)

    def _look_at(self, snapshot: Snapshot, sought: "FindView", info: RunInfo) -> None:
        """Go to what was found, once it is."""
        from rnn_tui.protocol.finding import Found

        found = next((part for part in snapshot.inside if isinstance(part, Found)), None)
        if found is not None and found.done and found.view == sought:
            self._sought = None
            self._go_to(found, info)

    def _go_to(self, found: "Found", info: RunInfo) -> None:
        if found.place is not None:
            hit = range(found.place, found.place + found.count)
            self.passage.show(hit, info.config.seq_length)
            self.reread()
        self._say(*whereabouts.of_found(found, info))

    def _movable(self) -> RunInfo | None:
        """Return what is known of the corpus, where it is looked at; else say why it is not."""
        if self.typed is not None:
            self._say(tr(YOURS, key=table_of(self)[f"{self.SCOPE}.text"].face))
        elif self.snapshot is not None and self.snapshot.replayed:
            self._say(tr(NO_TEXT))
        else:
            return self.info
        return None

    def _say(self, *texts: str) -> None:
        """Say the first that has room."""
        self.post_message(StatusText(fitting(self.size.width - 2, *texts)))
