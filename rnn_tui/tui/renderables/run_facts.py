"""What a run is, in words: the text, the network, how it learns, when it stops."""

from rnn_tui.models.registry import spec_of
from rnn_tui.nn.optimizers import OPTIMIZERS
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.steady import steady
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.lr_decay import in_words, last_rate
from rnn_tui.tui.renderables.numbers import thousands, trimmed

Fact = tuple[str, str]
"""A name and what is to be said about it; safe to paint."""


def facts(info: RunInfo) -> list[Fact]:
    """Return the settings of a run, those that are off left out."""
    config, unit = info.config, info.unit
    optimizer = OPTIMIZERS[config.optimizer].title
    return [
        ("text", steady(info.corpus_name)),
        ("trained on", f"{thousands(info.train_size)} {unit}s"),
        ("validation", f"{thousands(info.val_size)} {unit}s" if info.val_size else "none"),
        ("vocabulary", f"{thousands(len(info.symbols))} {unit}s"),
        ("network", _network(config)),
        *([("sees", f"the last {seen}")] if (seen := reach(config, unit)) else []),
        ("weights", f"{thousands(info.parameter_count)}, {config.dtype}"),
        ("window", _window(config)),
        ("epoch", _counted(info.windows_per_epoch, "update")),
        (
            "optimizer",
            f"{optimizer}, rate {trimmed(config.learning_rate)} at the start",
        ),
        *_decay(info),
        ("clipping", _clipping(config)),
        ("seed", str(config.seed)),
        ("settings", "chosen for this text" if config.preset == "auto" else config.preset),
        *_limits(config),
    ]


def _counted(count: int, thing: str) -> str:
    return f"{thousands(count)} {thing}{'s' * (count != 1)}"


def _network(config: Config) -> str:
    spec = spec_of(config)
    return f"{spec.title(config)} {spec.size(config)}"


def reach(config: Config, unit: str) -> str:
    """Return how much of what it has read the network sees; empty where there is no end to it."""
    seen = spec_of(config).reach(config)
    return "" if seen is None else _counted(seen, unit)


def _window(config: Config) -> str:
    streams = f", {config.batch_size} at a time" if config.batch_size > 1 else ""
    return f"{_counted(config.seq_length, 'step')}{streams}"


def _decay(info: RunInfo) -> list[Fact]:
    if info.config.lr_decay == 1:
        return []
    last = last_rate(info.config, info.windows_per_epoch)
    end = "" if last is None else f", {trimmed(last)} at the end"
    return [("decay", in_words(info.config) + end)]


def _clipping(config: Config) -> str:
    if config.clip_norm is not None:
        return f"norm at most {trimmed(config.clip_norm)}"
    if config.clip_value is not None:
        return f"each within ±{trimmed(config.clip_value)}"
    return "none"


def _limits(config: Config) -> list[Fact]:
    limits = []
    if config.updates is not None:
        limits.append(f"update {thousands(config.updates)}")
    if config.epochs is not None:
        limits.append(f"epoch {thousands(config.epochs)}")
    if config.until_loss is not None:
        limits.append(f"loss {trimmed(config.until_loss)}")
    return [("stops at", " or ".join(limits))] if limits else []
