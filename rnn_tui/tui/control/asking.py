"""One step of a lesson: on the way to its question, asking, working the answer out, answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rnn_tui.language import mark, phrase
from rnn_tui.lessons.judging import judge, understood
from rnn_tui.lessons.lesson import Step
from rnn_tui.lessons.values import ExpressionError, Single, Value
from rnn_tui.protocol.commands import RunUntil, SetSpeed
from rnn_tui.protocol.lesson import LessonSeen, LessonView
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.tui.control.leading import Way, pace_of, place_in_update
from rnn_tui.tui.control.lesson_moment import Moment, wanted

ANEW = mark("{lesson.again} begins the step anew.")
ELSEWHERE = mark("The run is at update {update}, and this is about update {there}.")
GOES_ON = mark("The run goes on.")
NO_ANSWER = mark("This network has no answer to that.")
NOT_ONE = mark("This network has no one answer to that.")
WRONG_KEY = mark("× That was: {key}.")


class Asking:
    """Turns answers into commands and snapshots into moments; knows no widget."""

    def __init__(
        self, step: Step, at: int, way: Way, kept: dict[str, Single], *, tried: bool = False
    ) -> None:
        """Begin on the way to the question.

        Args:
            step: What is asked.
            at: Which step of the lesson it is, from 0.
            way: The run's way there.
            kept: What earlier steps measured, by name; what this one does is added.
            tried: Whether it was answered before.
        """
        self.step, self.moment, self.tried = step, Moment(at), tried
        self.answer = ""
        self._way, self._kept = way, kept

    @property
    def view(self) -> LessonView | None:
        """What has to be measured now; None: nothing."""
        if self.moment.phase not in ("leading", "working"):
            return None
        sources = wanted(self.step, self.moment.phase).sources
        return LessonView(sources, tuple(self._kept.items()))

    @property
    def standing(self) -> dict[str, object]:
        """The step, and what was answered: a choice's letter, and whether it was right."""
        verdict = self.moment.verdict
        if verdict is None:
            return {"step": self.moment.at}
        letter = self.answer if self.step.choices else ""
        return {"step": self.moment.at, "answer": letter, "right": verdict.right}

    def give(self, text: str) -> bool:
        """Take an answer that was typed; False: it is none."""
        if self.moment.phase != "asking":
            return False
        answer = text.strip()
        if self.step.choices:
            answer = answer.lower()
        if why := understood(self.step, answer):
            self.moment = replace(self.moment, notes=(why,))
            return False
        self._work_out(answer)
        return True

    def press(self, key: str, title: str) -> None:
        """Take a key that was pressed, which may be the answer."""
        if self.moment.phase != "asking" or not self.step.key:
            return
        if key == self.step.key:
            self._work_out(key)
        else:
            self.tried = True
            self.moment = replace(self.moment, notes=(phrase(WRONG_KEY, key=phrase(title)),))

    def show_key(self) -> None:
        """Give up looking for a key."""
        if self.moment.phase == "asking" and self.step.key:
            self._work_out("")

    def astray(self, why: str) -> None:
        """Say why it cannot go on from here."""
        self.moment = replace(self.moment, phase="astray", notes=(why, ANEW))

    def see(self, snapshot: Snapshot) -> bool:
        """Take what was measured; True: the answer is judged now, `tried` as it was before."""
        view = self.view
        if view is None or not self._way.there:
            return False
        if snapshot.state == "running":
            self.astray(GOES_ON)
            return False
        seen = (part for part in snapshot.inside if isinstance(part, LessonSeen))
        if (part := next(seen, None)) and part.view == view:
            self._measured(part)
        return self.moment.phase == "answered"

    def _work_out(self, answer: str) -> None:
        step, self.answer = self.step, answer
        self.moment = replace(self.moment, phase="working", notes=())
        place = place_in_update(step.micro_step_then)
        if step.judged_at != step.update:
            self._way.lead([SetSpeed(pace_of(step)), RunUntil(step.judged_at)], place)
        elif place:
            self._way.lead(place)
        else:
            self._way.there = True

    def _measured(self, seen: LessonSeen) -> None:
        step, leading = self.step, self.moment.phase == "leading"
        there = step.update if leading else step.judged_at
        free = not leading and step.key  # the key itself may have moved the run
        if seen.update != there and not free:
            self.astray(phrase(ELSEWHERE, update=f"{seen.update:,}", there=f"{there:,}"))
        elif seen.error:
            self.astray(NO_ANSWER)
        else:
            judged, told, kept = wanted(step, self.moment.phase).divided(seen.values)
            if leading:
                self._kept.update(kept)
                self.moment = replace(self.moment, phase="asking", first=told)
            else:
                self._judge(judged, told, kept)

    def _judge(
        self, judged: Sequence[Value], told: tuple[Value, ...], kept: Mapping[str, Single]
    ) -> None:
        try:
            verdict = judge(self.step, self.answer, judged)
        except ExpressionError:
            self.astray(NOT_ONE)
            return
        self._kept.update(kept)
        self.moment = replace(self.moment, phase="answered", last=told, verdict=verdict)
