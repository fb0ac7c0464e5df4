"""What each command does to a run."""

from pathlib import Path

from rnn_tui.language import phrase
from rnn_tui.live.engine import Engine
from rnn_tui.live.mending import mend
from rnn_tui.live.prepared import save_bundle
from rnn_tui.live.run import RefusalError, Run
from rnn_tui.live.time_travel import other_branch, to_best, travel
from rnn_tui.live.turning import turn
from rnn_tui.protocol.commands import (
    CheckNetwork,
    CheckWeight,
    Command,
    GoThrough,
    Mend,
    OtherBranch,
    Pause,
    Resume,
    RunToEpochEnd,
    RunUntil,
    Save,
    SaveBundle,
    SetLearningRate,
    SetSpeed,
    SetTemperature,
    Step,
    ToBest,
    Travel,
    TurnWeights,
)
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint.file import save


def carry_out(command: Command, engine: Engine) -> str:
    """Do what a command asks for.

    Returns:
        What is to be said of it; empty: nothing.

    Raises:
        RefusalError: It cannot be done now, or nobody knows it.
        InputError: A file cannot be written.
    """
    match command:
        case Pause():
            return engine.change(Run.pause)
        case Resume():
            return engine.change(Run.resume)
        case RunToEpochEnd():
            return engine.change(Run.run_to_epoch_end)
        case RunUntil(update):
            return engine.run.run_until(update)  # the pace is that of the updates before
        case Step():
            return engine.change(Run.step)
        case SetLearningRate(value):
            return engine.run.set_learning_rate(value)
        case SetTemperature(value):
            return engine.set_temperature(value)
        case SetSpeed(value):
            return engine.set_speed(value)
        case Travel(strides):
            return engine.travel(lambda run: travel(run, strides))
        case ToBest():
            return engine.travel(to_best)
        case OtherBranch():
            return engine.travel(other_branch)
        case Mend(how):
            return engine.travel(lambda run: mend(run, how))
        case TurnWeights(asked):
            return engine.travel(lambda run: turn(run, asked))
        case GoThrough():
            return engine.change(lambda _: engine.inspector.go(command))
        case CheckWeight(name, index):
            return engine.inspector.check_weight(name, index)
        case CheckNetwork():
            return engine.inspector.check_network()
        case Save(Path() as path):
            save(path, engine.trainer)
            return phrase(
                "Update {update} is saved in {file}.",
                update=f"{engine.trainer.update:,}",
                file=visible(str(path)),
            )
        case SaveBundle(scene, Path() as path):
            save_bundle(path, engine, scene)
            return phrase(
                "Update {update} is saved with its past and its text: rnn-tui --bundle {file} "
                "opens it.",
                update=f"{engine.trainer.update:,}",
                file=visible(str(path)),
            )
    raise RefusalError(
        phrase("The worker does not know {command}.", command=visible(repr(command)))
    )
