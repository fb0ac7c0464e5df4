"""Named settings, after the programs they come from, and what these do otherwise."""

from rnn_tui.training.settings.config import Config

PRESETS: dict[str, Config] = {
    # The textbook's network: "hello" over h e l o, three hidden numbers, four time steps.
    "hello": Config(preset="hello", dtype="float64", sample_every=10),
    # Source: Andrej Karpathy, min-char-rnn.py, 2015 (gist d4dee566867f8291f086).
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

DIFFERENCES: dict[str, tuple[str, ...]] = {
    "min-char-rnn": (
        "loss and gradients are means over the window, each element cut to ±5; "
        "there they are sums over its 25 time steps, cut to ±5",
        "weights and biases begin in U(±1/√H); there as 0.01 · N(0, 1), biases at 0",
        "Adagrad divides by √s + 1e-10; there by √(s + 1e-8)",
    ),
    "char-rnn": (
        "gradients are means over the window, each element cut to ±5; "
        "there they are sums over its 50 time steps (means over the 50 streams), cut to ±5",
        "RMSprop keeps 0.99 of its mean square; there 0.95",
        "weights and biases begin in U(±1/√H), the forget gate's too; "
        "there in U(±0.08), the forget gate's bias at 1",
        "every epoch begins with a state of zeros; there the state is carried on",
    ),
    "torch-rnn": (
        "gradients are scaled together to a norm of at most 5; there each element is cut to ±5",
        "the first layer reads one-hot symbols; there learned vectors of 64 numbers",
        "an LSTM's weights and biases begin in U(±1/√H), the forget gate's too; "
        "there as N(0, 1/√(D + H)) with D inputs, biases at 0, the forget gate's at 1",
        "the rate is halved after 5, 10, 15 … epochs and Adam keeps its means; "
        "there after 4, 9, 14 … epochs, and Adam begins anew",
    ),
}
"""What the program a preset is named after does otherwise, by the preset's name.

Source: min-char-rnn.py as above; karpathy/char-rnn, train.lua; jcjohnson/torch-rnn, train.lua,
LSTM.lua and LanguageModel.lua.
"""
