"""The network: arrays in, arrays out; it knows no characters, no screen and no clock.

Sequences are time-major, (T, B, features). In the equations a vector is a column, as in the
textbook; in memory it is a row, and a time step of a batch is a matrix with one row for each
sequence: W x reads `x @ W.T`, written `x.dot(W.T, out=…)` where the result has its place already.
The state before the first step is h[-1], so that one line serves every t. Gradients are called d
and the name of what they belong to.

`plain.py` has the equations, a line each, for one sequence; the cells compute the same for a batch.

What does not recur is one product for all time steps; where several lines of code make one
equation, the equation stands above them, and the tests hold every cell to a plain loop.
"""
