"""A lesson as it is once it has been read: what is asked of which network, at which moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rnn_tui.language import used
from rnn_tui.lessons.expressions import Expression
from rnn_tui.lessons.start import Start
from rnn_tui.lessons.wording import Sentence

AS_WRITTEN = ""
"""Stands for the language that a lesson is written in."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers."""

    text: Sentence
    right: Expression
    """Whether it is the right one."""


@dataclass(frozen=True, slots=True)
class Step:
    """Some sentences, a question, and what is said once it is answered.

    Exactly one of `choices`, `number` and `key` is the answer.
    """

    start: Start
    """The network that it begins with."""
    say: Sentence
    ask: Sentence
    why: Sentence
    """Said after any answer."""
    wrong: Sentence | None = None
    """Said first after a wrong one."""
    choices: tuple[Choice, ...] = ()
    number: Expression | None = None
    tolerance: float = 0.0
    key: str = ""
    """The name of the key to press."""
    update: int = 0
    """At which the question is asked."""
    then: int | None = None
    """To which it is trained once there is an answer; the answer is worked out there."""
    see: str = ""
    """The screen to show; empty: the one that is shown."""
    at: int | None = None
    """The time step to mark there, from 1; None: where each picture begins."""
    unit: int = 1
    """The hidden number to mark, from 1."""
    cover: bool = False
    """Whether targets, predictions and guide lines are covered until there is an answer."""
    gates: bool = False
    """Whether the cell is opened once there is an answer."""
    formulas: bool = False
    """Whether the formulas of the marked time step are shown once there is an answer."""
    micro_step: int | None = None
    """How many micro-steps of the next update are done when it is asked; None: as it was."""
    micro_step_then: int | None = None
    """The same once there is an answer."""
    weight: tuple[int, int, int] = (0, 0, 0)
    """The weight to mark: number of the matrix, row and column, from 0."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """In its file, of each entry; of "" the step's own."""
    keep: Mapping[str, Expression] = field(default_factory=dict)
    """What is measured when the question is asked, for later, by name."""
    keep_then: Mapping[str, Expression] = field(default_factory=dict)
    """The same of the moment at which the answer is worked out."""

    @property
    def judged_at(self) -> int:
        """The update at which the answer is worked out."""
        return self.update if self.then is None else self.then


@dataclass(frozen=True, slots=True)
class Lesson:
    """Steps, each with the network that it is about."""

    name: str
    """As on the command line."""
    titles: Mapping[str, str]
    """By language, `AS_WRITTEN` among them."""
    steps: tuple[Step, ...]

    @property
    def title(self) -> str:
        """The one in the language that is spoken; not safe to paint."""
        return self.titles.get(used(), self.titles[AS_WRITTEN])
