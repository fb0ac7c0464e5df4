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
        clip_value=5.0 / 25,
    ),
    # Source: karpathy/char-rnn, train.lua, default options.
    "char-rnn": Config(
        preset="char-rnn",
        cell="lstm",
        hidden_size=128,
        num_layers=2,
        forget_bias=1.0,
        seq_length=50,
        batch_size=50,
        optimizer="rmsprop",
        rmsprop_alpha=0.95,
        learning_rate=2e-3,
        lr_decay=0.97,
        lr_decay_after=9,
        clip_norm=None,
        clip_value=5.0 / 50,
        val_fraction=0.05,
    ),
    # Source: jcjohnson/torch-rnn, train.lua, default options.
    "torch-rnn": Config(
        preset="torch-rnn",
        cell="lstm",
        hidden_size=128,
        num_layers=2,
        forget_bias=1.0,
        seq_length=50,
        batch_size=50,
        optimizer="adam",
        learning_rate=2e-3,
        lr_decay=0.5,
        lr_decay_every=5,
        clip_norm=None,
        clip_value=5.0,
        val_fraction=0.1,
    ),
}
"""Settings by the name `--preset` takes."""

DIFFERENCES: dict[str, tuple[str, ...]] = {
    "min-char-rnn": (
        "loss and gradients are means over the window, each element cut to ±0.2, which with "
        "Adagrad comes to the same while a window has 25 time steps; there they are sums over "
        "these, cut to ±5",
        "weights and biases begin in U(±1/√H); there as 0.01 · N(0, 1), biases at 0",
        "Adagrad divides by √s + 1e-10; there by √(s + 1e-8)",
    ),
    "char-rnn": (
        "gradients are means over the window, each element cut to ±0.1, which with RMSprop "
        "comes to the same while a window has 50 time steps; there they are sums over these "
        "(means over the 50 streams), cut to ±5",
        "weights and biases begin in U(±1/√H), but for the forget gate's biases, at 1 in both; "
        "there in U(±0.08)",
        "every epoch begins with a state of zeros; there the state is carried on",
    ),
    "torch-rnn": (
        "the first layer reads one-hot symbols; there learned vectors of 64 numbers",
        "an LSTM's weights and biases begin in U(±1/√H), but for the forget gate's, at 1 in both; "
        "there as N(0, 1/√(D + H)) with D inputs, biases at 0",
        "the rate is halved after 5, 10, 15 … epochs and Adam keeps its means; "
        "there after 4, 9, 14 … epochs, and Adam begins anew",
    ),
}
"""What the program a preset is named after does otherwise, by the preset's name.

Source: min-char-rnn.py as above; karpathy/char-rnn, train.lua and model/LSTM.lua;
jcjohnson/torch-rnn, train.lua, LSTM.lua and LanguageModel.lua.
"""
