"""Send the worker random commands in any order, and hold what it answers to a model.

    python -m shake.commands [--cases 2000] [--seed 0]

Prints one row of the table in docs/reliability.md; leaves with 1 where something went wrong.
"""

import math
import random
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np

from rnn_tui.models.turning.turns import ScaleRecurrent, SetForgetBias, SetWeight, Turn, ZeroUnit
from rnn_tui.protocol.commands import (
    CheckNetwork,
    CheckWeight,
    Close,
    Command,
    GoThrough,
    Look,
    Mend,
    OtherBranch,
    Pause,
    Restart,
    Resume,
    RunToEpochEnd,
    Save,
    SetLearningRate,
    SetSpeed,
    SetTemperature,
    Step,
    ToBest,
    Travel,
    TurnWeights,
    View,
)
from rnn_tui.protocol.gradient_flow import GradientsView
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.replies import Done, Refused, Started
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.protocol.turned import TurnedView
from rnn_tui.protocol.unrolled import UnrolledView
from rnn_tui.protocol.update import BackpropView
from rnn_tui.protocol.weights import WeightsView
from shake.rows import parser, row
from tests.live.desk import HELLO, Script, at_desk, prose

Timed = tuple[float, Command]
NUMBERS = (0.0, -1.0, 0.01, 0.3, 1.0, 7.0, 60.0, 900.0, 1e-300, 1e300, math.inf, math.nan)
PREFIXES = (None, "", "h", "hel", "\x1b[2J", "한\ud800", "l" * 200)


def command(luck: random.Random, folder: Path) -> Command:
    """Any command, sensible or not."""
    number = luck.choice(NUMBERS)
    whole = luck.choice((-9, -1, 0, 1, 2, 10, 999))
    choices: list[Command] = [
        Pause(), Resume(), Step(), Step(), RunToEpochEnd(), SetLearningRate(number),
        SetTemperature(number), SetSpeed(number), Restart(luck.choice((None, whole))),
        Travel(whole), OtherBranch(), ToBest(), Mend(luck.choice(("back", "clip", "anyway"))),
        Save(folder / luck.choice(("a.safetensors", "no/a.safetensors", "."))),
        GoThrough(luck.choice(("on", "back", "step on", "step back", "first", "last"))),
        CheckWeight(*weight(luck)),
        TurnWeights(turn(luck, number, whole)), TurnWeights(turn(luck, 0.5, 0)),
        cast(Command, "no command at all\x1b"),
        *(look(luck) for _ in range(4)),
    ]  # fmt: skip
    if luck.random() < 0.02:
        choices = [CheckNetwork()]
    return luck.choice(choices)


def weight(luck: random.Random) -> tuple[str, tuple[int, ...]]:
    """Return a weight, there or not."""
    names = ("rnn.weight_hh_l0", "linear.bias", "rnn.weight_ih_l9", "")
    return luck.choice(names), tuple(luck.choices((0, 1, -7, 99), k=luck.randint(0, 3)))


def turn(luck: random.Random, number: float, whole: int) -> Turn:
    """Return a turn of weights, sensible or not."""
    return luck.choice((
        SetWeight(*weight(luck), number), SetWeight("rnn.weight_hh_l0", (0, 1), number),
        ZeroUnit(0, whole), ScaleRecurrent(0, number), SetForgetBias(whole, number),
    ))  # fmt: skip


def look(luck: random.Random) -> Look:
    """Return a look at anything."""
    size = luck.choice((-1, 0, 1, 5, 40))
    views = (
        UnrolledView(), BackpropView(), GradientsView(), WeightsView(size, size, size, size, size),
        TurnedView(Reading(luck.choice(PREFIXES)), size, size, size),
    )  # fmt: skip
    inside = tuple(luck.sample(views, luck.randint(0, 4)))
    return Look(View(luck.choice(PREFIXES), size, size, size, size, size, inside))


def commands(luck: random.Random, count: int, folder: Path) -> list[Timed]:
    """So many, now in bursts, now with time between them."""
    now, found = 0.0, []
    for _ in range(count):
        now += luck.choice((0.0, 0.0, 0.0, 0.001, 0.02, 0.4))
        found.append((now, command(luck, folder)))
    return found


