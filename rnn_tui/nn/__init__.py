"""The network: arrays in, arrays out; it knows no characters, no screen and no clock.

Sequences go in and come out time-major, (T, B, features). Inside the cells a vector is a
column, as in the textbook, and a time step of a batch is a matrix with one column for each
sequence: W x is `W @ x`, written `W.dot(x, out=…)` where the result has its place already. The
state before the first step is h[-1], so that one line serves every t. Gradients are called d and
the name of what they belong to, and `backward` walks the lines of `forward` from the last to the
first.

What does not recur is one product for all time steps; where several lines of code make one
equation, the equation stands above them, and the tests hold every cell to a plain loop.
"""
