"""What the screen can ask of the worker: keys, on their way to the trainer.

Every command is answered by a `Reply` with the same `ticket`; a `Look` by a `Snapshot`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from rnn_tui.protocol.inside import InsideView
from rnn_tui.protocol.race import Pace
from rnn_tui.protocol.reading import BEGINNING, Reading

if TYPE_CHECKING:
    from rnn_tui.lessons.start import Start
    from rnn_tui.models.turning.turns import Turn
    from rnn_tui.protocol.scene import Scene


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do.

    One without fields is a class with no more: this one's methods do, and each dataclass takes a
    thousandth of the time to the first frame.
    """

    goes_on: ClassVar[bool | None] = None
    """Whether training runs once it is done; None: as before."""


class WaitsForQuiet(Command):
    """Something that waits until a sample or a validation is done: those are of one network."""

    __slots__ = ()


class WaitsForArrival(Command):
    """Something for the moment that a journey through training time leads to."""

    __slots__ = ()


class Pause(Command):
    """Stand still after the update that is under way."""

    __slots__ = ()
    goes_on = False


class Resume(WaitsForArrival):
    """Go on training."""

    __slots__ = ()
    goes_on = True


class Step(WaitsForQuiet, WaitsForArrival):
    """Do one update, then stand still."""

    __slots__ = ()
    goes_on = False


class RunToEpochEnd(WaitsForArrival):
    """Train to the end of the epoch, then stand still."""

    __slots__ = ()
    goes_on = True


@dataclass(frozen=True, slots=True)
class SetLearningRate(WaitsForArrival):
    """Use this learning rate from the next update on; it leaves a mark on the curve."""

    value: float


@dataclass(frozen=True, slots=True)
class SetTemperature(Command):
    """Sample at this temperature from now on; 0 always takes the likeliest symbol."""

    value: float


@dataclass(frozen=True, slots=True)
class SetSpeed(Command):
    """At most so many updates a second; 0: as fast as it goes."""

    value: float


@dataclass(frozen=True, slots=True)
class Restart(Command):
    """Begin again from the first update, with this seed, or with the present one when None."""

    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Begin(Command):
    """Stand still at the first moment of another network, perhaps on another text."""

    goes_on = False
    start: "Start"


@dataclass(frozen=True, slots=True)
class RunUntil(WaitsForArrival):
    """Train until so many updates are made, then stand still.

    Answered when the run stands still: with no text if it is there, else with why it is not.
    """

    goes_on = True

    update: int


@dataclass(frozen=True, slots=True)
class Choose(Command):
    """Let the other screens show another network of the race, so many places on; negative: back."""

    places: int


@dataclass(frozen=True, slots=True)
class SetPace(Command):
    """Let the networks of the race wait for one another, or not."""

    pace: Pace


class Drop(Command):
    """Take the chosen network out of the race, and let it go."""

    __slots__ = ()


class BeginRace(Command):
    """Let the other networks race the one that runs, from the first update on."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Travel(WaitsForQuiet):
    """Stand still and go back or forward in training time."""

    goes_on = False

    strides: int
    """Fiftieths of the run; negative: back."""


class ToBest(WaitsForQuiet):
    """Stand still where validation was lowest on this branch."""

    __slots__ = ()
    goes_on = False


class OtherBranch(WaitsForQuiet):
    """Stand still at the end of the next branch."""

    __slots__ = ()
    goes_on = False


@dataclass(frozen=True, slots=True)
class Mend(WaitsForQuiet):
    """Go on after an update was not made because training diverged."""

    goes_on = True

    how: Literal["back", "clip", "anyway"]
    """Some updates back with half the learning rate; with the gradient clipped; regardless."""


@dataclass(frozen=True, slots=True)
class Save(WaitsForQuiet, WaitsForArrival):
    """Write a checkpoint."""

    path: Path | None = None
    """None: a new file in the working folder, named after the text and the update; the answer's
    command says which."""


@dataclass(frozen=True, slots=True)
class SaveBundle(WaitsForQuiet, WaitsForArrival):
    """Write the moment with its past, its text and what is looked at."""

    scene: "Scene"
    path: Path | None = None
    """As of `Save`."""


@dataclass(frozen=True, slots=True)
class KeepIn(Command):
    """Keep the run in another file, too, whenever it is kept by itself: it is part of a race now.

    It is kept there at once.
    """

    path: Path
    worth: float
    """Seconds of training before it is worth keeping from now on."""


@dataclass(frozen=True, slots=True)
class Tag(Command):
    """Note in the record of the run what it can be found by, such as the race it is part of now."""

    tag: str


@dataclass(frozen=True, slots=True)
class View:
    """What the screen is looking at, so that nothing else is computed."""

    prefix: str | None = None
    """The text in the prefix box; None: nobody looks at it."""
    steps: int = 8
    """Time steps of the window to show, at most; 0: nobody looks at it."""
    rows: int = 12
    """Symbols per time step to show, at most; the likeliest where the vocabulary is larger."""
    bins: int = 200
    """Points of the loss curve, at most."""
    continuation: int = 40
    """Characters of continuation after the prefix, at most."""
    samples: int = 20
    """Newest samples to show, at most."""
    memorized: bool = False
    """Whether to say what of them stands word for word in the training text."""
    inside: tuple[InsideView, ...] = ()
    """What of the network's inside."""
    race: bool = False
    """Whether the networks that race are looked at, all of them."""
    reach: bool = False
    """Whether to say how far back an error reaches."""
    reading: Reading = BEGINNING
    """From where on the corpus is read in the window; never a typed text."""


@dataclass(frozen=True, slots=True)
class GoThrough(WaitsForQuiet, WaitsForArrival):
    """Walk through the next update, one micro-step or one time step on or back, or to an end.

    Or back to where a parameter's gradient grew last, or to a place before the update is made.
    """

    to: Literal["on", "back", "step on", "step back", "first", "last", "grown", "place"]
    name: str = ""
    """Of that parameter."""
    done: int = 0
    """How many micro-steps are done at that place."""


@dataclass(frozen=True, slots=True)
class TurnWeights(WaitsForQuiet, WaitsForArrival):
    """Turn weights by hand; it leaves a mark on the curve and is a branch."""

    turn: "Turn"


@dataclass(frozen=True, slots=True)
class CheckWeight(WaitsForArrival):
    """Compare the gradient of one weight with a numerical one."""

    name: str
    """Of the parameter."""
    index: tuple[int, ...]


class CheckNetwork(WaitsForArrival):
    """Compare the gradients of the whole network, or of a part of a large one."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Look(Command):
    """Answer with a `Snapshot` of what `view` names."""

    view: View


class Close(Command):
    """Stop training and leave."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A command and the number its reply will carry."""

    ticket: int
    command: Command
