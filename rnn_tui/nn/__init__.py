"""The network: arrays in, arrays out; it knows no characters, no screen and no clock.

Sequences are time-major, (T, B, features), and vectors are rows: the textbook's W x is
`x @ W.T` here. A state array with T+1 rows keeps the state before the first step in its
last row, h[-1], so that one line serves every t.
"""
