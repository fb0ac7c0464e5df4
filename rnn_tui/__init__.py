"""Watch a recurrent neural network learn, in your terminal.

For programs, the engine without the screen:

    from pathlib import Path
    from rnn_tui import Trainer, choose_config, predict, read_corpus

    corpus = read_corpus(Path("corpora/hello.txt"))
    config, notes = choose_config(corpus)
    trainer = Trainer(config, corpus)
    while trainer.step().loss > 0.1:
        pass
    prediction = predict(trainer.model, corpus.vocab.encode("h"), continuation=4)
    print(corpus.vocab.decode(prediction.continuation))
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rnn_tui.errors import InputError
    from rnn_tui.nn.gru import GRU
    from rnn_tui.nn.lstm import LSTM
    from rnn_tui.nn.rnn import RNN
    from rnn_tui.text.corpus import Corpus, TextOptions, corpus_from_bytes, read_corpus
    from rnn_tui.text.vocab import Vocab
    from rnn_tui.training.checkpoint import Checkpoint, load, save
    from rnn_tui.training.choose import choose_config
    from rnn_tui.training.config import Config
    from rnn_tui.training.model import CharModel
    from rnn_tui.training.prediction import predict
    from rnn_tui.training.presets import PRESETS
    from rnn_tui.training.sampling import sample
    from rnn_tui.training.trainer import StepReport, Trainer, TrainerState

__version__ = "0.1.0"

__all__ = [
    "GRU",
    "LSTM",
    "PRESETS",
    "RNN",
    "CharModel",
    "Checkpoint",
    "Config",
    "Corpus",
    "InputError",
    "StepReport",
    "TextOptions",
    "Trainer",
    "TrainerState",
    "Vocab",
    "choose_config",
    "corpus_from_bytes",
    "load",
    "predict",
    "read_corpus",
    "sample",
    "save",
]

_HOMES = {
    "GRU": "nn.gru",
    "LSTM": "nn.lstm",
    "PRESETS": "training.presets",
    "RNN": "nn.rnn",
    "CharModel": "training.model",
    "Checkpoint": "training.checkpoint",
    "Config": "training.config",
    "Corpus": "text.corpus",
    "InputError": "errors",
    "StepReport": "training.trainer",
    "TextOptions": "text.corpus",
    "Trainer": "training.trainer",
    "TrainerState": "training.trainer",
    "Vocab": "text.vocab",
    "choose_config": "training.choose",
    "corpus_from_bytes": "text.corpus",
    "load": "training.checkpoint",
    "predict": "training.prediction",
    "read_corpus": "text.corpus",
    "sample": "training.sampling",
    "save": "training.checkpoint",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `--help` need not wait for NumPy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
