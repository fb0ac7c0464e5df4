"""`rnn-tui inspect --units`: what each unit of a network follows in a text."""
