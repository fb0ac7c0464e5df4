"""A lesson that is played: what the worker and the learner do goes to it first."""

from collections.abc import Mapping

from textual import events
from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.widgets import Input

from rnn_tui.keys.in_force import NO_LESSON, PAGES
from rnn_tui.language import mark
from rnn_tui.tui.lesson_beside import OF_A_NUMBER, LessonBeside
from rnn_tui.tui.messages import Led, ReplyArrived, SnapshotArrived
from rnn_tui.tui.widgets.lesson_panel import AnswerGiven, LessonPanel

DOING = ("Training", "Divergence", "Knobs", "Backprop", "Weights")
"""The groups of keys that do more than look: any other is a wrong answer to no question."""


class LessonApp(LessonBeside):
    """Plays a lesson; left, the run goes on where it is."""

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

    def on_reply_arrived(self, event: ReplyArrived) -> None:
        """Keep from the status line what the lesson itself asked for."""
        event.prevent_default()
        if self.playing.take_reply(event.reply):
            self._refresh_lesson()
        else:
            super().on_reply_arrived(event)

    # What the learner does

    async def on_event(self, event: events.Event) -> None:
        """Begin the answer with a digit where a number is asked for; elsewhere it is a key."""
        typed = event.character if isinstance(event, events.Key) else None
        begins = self.playing.page.number and typed in [*OF_A_NUMBER]
        if begins and self.check_action("lesson_on", ()) and (front := self.front):
            self.action_lesson_on()
            front.query_one(LessonPanel).line.insert_text_at_cursor(str(typed))
        else:
            await super().on_event(event)

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
        taken = self.playing.asking.give(event.text)
        self._refresh_lesson()
        if not taken and (front := self.front):
            front.query_one(LessonPanel).line.select_all()  # the next try takes its place

    def action_lesson_on(self) -> None:
        """Lead to the line, to the next question, or to the next lesson."""
        playing, front = self.playing, self.front
        if not self.lesson_open or front is None:
            return
        front.maximized = front.query_one(LessonPanel) if front.small else None
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

    def action_zoom(self) -> None:
        """Read on where the text stands alone and has more, or show the next panel."""
        front = self.front
        panel = front.query_one(LessonPanel) if front else None
        alone = panel and front and front.small and front.maximized is panel
        if not (alone and panel and panel.text.turn_over()):
            super().action_zoom()

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
            if (front := self.front) and front.small:
                front.maximized = front.query_one(LessonPanel)
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
        before = self.front
        typed = before.query_one(LessonPanel).line.value if before else ""
        await super().action_page(name)
        self._refresh_lesson()
        if front := self.front:
            front.query_one(LessonPanel).line.value = typed

    async def action_next_screen(self) -> None:
        """Open the screen after this one; the answer can be typed there as well."""
        pages = [page for page in PAGES if page not in NO_LESSON]
        await self.action_page(pages[(pages.index(self.current_mode) + 1) % len(pages)])
        self.action_lesson_on()
