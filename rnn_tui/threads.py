"""How many threads a matrix product may use; to be settled before NumPy is imported."""

import os

NAMES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""The variables that the usual BLAS libraries read once, when they are loaded."""


def one_thread() -> None:
    """Let BLAS use one thread, unless the user has chosen otherwise.

    Two threads add up in another order and give other bits, so that the same seed would not give
    the same numbers on the screen and without it; for networks of these sizes, handing work to
    the second thread costs more than it brings (measured on two cores: 1.3 to 4.7 times slower).
    """
    for name in NAMES:
        os.environ.setdefault(name, "1")
