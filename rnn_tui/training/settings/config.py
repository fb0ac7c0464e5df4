"""Everything that decides a run: a frozen value, the same on the screen and without it."""

from dataclasses import dataclass

from rnn_tui.models.config import NetworkConfig
from rnn_tui.nn.names import OptimizerName, ScheduleName


@dataclass(frozen=True, slots=True, kw_only=True)
class Config(NetworkConfig):
    """The settings of one run; what a person did not choose has been chosen from the text."""

    preset: str = "hello"
    """Where the values came from; `auto` when the text decided."""
    seq_length: int = 4
    """Time steps in a window of truncated BPTT."""
    batch_size: int = 1
    """Streams side by side."""
    threads: int = 1
    """Parts of the batch that are learned from side by side."""
    optimizer: OptimizerName = "adam"
    rmsprop_alpha: float = 0.99
    """How much of its mean square RMSprop keeps in an update."""
    learning_rate: float = 0.03
    warmup: int = 0
    """Updates in which the learning rate rises to its value."""
    lr_schedule: ScheduleName = "step"
    """How it goes on: `constant`, `step` down by `lr_decay`, or along half a `cosine` to 0."""
    lr_decay: float = 1.0
    """Factor on the learning rate, applied per `lr_decay_every` epochs past `lr_decay_after`."""
    lr_decay_every: int = 1
    lr_decay_after: int = 0
    weight_decay: float = 0.0
    """Times the learning rate, the part of itself that every parameter loses in an update."""
    clip_norm: float | None = 5.0
    """Largest global gradient norm; None: not clipped by norm."""
    clip_value: float | None = None
    """Largest absolute gradient element; None: not clipped by value."""
    val_fraction: float = 0.0
    """Share of the text, its last part, kept for validation."""
    seed: int = 0
    updates: int | None = None
    """Stop after so many updates, counted from the very start; None: no such limit."""
    epochs: int | None = None
    until_loss: float | None = None
    """Stop once the smoothed loss is at or below this, in nats per character."""
    patience: int | None = None
    """Stop once so many validations in a row have not been better than all before."""
    floor: float | None = None
    """The least possible loss of the text in nats per character; None: as far as is known."""
    speed: float = 0.0
    """At most so many updates a second; 0: as fast as it goes."""
    temperature: float = 0.8
    sample_every: int = 100
    """Updates between two samples."""
