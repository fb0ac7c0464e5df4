"""The tests compute as the program does, on one thread: two wait for each other, which is work."""

from rnn_tui.threads import one_thread

one_thread()  # before NumPy is loaded
