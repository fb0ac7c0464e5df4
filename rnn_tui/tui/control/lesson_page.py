"""What stands in the panel of a lesson, in the language that is spoken."""

from dataclasses import dataclass, replace

from rnn_tui.language import mark, tr
from rnn_tui.lessons.judging import LETTERS
from rnn_tui.lessons.lesson import Lesson, Step
from rnn_tui.tui.control.lesson_moment import (
    Moment,
    Phase,
    filled,
    first_sentences,
    last_sentences,
)

RIGHT, WRONG = mark("▸ Right."), mark("× It is {solution}.")
WRONG_CHOICE = mark("× It is {letter}: {choice}")
NUMBER = mark("a number")
NEXT_STEP = mark("{lesson.on} next · {lesson.again} see it again")
LAST_STEP = mark("{lesson.on} the end · {lesson.again} see it again")
NEXT_LESSON, FREE_PLAY = mark("{lesson.on} next lesson"), mark("{lesson.leave} free play")
TITLES = mark("Lesson, {step} of {steps} · {title}"), mark("{step} of {steps} · {title}")
DONE = mark("This lesson is done: {right} of {steps} answers were right at once.")
FOLLOWING = mark("The next one: {title}.")
ASKED = "asking", "working", "answered"


@dataclass(frozen=True, slots=True)
class Page:
    """One moment of a lesson; names of keys stand in braces. Sentences are safe to paint."""

    titles: tuple[str, ...] = ("",)
    """The same at length and in short."""
    phase: Phase = "leading"
    at: int = 0
    """The step, from 0."""
    say: str = ""
    ask: str = ""
    choices: tuple[str, ...] = ()
    takes: str = ""
    """What can be typed: "a–d", "a number"; empty: nothing."""
    number: bool = False
    """Whether what can be typed is a number."""
    note: str = ""
    """What is to be said of what was typed or pressed last."""
    verdict: str = ""
    right: bool = False
    wrong: str = ""
    why: str = ""
    hint: str = ""
    """Which key goes on."""


def page_of(lesson: Lesson, moment: Moment, following: Lesson | None) -> Page:
    """Return the page for a moment.

    Args:
        lesson: What is played.
        moment: How far it has come.
        following: The lesson after it; None: there is none.
    """
    count, step = len(lesson.steps), lesson.steps[moment.at]
    if moment.phase == "done":
        return _end(lesson, moment, following)
    titles = (tr(t, step=moment.at + 1, steps=count, title=lesson.title) for t in TITLES)
    page = Page(tuple(titles), moment.phase, moment.at, note=" ".join(map(tr, moment.notes)))
    if moment.phase in ASKED:
        say, ask, *choices = filled(first_sentences(step), moment.first)
        page = replace(page, say=say, ask=ask, choices=tuple(choices))
    if moment.phase == "asking":
        return replace(page, takes=_takes(step), number=step.number is not None)
    if moment.phase == "answered":
        last = moment.at + 1 == count
        return _answered(page, step, moment, tr(LAST_STEP if last else NEXT_STEP))
    return page


def _answered(page: Page, step: Step, moment: Moment, hint: str) -> Page:
    assert moment.verdict
    why, *wrong = filled(last_sentences(step), moment.last)
    right, solution = moment.verdict.right, moment.verdict.solution
    if right:
        told = tr(RIGHT)
    elif step.choices:
        choice = page.choices[LETTERS.index(solution)]
        told = tr(WRONG_CHOICE, letter=solution, choice=choice)
    else:
        told = tr(WRONG, solution=solution)
    said = "" if right else "".join(wrong)
    return replace(page, verdict=told, right=right, wrong=said, why=why, hint=hint)


def _takes(step: Step) -> str:
    if step.choices:
        return f"a–{LETTERS[len(step.choices) - 1]}"
    return "" if step.key else tr(NUMBER)


def _end(lesson: Lesson, moment: Moment, following: Lesson | None) -> Page:
    said = tr(DONE, right=moment.right, steps=len(lesson.steps))
    page = Page((lesson.title,), "done", moment.at, say=said, hint=tr(FREE_PLAY))
    if following is None:
        return page
    return replace(page, ask=tr(FOLLOWING, title=following.title), hint=tr(NEXT_LESSON))
