"""The program with a screen, and a lesson beside its pictures."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from rnn_tui.keys.in_force import LESSON
from rnn_tui.keys.key import Scope
from rnn_tui.lessons.lesson import Lesson
from rnn_tui.protocol.lesson import LessonView
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.control.playing import Kept, Playing
from rnn_tui.tui.lesson_room import arrange
from rnn_tui.tui.messages import SessionFactory
from rnn_tui.tui.screens.run_screen import RunScreen
from rnn_tui.tui.screens.window_screen import WindowScreen
from rnn_tui.tui.widgets.lesson_panel import LessonPanel

OF_A_NUMBER = "0123456789.,-−"
"""What a number can begin with, which would be a key."""


class LessonBeside(RnnApp):
    """Shows a lesson beside every screen, or the run alone while the lesson is put aside."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(LESSON)

    def __init__(
        self,
        make_session: SessionFactory,
        *,
        lesson: Lesson,
        step: int = 0,
        kept: Kept = (),
        passed: Callable[[int], None] = lambda done: None,
        following: Lesson | None = None,
        **options: Any,
    ) -> None:
        """Make the app.

        Args:
            make_session: Makes the session of the lesson's run, which stands still at first.
            lesson: What is played.
            step: From which step on.
            kept: For each step what the steps before it measured, by name.
            passed: Told how many steps are done.
            following: The lesson after it; None: there is none.
            options: As `RnnApp` takes them.
        """
        super().__init__(make_session, **options)
        self.playing = Playing(lesson, self.session.send, step=step, kept=kept, following=following)
        self.playing.passed = passed
        self.lesson_open, self.goes_on = True, False
        """`goes_on`: whether the next lesson was asked for when the screen was left."""
        self._covers = False
        """Whether it is the lesson that covers what the screens tell."""

    @property
    def more_scopes(self) -> tuple[Scope, ...]:  # type: ignore[override]
        """The keys of a lesson."""
        return (LESSON,) if self.lesson_open else ()

    @property
    def relabeled(self) -> Mapping[str, str]:
        """Keys that begin a number do nothing else while one is asked for."""
        asked = self.lesson_open and self.playing.page.number
        rows = self.keys.rows if asked else ()
        return {row.id: "" for row in rows if row.strokes[0] in [*OF_A_NUMBER]}

    @property
    def also_seen(self) -> tuple[LessonView, ...]:  # type: ignore[override]
        """What it measures now."""
        view = self.playing.asking.view if self.lesson_open else None
        return () if view is None else (view,)

    @property
    def standing(self) -> dict[str, object]:
        """What whoever leads the class may know: the answer, too, once it is given."""
        return {**super().standing, **self.playing.asking.standing}

    def companions(self) -> Iterable[Widget]:
        """Return the panel."""
        panel = LessonPanel(classes="companion")
        panel.page = self.playing.page
        panel.set_class(not self.lesson_open, "-aside")
        yield panel

    def _refresh_lesson(self) -> None:
        """Show the page, and look at what it needs."""
        front = self.front
        if front is None:
            return
        panel = front.query_one(LessonPanel)
        panel.set_class(not self.lesson_open, "-aside")
        if not self.lesson_open and front.maximized is panel:
            front.maximized = None
        arrange(front, *self.size, lesson_open=self.lesson_open)
        panel.turn_to(self.playing.page)
        front.label_keys()
        self._cover(front)
        if self.lesson_open:
            self._see(front)
        self.tell_standing()
        self.pacing.changed = True
        self.look()

    def _cover(self, front: RunScreen) -> None:
        """Cover what would give the answer away, and show it again once there is one."""
        unanswered = self.playing.phase in ("leading", "asking", "working")
        covers = self.lesson_open and unanswered and self.playing.step.cover
        if covers != self._covers:
            self._covers = self.passage.covered = covers
        if isinstance(front, WindowScreen):
            front.draw_covered()

    def _see(self, front: RunScreen) -> None:
        """Show what the step is about: where before it is asked, the inside with the answer."""
        step, phase = self.playing.step, self.playing.phase
        if phase == "leading" and step.see and step.see != self.current_mode:
            self.call_later(self.action_page, step.see)
        elif phase == "leading" or (phase == "answered" and (step.gates or step.formulas)):
            for panel in front.shown:
                panel.point_out(step, answered=phase == "answered")

    def on_resize(self) -> None:
        """Put the panel where it has room."""
        if front := self.front:
            arrange(front, *self.size, lesson_open=self.lesson_open)
