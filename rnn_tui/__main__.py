"""`python -m rnn_tui` is the same command as `rnn-tui`."""

from rnn_tui.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
