"""The program with a screen, and a lesson beside its pictures."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from textual.actions import ActionParseResult
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input

from rnn_tui.keys.in_force import LESSON, NO_LESSON
from rnn_tui.keys.key import Scope
from rnn_tui.language import mark, tr
from rnn_tui.lessons.lesson import Lesson
from rnn_tui.protocol.lesson import LessonView
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.control.playing import Kept, Playing
from rnn_tui.tui.messages import Led, ReplyArrived, SessionFactory, SnapshotArrived
from rnn_tui.tui.screens.run_screen import (
    HEIGHTS,
    LEAST_HEIGHT,
    LEAST_WIDTH,
    SMALL,
    WIDTHS,
    RunScreen,
)
from rnn_tui.tui.widgets.lesson_panel import BESIDE, HEIGHT, WIDTH, AnswerGiven, LessonPanel

DOING = ("Training", "Divergence", "Knobs", "Backprop", "Weights")
"""The groups of keys that do more than look: any other is a wrong answer to no question."""


class LessonApp(RnnApp):
    """Plays a lesson; left, the run goes on where it is."""

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

    # Beside the pictures

    @property
    def more_scopes(self) -> tuple[Scope, ...]:  # type: ignore[override]
        """The keys of a lesson."""
        return (LESSON,) if self.lesson_open else ()

    @property
    def also_seen(self) -> tuple[LessonView, ...]:  # type: ignore[override]
        """What it measures now."""
        view = self.playing.asking.view if self.lesson_open else None
        return () if view is None else (view,)

    @property
    def too_small(self) -> str:  # type: ignore[override]
        """What stands there instead of a lesson and its picture."""
        if not self.lesson_open:
            return ""
        return self.keys.named(
            tr(
                "The lesson and its picture need {width} columns and {height} lines.\n"
                "{lesson.leave} puts the lesson aside.",
                width=LEAST_WIDTH,
                height=LEAST_HEIGHT,
            )
        )

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
        self._make_room(front)
        panel.turn_to(self.playing.page)
        front.label_keys()
        if self.lesson_open:
            self._see(front)
        self.tell_standing()
        self.pacing.changed = True
        self.look()

    def _see(self, front: RunScreen) -> None:
        """Show what the step is about: where before it is asked, the inside with the answer."""
        step, phase = self.playing.step, self.playing.phase
        if phase == "leading" and step.see and step.see != self.current_mode:
            self.call_later(self.action_page, step.see)
        elif phase == "leading" or (phase == "answered" and step.gates):
            for panel in front.shown:
                panel.point_out(step, answered=phase == "answered")

    def _make_room(self, front: RunScreen) -> None:
        """Arrange the pictures for the room that the panel leaves."""
        width, height = self.size
        beside = self.lesson_open and width >= BESIDE
        right, below = (WIDTH if beside else 0), (HEIGHT if self.lesson_open and not beside else 0)
        wide = [(at and at + right, name) for at, name in WIDTHS]
        # As low as it may be, the smallest pictures still go above the panel.
        high = [(at if at <= LEAST_HEIGHT else at + below, name) for at, name in HEIGHTS]
        if self.lesson_open:  # one panel at a time would be without it
            wide, high = (
                [step for step in steps if step[1] not in SMALL] for steps in (wide, high)
            )
        front.HORIZONTAL_BREAKPOINTS, front.VERTICAL_BREAKPOINTS = wide, high
        now = {name: False for _, name in (*WIDTHS, *HEIGHTS)}
        for size, steps in ((width, wide), (height, high)):
            now[max(step for step in steps if step[0] <= size)[1]] = True
        front.update_classes({**now, "-beside": beside})
        front.fit()

    def on_resize(self) -> None:
        """Put the panel where it has room."""
        if front := self.front:
            self._make_room(front)

    # What comes from the worker

    def on_snapshot_arrived(self, event: SnapshotArrived) -> None:
        """Let the lesson see it, too."""
        event.prevent_default()
        super().on_snapshot_arrived(event)
        before = self.playing.moment
        self.playing.take_snapshot(event.snapshot, aside=not self.lesson_open)
        if self.playing.moment != before or self.playing.phase == "leading":
            self._refresh_lesson()

    async def on_led(self, event: Led) -> None:
        """Go to the step where the class is, or do as without a lesson."""
        event.prevent_default()
        if event.what == "step":
            self.lesson_open = True
            self.playing.lead_to(int(event.value))
        elif event.what == "restart" and self.lesson_open:
            self.playing.again()
        else:
            await super().on_led(event)
        self._refresh_lesson()

    @property
    def standing(self) -> dict[str, object]:
        """What whoever leads the class may know: the answer, too, once it is given."""
        return {**super().standing, **self.playing.asking.standing}

    def on_reply_arrived(self, event: ReplyArrived) -> None:
        """Keep from the status line what the lesson itself asked for."""
        event.prevent_default()
        if self.playing.take_reply(event.reply):
            self._refresh_lesson()
        else:
            super().on_reply_arrived(event)

    # What the learner does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter to who has the keyboard: it is taken before anybody else is asked."""
        if action == "lesson_on":
            front = self.front
            typing = front is None or isinstance(front.focused, Input)
            return self.lesson_open and self.screen is front and not typing
        return super().check_action(action, parameters)

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key asks for, and let the lesson know which one it was."""
        done = await super().run_action(action, default_namespace, namespaces)
        front = self.front
        if done and front is not None and self.lesson_open and self.playing.step.key:
            scopes = {*front.scopes, "diverged"}
            for key in self.keys.rows:
                ours = key.action == action and key.scope in scopes
                if ours and (key.group in DOING or key.id == self.playing.step.key):
                    self.playing.asking.press(key.id, key.title)
                    self._refresh_lesson()
                    break
        return done

    def on_answer_given(self, event: AnswerGiven) -> None:
        """Take an answer that was typed."""
        self.playing.asking.give(event.text)
        self._refresh_lesson()

    def action_lesson_on(self) -> None:
        """Lead to the line, to the next question, or to the next lesson."""
        playing, front = self.playing, self.front
        if not self.lesson_open or front is None:
            return
        front.maximized = None  # it hides the panel
        if playing.phase == "done" and playing.following:
            self.goes_on = True
            self.exit()
        elif playing.phase == "astray":
            playing.begin(anew=True)
        elif playing.page.takes:
            front.query_one(LessonPanel).enter()
        elif playing.phase == "asking":
            playing.asking.show_key()
        else:
            playing.go_on()
        self._refresh_lesson()

    def action_lesson_again(self) -> None:
        """Begin the step anew."""
        if self.lesson_open:
            self.playing.again()
            self._refresh_lesson()

    def action_lesson_leave(self) -> None:
        """Put the lesson aside: the run stays as it is."""
        if self.lesson_open:
            self.lesson_open = False
            self.playing.put_aside()
            self.controls.say(mark("{app.lessons} brings the lesson back."))
            self._tell()
            self._refresh_lesson()

    def action_lessons(self) -> None:
        """Bring it back; it leads the run to where it was left."""
        if not self.lesson_open:
            self.lesson_open = True
            self.playing.come_back()
            self._refresh_lesson()

    def action_language(self) -> None:
        """Say everything in the next language, the lesson with it."""
        super().action_language()
        self._refresh_lesson()

    def action_restart(self) -> None:
        """Begin again; another worker knows nothing of what the lesson asked for."""
        fallen = self.fault is not None
        super().action_restart()
        if fallen:
            self.playing.lost()
            self._refresh_lesson()

    async def action_page(self, name: str) -> None:
        """Open another screen; a race would need other networks."""
        if name in NO_LESSON:
            self.controls.say(mark("There is no race in a lesson."))
            self._tell()
            return
        await super().action_page(name)
        self._refresh_lesson()
