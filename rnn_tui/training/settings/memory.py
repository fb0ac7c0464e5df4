"""How much memory a network takes, before it is built; absurd sizes are refused in time."""

from rnn_tui.errors import InputError
from rnn_tui.language import phrase
from rnn_tui.limits import machine_memory
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.optimizers import OPTIMIZERS
from rnn_tui.training.settings.config import Config

MUCH = 0.5
"""Of this machine's memory; more is worth a word."""


def weights(config: Config, vocab_size: int) -> int:
    """Return how many weights the network has."""
    return spec_of(config).weights(config, vocab_size)


def needed(config: Config, vocab_size: int) -> int:
    """About how many bytes training takes: weights, gradients, optimizer, activations."""
    slots = len(OPTIMIZERS[config.optimizer].slots)
    # Gradients (for each thread) and a scratch array beside the weights; and two states of the
    # past are held.
    arrays = 2 + config.threads + slots + 2 * (1 + slots)
    window = config.seq_length * config.batch_size
    spec = spec_of(config)
    activations = window * spec.activations(config, vocab_size)
    # What is remembered stands where it is read, in what is handed on, and in two past states.
    states = 4 * config.batch_size * spec.state_size(config)
    size = 8 if config.dtype == "float64" else 4
    return size * (arrays * weights(config, vocab_size) + activations + states)


def require_room(config: Config, vocab_size: int, room: int | None = None) -> tuple[str, ...]:
    """Refuse a network that cannot fit; return a sentence about one that is large.

    Args:
        config: The settings.
        vocab_size: Symbols.
        room: Bytes; None: what this machine has.

    Raises:
        InputError: It does not fit.
    """
    room, need = room or machine_memory(), needed(config, vocab_size)
    if room is None or need <= MUCH * room:
        return ()
    count = f"{weights(config, vocab_size):,}"
    if need <= room:
        note = phrase(
            "This network's {count} weights take about {need} of memory, of the {room} here.",
            count=count,
            need=gigabytes(need),
            room=gigabytes(room),
        )
        return (note,)
    raise InputError(
        f"{count} weights take about {gigabytes(need)} of memory to train, and this machine has "
        f"{gigabytes(room)}; try a smaller --hidden-size, --num-layers, --seq-length or "
        "--batch-size"
    )


def gigabytes(size: int) -> str:
    """Bytes as a person reads them."""
    value = size / (1 << 30)
    return f"{value:,.0f} GB" if value >= 100 else f"{value:.3g} GB"
