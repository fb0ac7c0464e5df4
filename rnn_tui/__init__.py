"""Watch a recurrent neural network learn, in your terminal.

For programs and notebooks (docs/recipes.md), the engine without the screen:

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

from rnn_tui.version import __version__ as __version__

if TYPE_CHECKING:
    from rnn_tui.errors import InputError
    from rnn_tui.inspection.decay import Decay, decay
    from rnn_tui.inspection.flow import Flow, flow
    from rnn_tui.inspection.trace import Trace
    from rnn_tui.models.prediction import Prediction, predict
    from rnn_tui.models.recurrent import CharModel
    from rnn_tui.models.sampling import sample, write
    from rnn_tui.nn.gru import GRU
    from rnn_tui.nn.lstm import LSTM
    from rnn_tui.nn.rnn import RNN
    from rnn_tui.text.corpus import Corpus, TextOptions, corpus_from_bytes, read_corpus
    from rnn_tui.text.vocab import Vocab
    from rnn_tui.training.checkpoint.file import Checkpoint, load, save
    from rnn_tui.training.checkpoint.resume import resume
    from rnn_tui.training.history import HistoryCurves
    from rnn_tui.training.settings.choose import choose_config
    from rnn_tui.training.settings.config import Config
    from rnn_tui.training.settings.presets import PRESETS
    from rnn_tui.training.trainer import StepReport, Trainer, TrainerState

__all__ = [
    "GRU",
    "LSTM",
    "PRESETS",
    "RNN",
    "CharModel",
    "Checkpoint",
    "Config",
    "Corpus",
    "Decay",
    "Flow",
    "HistoryCurves",
    "InputError",
    "Prediction",
    "StepReport",
    "TextOptions",
    "Trace",
    "Trainer",
    "TrainerState",
    "Vocab",
    "choose_config",
    "corpus_from_bytes",
    "decay",
    "flow",
    "load",
    "predict",
    "read_corpus",
    "resume",
    "sample",
    "save",
    "write",
]

_HOMES = {
    "GRU": "nn.gru",
    "LSTM": "nn.lstm",
    "PRESETS": "training.settings.presets",
    "RNN": "nn.rnn",
    "CharModel": "models.recurrent",
    "Checkpoint": "training.checkpoint.file",
    "Config": "training.settings.config",
    "Corpus": "text.corpus",
    "Decay": "inspection.decay",
    "Flow": "inspection.flow",
    "HistoryCurves": "training.history",
    "InputError": "errors",
    "Prediction": "models.prediction",
    "StepReport": "training.trainer",
    "TextOptions": "text.corpus",
    "Trace": "inspection.trace",
    "Trainer": "training.trainer",
    "TrainerState": "training.trainer",
    "Vocab": "text.vocab",
    "choose_config": "training.settings.choose",
    "corpus_from_bytes": "text.corpus",
    "decay": "inspection.decay",
    "flow": "inspection.flow",
    "load": "training.checkpoint.file",
    "predict": "models.prediction",
    "read_corpus": "text.corpus",
    "resume": "training.checkpoint.resume",
    "sample": "models.sampling",
    "save": "training.checkpoint.file",
    "write": "models.sampling",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `--help` need not wait for NumPy."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Offer the public names before they are imported, for completion in a notebook."""
    return sorted({*globals(), *__all__})
