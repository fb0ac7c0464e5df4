"""The keys, once: bindings, footer, help, palette, `rnn-tui keys` and documentation come from here.

No Textual: the list of keys is printed without it.
"""
