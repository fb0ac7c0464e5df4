"""A lesson being played: where the run has to be led, what is measured there, what is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from rnn_tui.lessons.expressions import Expression
from rnn_tui.lessons.judging import LETTERS, Verdict, asked, judge, understood
from rnn_tui.lessons.lesson import Lesson, Step
from rnn_tui.lessons.start import Start
from rnn_tui.lessons.values import ExpressionError, Single, Table, Value
from rnn_tui.lessons.wording import Sentence
from rnn_tui.protocol.commands import Command, RunUntil, SetSpeed
from rnn_tui.protocol.lesson import LessonSeen, LessonView
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.tui.control.leading import SLOWEST, commands_to, is_on_the_way, pace_of
from rnn_tui.tui.control.lesson_page import Page, Phase

ELSEWHERE = (
    "The run is at update {update:,}, and this is about update {there:,}. "
    "{{lesson.again}} begins the step anew."
)
RIGHT, WRONG, WRONG_CHOICE = "▸ Right.", "× It is {solution}.", "× It is {letter}: {choice}"
WRONG_KEY = "× That was: {key}."
NEXT_STEP = "{lesson.on} next · {lesson.again} see it again"
LAST_STEP = "{lesson.on} the end · {lesson.again} see it again"
NEXT_LESSON, FREE_PLAY = "{lesson.on} next lesson", "{lesson.leave} free play"
TITLES = ("Lesson, {step} of {steps} · {title}", "{step} of {steps} · {title}")
DONE = "This lesson is done: {right} of {steps} answers were right at once."
FOLLOWING = "The next one: {title}."
Send = Callable[[Command], int]
Kept = Sequence[Mapping[str, Single]]


class Playing:
    """Turns answers into commands and snapshots into pages; knows no widget."""

    def __init__(
        self,
        lesson: Lesson,
        send: Send,
        *,
        step: int = 0,
        kept: Kept = (),
        following: str = "",
    ) -> None:
        """Get ready.

        Args:
            lesson: What is played.
            send: Takes commands; the run is the one that the step begins with.
            step: From which step on.
            kept: For each step what the steps before it measured, by name.
            following: The title of the lesson after this one; empty: there is none.
        """
        self.lesson, self._send, self.following = lesson, send, following
        self.at = step
        self._begun: Start | None = self.step.start
        """What the run began with; None: nobody knows."""
        self.right = 0
        """Questions that were answered right at once."""
        self.passed: Callable[[int], None] = lambda done: None
        """Told how many steps are done."""
        self._known = kept
        self._kept = dict(kept[step]) if kept else {}
        self._awaited: int | None = None
        self._sent: set[int] = set()
        self._there = False
        self._answer = ""
        self._tried = False
        self._snapshot: Snapshot | None = None
        self.page = self._page("leading")

    @property
    def step(self) -> Step:
        """The present one."""
        return self.lesson.steps[self.at]

    @property
    def phase(self) -> Phase:
        """How far the step has come."""
        return self.page.phase

    @property
    def view(self) -> LessonView | None:
        """What has to be measured now; None: nothing."""
        if self.phase not in ("leading", "working"):
            return None
        return LessonView(
            tuple(expression.source for expression in self._wanted), tuple(self._kept.items())
        )

    # What the learner does

    def begin(self, *, anew: bool = False) -> None:
        """Lead the run to the moment of the question."""
        if self._snapshot is None:
            return  # the first snapshot begins
        self.page, self._answer, self._there = self._page("leading"), "", False
        begun = None if anew else self._begun
        self._begun = self.step.start
        self._lead(commands_to(self.step, begun, self._snapshot))

    def put_aside(self) -> None:
        """Leave the run where it is, at a pace that one can watch."""
        self._sent.add(self._send(SetSpeed(SLOWEST)))

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
        if self.at + 1 == len(self.lesson.steps):
            self.page = self._end()
            return True
        self.at, self._tried = self.at + 1, False
        self.begin()
        return True

    def lead_to(self, step: int) -> None:
        """Begin a step that somebody else has chosen."""
        if 0 <= step < len(self.lesson.steps):
            self.at, self._tried = step, False
            self._kept |= self._known[step] if self._known else {}
            self.begin(anew=True)

    @property
    def standing(self) -> dict[str, object]:
        """The step, and what was answered: a choice's letter, and whether it was right."""
        if self.phase != "answered":
            return {"step": self.at}
        letter = self._answer if self.step.choices else ""
        return {"step": self.at, "answer": letter, "right": self.page.right}

    def again(self) -> None:
        """Begin the step anew; after the last one, the lesson."""
        if self.phase == "done":
            self.at = self.right = 0
            self._tried = False
        self.begin(anew=True)

    def give(self, text: str) -> bool:
        """Take an answer that was typed; False: it is none."""
        if self.phase != "asking":
            return False
        answer = text.strip()
        if self.step.choices:
            answer = answer.lower()
        if why := understood(self.step, answer):
            self.page = replace(self.page, note=why)
            return False
        self._work_out(answer)
        return True

    def press(self, key: str, title: str) -> None:
        """Take a key that was pressed, which may be the answer."""
        if self.phase != "asking" or not self.step.key:
            return
        if key == self.step.key:
            self._work_out(key)
        else:
            self._tried = True
            self.page = replace(self.page, note=WRONG_KEY.format(key=title.lower()))

    def show_key(self) -> None:
        """Give up looking for a key."""
        if self.phase == "asking" and self.step.key:
            self._work_out("")

    def lost(self) -> None:
        """Take in that there is another worker."""
        self._sent.clear()
        self._begun = None
        self._astray("Another worker has begun. {lesson.again} begins the step anew.")

    # What the worker does

    def take_reply(self, reply: Done | Refused) -> bool:
        """Take the answer to a command of the lesson; False: it is none."""
        if reply.ticket not in self._sent:
            return False
        self._sent.discard(reply.ticket)
        last = reply.ticket == self._awaited
        self._there = self._there or last
        said = reply.reason if isinstance(reply, Refused) else reply.text if last else ""
        if said:
            self._astray(f"{said} {{lesson.again}} begins the step anew.")
        return True

    def take_snapshot(self, snapshot: Snapshot, *, aside: bool = False) -> None:
        """See where the run is, and what was measured there; `aside`: the lesson is put aside."""
        first, self._snapshot = self._snapshot is None, snapshot
        if aside:
            return
        if first:
            self.begin()
            return
        view = self.view
        if view is None or not self._there:
            return
        if snapshot.state == "running":
            self._astray("The run goes on. {lesson.again} begins the step anew.")
            return
        seen = (part for part in snapshot.inside if isinstance(part, LessonSeen))
        if (part := next(seen, None)) and part.view == view:
            self._measured(part)

    # How it goes on

    @property
    def _wanted(self) -> list[Expression]:
        if self.phase == "leading":
            return [*self._before, *self.step.keep.values()]
        return [*asked(self.step), *self._after, *self.step.keep_then.values()]

    @property
    def _before(self) -> list[Expression]:
        return [one for sentence in self._first_sentences for one in sentence.expressions]

    @property
    def _after(self) -> list[Expression]:
        return [one for sentence in self._last_sentences for one in sentence.expressions]

    @property
    def _first_sentences(self) -> list[Sentence]:
        return [self.step.say, self.step.ask, *(choice.text for choice in self.step.choices)]

    @property
    def _last_sentences(self) -> list[Sentence]:
        return [self.step.why] if self.step.wrong is None else [self.step.why, self.step.wrong]

    def _lead(self, commands: Sequence[Command]) -> None:
        for command in commands:
            self._awaited = self._send(command)
            self._sent.add(self._awaited)

    def _work_out(self, answer: str) -> None:
        step, self._answer = self.step, answer
        self.page = replace(self.page, phase="working", note="")
        if step.then is None or step.then == step.update:
            self._there = True
            return
        self._there = False
        self._lead([SetSpeed(pace_of(step)), RunUntil(step.then)])

    def _measured(self, seen: LessonSeen) -> None:
        step = self.step
        there = step.update if self.phase == "leading" else step.judged_at
        free = self.phase == "working" and step.key  # the key itself may have moved the run
        if seen.update != there and not free:
            self._astray(ELSEWHERE.format(update=seen.update, there=there))
        elif seen.error:
            self._astray("This network has no answer to that. {lesson.again} begins anew.")
        elif self.phase == "leading":
            self._ask(list(seen.values))
        else:
            self._judge(list(seen.values))

    def _ask(self, values: list[Value]) -> None:
        say, ask, *choices = _filled(self._first_sentences, values)
        self._keep([*self.step.keep], values[len(self._before) :])
        takes = "" if self.step.key else "a number"
        if choices:
            takes = f"a–{LETTERS[len(choices) - 1]}"
        self.page = replace(
            self.page, phase="asking", say=say, ask=ask, choices=tuple(choices), takes=takes
        )

    def _judge(self, values: list[Value]) -> None:
        step, count = self.step, len(asked(self.step))
        try:
            verdict = judge(step, self._answer, values[:count])
        except ExpressionError:
            self._astray("This network has no one answer to that. {lesson.again} begins anew.")
            return
        why, *wrong = _filled(self._last_sentences, values[count:])
        self._keep([*step.keep_then], values[count + len(self._after) :])
        last = self.at + 1 == len(self.lesson.steps)
        self.right += verdict.right and not self._tried
        self._tried = True
        self.page = replace(
            self.page,
            phase="answered",
            takes="",
            verdict=self._told(verdict),
            right=verdict.right,
            wrong="" if verdict.right else "".join(wrong),
            why=why,
            hint=LAST_STEP if last else NEXT_STEP,
        )
        self.passed(self.at + 1)

    def _told(self, verdict: Verdict) -> str:
        if verdict.right:
            return RIGHT
        solution = verdict.solution
        if not self.step.choices:
            return WRONG.format(solution=solution)
        choice = self.page.choices[LETTERS.index(solution)]
        return WRONG_CHOICE.format(letter=solution, choice=choice)

    def _keep(self, names: Sequence[str], values: Sequence[Value]) -> None:
        for name, value in zip(names, values, strict=True):
            if not isinstance(value, Table):
                self._kept[name] = value

    def _astray(self, why: str) -> None:
        self.page = replace(self.page, phase="astray", note=why, takes="")

    def _page(self, phase: Phase) -> Page:
        number, all, title = self.at + 1, len(self.lesson.steps), self.lesson.title
        titles = (text.format(step=number, steps=all, title=title) for text in TITLES)
        return Page(tuple(titles), phase)

    def _end(self) -> Page:
        said = DONE.format(right=self.right, steps=len(self.lesson.steps))
        if self.following:
            more = FOLLOWING.format(title=self.following)
            return Page((self.lesson.title,), "done", say=said, ask=more, hint=NEXT_LESSON)
        return Page((self.lesson.title,), "done", say=said, hint=FREE_PLAY)


def _filled(sentences: Sequence[Sentence], values: Sequence[Value]) -> list[str]:
    rest = iter(values)
    return [sentence.filled([next(rest) for _ in sentence.expressions]) for sentence in sentences]
