"""The words a setting can be; apart from the settings, so that `--help` need not wait for them."""

from typing import Literal

PresetName = Literal["hello", "min-char-rnn", "char-rnn", "torch-rnn"]
