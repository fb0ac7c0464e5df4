"""What every screen that shows the run has: header, status line, keys, a word when all fails."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input, Static

from rnn_tui.keys.key import Scope
from rnn_tui.language import mark, tr, used
from rnn_tui.protocol.commands import View
from rnn_tui.protocol.inside import InsideView
from rnn_tui.protocol.replies import Failed, Lost
from rnn_tui.protocol.scene import Memo
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.control.accompanied import companions_of
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.control.copying import NOTHING, Copied, CopyKind
from rnn_tui.tui.link.silence import Silent
from rnn_tui.tui.messages import StatusText, ViewChanged
from rnn_tui.tui.renderables.race.racing import racing
from rnn_tui.tui.screens.colored import ColoredScreen
from rnn_tui.tui.screens.lessons import Lesson
from rnn_tui.tui.screens.resize_guard import ResizeGuard
from rnn_tui.tui.terminal.compositor import SeenCompositor
from rnn_tui.tui.widgets.fault_panel import FaultPanel
from rnn_tui.tui.widgets.header_bar import HeaderBar
from rnn_tui.tui.widgets.key_bar import KeyBar
from rnn_tui.tui.widgets.panel import Shown
from rnn_tui.tui.widgets.prefix_panel import PrefixInput
from rnn_tui.tui.widgets.status_line import StatusLine
from rnn_tui.tui.widgets.text_bar import TextBar

SMALLEST_WIDTH, SMALLEST_HEIGHT = 40, 12
"""For one panel at a time."""
LEAST_WIDTH, LEAST_HEIGHT = 60, 18
"""For several panels beside each other."""
SMALL = ("-slim", "-short")
NEXT = {"app.zoom": mark("panel")}
"""What the key goes to where there is one at a time."""
WIDTHS = [
    (0, "-cramped"),
    (SMALLEST_WIDTH, "-slim"),
    (LEAST_WIDTH, "-narrow"),
    (100, "-wide"),
    (180, "-huge"),
]
HEIGHTS = [
    (0, "-flat"),
    (SMALLEST_HEIGHT, "-short"),
    (LEAST_HEIGHT, "-low"),
    (32, "-high"),
    (50, "-tall"),
]
"""Sizes from which on the stylesheet arranges things otherwise."""


class RunScreen(ResizeGuard, ColoredScreen):
    """Shows a run; a subclass says which panels, and what it looks at."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    AUTO_FOCUS = ""
    ALLOW_IN_MAXIMIZED_VIEW = (
        "HeaderBar, LooksBar, NowLine, TextBar, NumberBar, StatusLine, KeyBar, DivergencePanel, "
        "FaultPanel"
    )
    SCOPE: ClassVar[Scope]
    """Whose keys work here, beside those that work everywhere."""
    TYPING: ClassVar[Scope] = "text"
    """Whose keys work while a text is being typed: the others are letters then."""
    PANELS: ClassVar[Mapping[str, type[Shown]]]
    """The panels by their ids, by which the table of keys names them."""
    LESSON: ClassVar[Lesson | None] = None
    """What the help says about this screen before everything else."""
    snapshot: Snapshot | None = None
    info: RunInfo | None = None
    fallen = False
    """Whether there is no worker that answers."""
    _language = ""
    """In which its panels speak."""
    small = False
    """Whether there is room for one panel at a time only."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SeenCompositor()

    def panels(self) -> Iterable[Widget]:
        """Return the widgets between header and status line: the panels, one below the other."""
        return [panel(id=name, classes="page") for name, panel in self.PANELS.items()]

    @property
    def shown(self) -> Sequence[Shown]:
        """The panels, in the order of `PANELS`; none where there are none yet, or no more."""
        if not self.has_panels:
            return []
        return [self.query_one(f"#{name}", Shown) for name in self.PANELS]

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Whose keys work now."""
        if not isinstance(self.focused, Input):
            return ("app", self.SCOPE)
        own = self.focused.id in ("answer", "find", "number")
        return (str(self.focused.id),) if own else (self.TYPING,)

    @property
    def relabeled(self) -> Mapping[str, str]:
        """The labels of keys that do something else than usual now; empty: nothing."""
        return {}

    @property
    def raised(self) -> tuple[str, ...]:
        """The keys that are the first to get room in the footer."""
        return tuple(NEXT) if self.small else ()

    @property
    def inside(self) -> tuple[InsideView, ...]:
        """What the panels have to see of the network's inside."""
        wanted = [panel.wants for panel in self.shown if panel.display]
        wanted += companions_of(self.app).also_seen
        return tuple(dict.fromkeys(view for view in wanted if view is not None))

    @property
    def view(self) -> View:
        """What to ask the worker for."""
        raise NotImplementedError

    def copied(self, kind: CopyKind) -> Copied | None:
        """Return what a key copies; None: there is nothing yet."""
        return next((found for panel in self.shown if (found := panel.copied)), None)

    @property
    def nothing_to_copy(self) -> str:
        """What is said where there is nothing to copy."""
        return NOTHING

    def compose(self) -> ComposeResult:
        """Lay out the frame around the panels."""
        yield HeaderBar(id="header")
        for widget in self.panels():
            widget.add_class("body")
            yield widget
        yield from companions_of(self.app).companions()
        yield StatusLine(id="status")
        yield KeyBar(self.scopes, id="keys")
        yield FaultPanel(id="fault")
        yield Static(id="room")
        self._language = used()

    @property
    def has_panels(self) -> bool:
        """Whether there is something to draw on.

        A click in the footer opens a screen beside the worker's messages, which may come first;
        and a screen opened after the app was asked to leave never gets its panels (Textual 8.2.8).
        """
        return self.is_mounted and self.app.return_code is None

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw one moment of the run."""
        self.snapshot, self.info = snapshot, info
        if self._language != used():  # it was turned on another screen
            self.speak()
        self._head()
        for panel in self.shown:
            panel.show(snapshot, info)
        self.label_keys()  # some have nothing to do in what the panels now show

    def speak(self) -> None:
        """Say in the language that is spoken now what is not said anew with every moment."""
        self._language = used()
        self.fit()
        for panel in self.query("*").results(Shown):  # `query(Shown)` finds by first bases only
            panel.speak()
        for bar in self.query(TextBar):
            bar.speak()

    @property
    def memo(self) -> dict[str, str]:
        """What is typed in its lines, by their names."""
        return {f"{line.id}": line.value for line in self.query(PrefixInput) if line.value}

    def recall(self, memo: Memo) -> None:
        """Have typed in its lines what a memo says."""
        for line in self.query(PrefixInput):
            line.value = memo.get(f"{line.id}", "")[: line.max_length]

    def come_back(self) -> None:
        """Look again, after other screens."""

    def zoom(self) -> None:
        """Make the next panel as large as the window; after the last one none, or the first."""
        seen: list[Widget] = [panel for panel in self.shown if panel.display and panel.ZOOMS]
        if self.small:  # what stands beside the panels elsewhere is the first of them
            beside = (one for one in self.query(".companion") if not one.has_class("-aside"))
            seen = [*beside, *seen]
        at = seen.index(self.maximized) + 1 if self.maximized in seen else 0
        after_last = seen[0] if seen and self.small else None
        self.maximized = seen[at] if at < len(seen) else after_last
        self.post_message(ViewChanged())

    def on_resize(self) -> None:
        """Arrange the panels for the size that the classes of the screen will say."""
        self.call_next(self.fit)

    def fit(self) -> None:
        """Show one panel at a time where there is no room for more."""
        smaller = self.has_class("-cramped") or self.has_class("-flat")
        was_small, self.small = self.small, any(map(self.has_class, SMALL)) and not smaller
        if self.small and (self.maximized is None or not self.maximized.display):
            self.zoom()
        elif was_small and not self.small:
            self.maximized = None
        self.query_one("#room", Static).update(
            tr(
                "This window is too small for the pictures.\nMake it {width} columns wide and "
                "{height} lines high, or the letters smaller.",
                width=SMALLEST_WIDTH,
                height=SMALLEST_HEIGHT,
            )
        )
        self.label_keys()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys alone that come in one breath with the one that opens the screen, or quits.

        Escape, with which Textual makes a widget small again, is the app's where none is large.
        """
        if action == "minimize":
            return self.maximized is not None and not self.small
        return self.has_panels

    def action_panel(self, name: str, method: str, *values: object) -> None:
        """Have a panel do what the table of keys says; what it returns is told."""
        # Of several values Textual (8.2.8) hands on the first: it counts `values` as one parameter.
        panel = self.query_one(f"#{name}", Shown)
        if told := panel.lacking or getattr(panel, method)(*values):
            self.post_message(StatusText(told))
        self.post_message(ViewChanged())

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """Show the keys of the line that text is typed in."""
        self.label_keys()

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        """Show the commands again."""
        self.label_keys()

    def tell(self, message: str) -> None:
        """Say what came of the last key; without a message, what is worth knowing."""
        named = table_of(self).named
        notes = tuple(named(tr(note)) for note in self._notes())
        self.query_one(StatusLine).tell(named(tr(message)), notes)

    def show_fault(self, fault: Failed | Lost | Silent, resume_point: str, log: str = "") -> None:
        """Say that the worker is gone, or silent; the pictures stay."""
        self.fallen = True
        self.set_focus(None)  # what is typed now is meant as a command
        self._head()
        self.query_one(FaultPanel).show_fault(fault, resume_point, log)
        self.label_keys()

    def clear_fault(self) -> None:
        """Take that back: there is a worker again."""
        if self.fallen:
            self.fallen = False
            self.query_one(FaultPanel).clear_fault()
            self.label_keys()

    def bears_faults(self, snapshot: Snapshot | None) -> bool:
        """Say whether there is something to see although a worker is gone."""
        return False

    def label_keys(self) -> None:
        """Give the footer the keys that work now."""
        state = self.snapshot.state if self.snapshot else "running"
        beside = companions_of(self.app)
        more = beside.more_scopes
        more += ("diverged",) if state == "diverged" else ()
        if self.SCOPE != "race" and racing(self.snapshot):
            more += ("racing",)
        scopes = self.scopes + (more if "app" in self.scopes else ())
        self.query_one(KeyBar).show(
            scopes,
            standing=state != "running",
            fallen=self.fallen,
            relabeled={**self.relabeled, **beside.relabeled, **(NEXT if self.small else {})},
            raised=self.raised,
        )

    def _head(self) -> None:
        if self.snapshot and self.info:
            # A screen opened later draws the last moment, too, in which training still ran.
            state = "stopped" if self.fallen else self.snapshot.own_state
            self.query_one(HeaderBar).show(replace(self.snapshot, state=state), self.info)

    def _notes(self) -> tuple[str, ...]:
        if self.snapshot and self.snapshot.reason and not self.fallen:
            return (self.snapshot.reason,)
        return self.info.notes if self.info else ()