def judge(sent: Sequence[Command], answers: Sequence[Any]) -> list[str]:
    """Hold the worker's answers to the model.

    Every command but a look is done or refused exactly once, in the order they came; every look is
    answered by a snapshot; and the snapshots show what the commands before them have done.
    """
    wrong = []
    asked = [(ticket, c) for ticket, c in enumerate(sent, 1) if not isinstance(c, Look)]
    replies = [m for m in answers if isinstance(m, Done | Refused)]
    if [(reply.ticket, repr(reply.command)) for reply in replies] != [
        (t, repr(c)) for t, c in asked
    ]:
        wrong.append(f"asked {asked}, answered {replies}")
    looks = sum(isinstance(c, Look) for c in sent)
    if (seen := sum(isinstance(m, Snapshot) for m in answers)) != looks:
        wrong.append(f"{looks} looks, {seen} snapshots")
    if not answers or not isinstance(answers[0], Started):
        wrong.append("it did not say that it started")
    return wrong + model(answers)


def model(answers: Sequence[Any]) -> list[str]:
    """Return what a snapshot must show after the commands that were done before it."""
    wrong: list[str] = []
    known: dict[str, object] = {}
    for message in answers:
        match message:
            case Done(command=SetSpeed(value)):
                known["speed"] = value
            case Done(command=SetTemperature(value)):
                known["temperature"] = value
            case Done(command=Restart(seed)):
                known["standing"] = False  # what had come apart begins to run again
                known["seed"] = known.get("seed") if seed is None else seed
            case Done(command=Pause()):
                known["standing"] = True
            case Done(command=Resume() | RunToEpochEnd() | Mend()):
                known["standing"] = False
            case Done(command=SetLearningRate(value) | SetSpeed(value)) if not value >= 0:
                wrong.append(f"{value} was taken")
            case Refused(reason=reason) if not reason or not reason.isprintable():
                wrong.append(f"refused with {reason!r}")
            case Snapshot():
                wrong += [
                    f"{name} is {getattr(message, name)}, not {known[name]}"
                    for name in ("speed", "temperature", "seed")
                    if known.get(name) is not None and getattr(message, name) != known[name]
                ]
                if known.get("standing") and message.state == "running":
                    wrong.append("it runs although it was told to stand")
    return wrong


def trial(luck: random.Random, count: int, folder: Path) -> list[str]:
    """Run a worker through random commands; return what was wrong."""
    text: dict[str, Any] = {}
    if luck.random() < 0.3:
        config, corpus = prose(sample_every=luck.choice((3, 500)))
        text = {"config": config, "corpus": corpus}
    arrivals = commands(luck, count, folder)
    text["paused"] = luck.random() < 0.5
    script: Script
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the worker's own go to its log
        script, _ = at_desk(arrivals, **{"config": HELLO, **text})
    # The last command is the desk's own.
    answers = [m for m in script.sent if not isinstance(getattr(m, "command", None), Close)]
    return judge([c for _, c in arrivals], answers)


def shake(cases: int, seed: int, each: int = 25) -> tuple[int, list[str]]:
    """Try so many runs; return how many commands there were and what was wrong."""
    wrong: list[str] = []
    sent = 0
    with tempfile.TemporaryDirectory() as folder:
        for case in range(cases):
            luck = random.Random(f"{seed} {case}")
            try:
                found = trial(luck, each, Path(folder))
            except Exception as error:  # whatever escapes is what is looked for
                found = [f"{type(error).__name__}: {error}"]
            sent += each
            wrong += [f"case {case} (seed {seed}): {description}" for description in found]
            if len(wrong) > 9:
                break
    return sent, wrong


def main() -> int:
    """Shake, and print the row."""
    given = parser(__doc__, 2_000).parse_args()
    started = time.monotonic()
    sent, wrong = shake(given.cases, given.seed)
    for description in wrong:
        print(description, file=sys.stderr)
    print(
        row(
            "commands to the worker in any order, held to a model of the protocol",
            f"{sent:,} in {given.cases:,} runs",
            f"each done or refused once, in order; {len(wrong)} wrong",
            time.monotonic() - started,
            f"python -m shake.commands --cases {given.cases} --seed {given.seed}",
        )
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
