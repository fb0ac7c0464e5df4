"""A lesson being played, step by step."""

from collections.abc import Callable, Mapping, Sequence

from rnn_tui.language import mark
from rnn_tui.lessons.lesson import Lesson, Step
from rnn_tui.lessons.start import Start
from rnn_tui.lessons.values import Single
from rnn_tui.protocol.commands import Command, SetSpeed
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.tui.control.asking import Asking
from rnn_tui.tui.control.leading import SLOWEST, Way, commands_to, is_on_the_way, place_in_update
from rnn_tui.tui.control.lesson_moment import Moment, Phase
from rnn_tui.tui.control.lesson_page import Page, page_of

ANOTHER_WORKER = mark("Another worker has begun.")
Kept = Sequence[Mapping[str, Single]]


class Playing:
    """Goes from step to step and leads the run to each; knows no widget."""

    def __init__(
        self,
        lesson: Lesson,
        send: Callable[[Command], int],
        *,
        step: int = 0,
        kept: Kept = (),
        following: Lesson | None = None,
    ) -> None:
        """Get ready.

        Args:
            lesson: What is played.
            send: Takes commands; the run is the one that the step begins with.
            step: From which step on.
            kept: For each step what the steps before it measured, by name.
            following: The lesson after this one; None: there is none.
        """
        self.lesson, self.following = lesson, following
        self.right = 0
        """Questions that were answered right at once."""
        self.passed: Callable[[int], None] = lambda done: None
        """Told how many steps are done."""
        self._way = Way(send)
        self._known = kept
        self._kept = dict(kept[step]) if kept else {}
        self._snapshot: Snapshot | None = None
        self._turn_to(step)
        self._begun: Start | None = self.step.start
        """What the run began with; None: nobody knows."""

    @property
    def step(self) -> Step:
        """The present one."""
        return self.asking.step

    @property
    def moment(self) -> Moment:
        """How far it has come."""
        return self.asking.moment

    @property
    def phase(self) -> Phase:
        """How far the step has come."""
        return self.moment.phase

    @property
    def page(self) -> Page:
        """What is to be read now, in the language that is spoken."""
        return page_of(self.lesson, self.moment, self.following)

    def begin(self, *, anew: bool = False) -> None:
        """Lead the run to the moment of the question."""
        if self._snapshot is None:
            return  # the first snapshot begins
        self._turn_to(self.moment.at, tried=self.asking.tried)
        begun = None if anew else self._begun
        self._begun = self.step.start
        commands = commands_to(self.step, begun, self._snapshot)
        self._way.lead(commands, place_in_update(self.step.micro_step))

    def put_aside(self) -> None:
        """Leave the run where it is, at a pace that one can watch."""
        self._way.send(SetSpeed(SLOWEST))

    def come_back(self) -> None:
        """Go on with a lesson that was put aside; lead the run back, if it went on meanwhile."""
        there, step = self._snapshot, self.step
        same = there and there.update == step.update and is_on_the_way(step, self._begun, there)
        if self.phase == "asking" and same:
            return
        if self.phase in ("leading", "asking", "working"):
            self.begin()

    def go_on(self) -> bool:
        """Go on to the next step; False: there is none, or it is not its time."""
        if self.phase != "answered":
            return False
        at = self.moment.at + 1
        if at == len(self.lesson.steps):
            self.asking.moment = Moment(at - 1, "done", right=self.right)
            return True
        self._turn_to(at)
        self.begin()
        return True

    def lead_to(self, step: int) -> None:
        """Begin a step that somebody else has chosen."""
        if 0 <= step < len(self.lesson.steps):
            self._kept |= self._known[step] if self._known else {}
            self._turn_to(step)
            self.begin(anew=True)

    def again(self) -> None:
        """Begin the step anew; after the last one, the lesson."""
        if self.phase == "done":
            self.right = 0
            self._turn_to(0)
        self.begin(anew=True)

    def lost(self) -> None:
        """Take in that there is another worker."""
        self._way.forget()
        self._begun = None
        self.asking.astray(ANOTHER_WORKER)

    def take_reply(self, reply: Done | Refused) -> bool:
        """Take the answer to a command of the lesson; False: it is none."""
        wrong = self._way.answered(reply)
        if wrong:
            self.asking.astray(wrong)
        return wrong is not None

    def take_snapshot(self, snapshot: Snapshot, *, aside: bool = False) -> None:
        """See where the run is, and what was measured there; `aside`: the lesson is put aside."""
        first, self._snapshot = self._snapshot is None, snapshot
        if aside:
            return
        if first:
            self.begin()
        elif self.asking.see(snapshot):
            verdict = self.moment.verdict
            self.right += bool(verdict and verdict.right and not self.asking.tried)
            self.asking.tried = True
            self.passed(self.moment.at + 1)

    def _turn_to(self, at: int, *, tried: bool = False) -> None:
        self.asking = Asking(self.lesson.steps[at], at, self._way, self._kept, tried=tried)
