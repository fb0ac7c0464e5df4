"""What a run is, in words: the text, the network, how it learns, when it stops."""

from rnn_tui.language import counted, tr
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.optimizers import OPTIMIZERS
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.steady import steady
from rnn_tui.training.dropout import drops
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.schedule import constant, in_words, last_rate
from rnn_tui.tui.renderables.numbers import thousands, trimmed

Fact = tuple[str, str]
"""A name and what is to be said about it; safe to paint."""


def facts(info: RunInfo) -> list[Fact]:
    """Return the settings of a run, those that are off left out."""
    config, unit = info.config, info.unit
    optimizer = OPTIMIZERS[config.optimizer].title
    return [
        (tr("text"), steady(info.corpus_name)),
        (tr("trained on"), tr(counted(info.train_size, unit))),
        (tr("validation"), tr(counted(info.val_size, unit)) if info.val_size else tr("none")),
        (tr("vocabulary"), tr(counted(len(info.symbols), unit))),
        (tr("network"), _network(config)),
        *(
            [(tr("sees"), tr("the last {seen}", seen=seen))]
            if (seen := reach(config, unit))
            else []
        ),
        (tr("weights"), f"{thousands(info.parameter_count)}, {config.dtype}"),
        (tr("window"), _window(config)),
        (tr("epoch"), tr(counted(info.windows_per_epoch, "update"))),
        (
            tr("optimizer"),
            tr(
                "{optimizer}, rate {rate} at the start",
                optimizer=optimizer,
                rate=trimmed(config.learning_rate),
            ),
        ),
        *_schedule(info),
        *([(tr("dropout"), trimmed(config.dropout))] if drops(config) else []),
        *([(tr("weight decay"), trimmed(config.weight_decay))] if config.weight_decay else []),
        (tr("clipping"), _clipping(config)),
        (tr("seed"), str(config.seed)),
        (tr("settings"), tr("chosen for this text") if config.preset == "auto" else config.preset),
        *_limits(config),
    ]


def _network(config: Config) -> str:
    spec = spec_of(config)
    return f"{tr(spec.title(config))} {spec.size(config)}"


def reach(config: Config, unit: str) -> str:
    """Return how much of what it has read the network sees; empty where there is no end to it."""
    seen = spec_of(config).reach(config)
    return "" if seen is None else counted(seen, unit)


def _window(config: Config) -> str:
    steps = counted(config.seq_length, "step")
    if config.batch_size == 1:
        return tr(steps)
    return tr("{steps}, {count} at a time", steps=steps, count=config.batch_size)


def _schedule(info: RunInfo) -> list[Fact]:
    warmup = counted(info.config.warmup, "update")
    warm = [(tr("warm-up"), tr(warmup))] if info.config.warmup else []
    if constant(info.config):
        return warm
    last = last_rate(info.config, info.windows_per_epoch)
    decay = tr(in_words(info.config))
    if last is not None:
        decay = tr("{decay}, {rate} at the end", decay=decay, rate=trimmed(last))
    return [*warm, (tr("decay"), decay)]


def _clipping(config: Config) -> str:
    if config.clip_norm is not None:
        return tr("norm at most {limit}", limit=trimmed(config.clip_norm))
    if config.clip_value is not None:
        return tr("each within ±{limit}", limit=trimmed(config.clip_value))
    return tr("none")


def _limits(config: Config) -> list[Fact]:
    limits = []
    if config.updates is not None:
        limits.append(tr("update {number}", number=thousands(config.updates)))
    if config.epochs is not None:
        limits.append(tr("epoch {number}", number=thousands(config.epochs)))
    if config.until_loss is not None:
        limits.append(tr("loss {number}", number=trimmed(config.until_loss)))
    if config.patience is not None:
        limits.append(tr("patience {number}", number=thousands(config.patience)))
    return [(tr("stops at"), tr(" or ").join(limits))] if limits else []
