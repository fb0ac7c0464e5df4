"""Which rnn-tui this is; `pyproject.toml` has it from here."""

__version__ = "0.1.0"
