"""A lesson as it is once it has been read: what is trained, and what is asked at which moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rnn_tui.lessons.expressions import Expression
from rnn_tui.lessons.wording import Sentence
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.config import Config


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
    """At which the question is asked, counted from a network of the lesson's seed."""
    then: int | None = None
    """To which it is trained once there is an answer; the answer is worked out there."""
    learning_rate: float | None = None
    """For this step; None: the lesson's."""
    see: str = ""
    """The screen to show; empty: the one that is shown."""
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
    """A run and the steps through it."""

    name: str
    """As on the command line."""
    title: str
    corpus: Corpus
    config: Config
    steps: tuple[Step, ...]

    def rate(self, step: Step) -> float:
        """Return the learning rate of a step."""
        return self.config.learning_rate if step.learning_rate is None else step.learning_rate
