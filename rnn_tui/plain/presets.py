"""`rnn-tui presets`: what each name stands for, as the options one would have to give.

The lines under them say what it does otherwise than the program it is named after.
"""

from dataclasses import asdict

from rnn_tui.plain.output import emit
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.presets import DIFFERENCES, PRESETS

PLAIN = Config()
NETWORK = ("cell", "hidden_size", "num_layers", "seq_length", "batch_size")
ALWAYS = (*NETWORK, "optimizer", "learning_rate")


def print_presets(as_json: bool) -> int:
    """List the presets, and in words what the programs of these names do otherwise."""
    for name, config in PRESETS.items():
        if as_json:
            emit(asdict(config))
        else:
            print(f"{name:14}{' '.join(options(config))}")
            for line in DIFFERENCES.get(name, ()):
                print(f"{'':14}- {line}")
    return 0


def options(config: Config) -> list[str]:
    """Return the network in any case, and whatever is not as usual."""
    usual = asdict(PLAIN)
    named = {
        name: value
        for name, value in asdict(config).items()
        if name != "preset" and (name in ALWAYS or (value != usual[name] and value is not None))
    }
    return [f"--{name.replace('_', '-')} {value}" for name, value in named.items()]
