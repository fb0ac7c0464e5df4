"""Named settings, after the programs they come from."""

from rnn_tui.training.config import Config

PRESETS: dict[str, Config] = {
    # The textbook's network: "hello" over h e l o, three hidden numbers, four time steps.
    "hello": Config(preset="hello", dtype="float64", sample_every=10),
    # Source: Andrej Karpathy, min-char-rnn.py, 2015.
    "min-char-rnn": Config(
        preset="min-char-rnn",
        hidden_size=100,
        seq_length=25,
        optimizer="adagrad",
        learning_rate=0.1,
        clip_norm=None,
        clip_value=5.0,
    ),
    # Source: karpathy/char-rnn, train.lua, default options.
    "char-rnn": Config(
        preset="char-rnn",
        cell="lstm",
        hidden_size=128,
        num_layers=2,
        seq_length=50,
        batch_size=50,
        optimizer="rmsprop",
        learning_rate=2e-3,
        lr_decay=0.97,
        lr_decay_after=9,
        clip_norm=None,
        clip_value=5.0,
        val_fraction=0.05,
    ),
    # Source: jcjohnson/torch-rnn, train.lua, default options.
    "torch-rnn": Config(
        preset="torch-rnn",
        cell="lstm",
        hidden_size=128,
        num_layers=2,
        seq_length=50,
        batch_size=50,
        optimizer="adam",
        learning_rate=2e-3,
        lr_decay=0.5,
        lr_decay_every=5,
        clip_norm=5.0,
        val_fraction=0.1,
    ),
}
"""Settings by the name `--preset` takes."""
