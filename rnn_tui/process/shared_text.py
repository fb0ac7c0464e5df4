"""One copy of a long text for the screen's process and the worker's."""

import mmap
import os
from dataclasses import replace
from multiprocessing.resource_sharer import DupFd
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from rnn_tui.text.corpus import Corpus

LONG = 1 << 24
"""Bytes from which a text is shared; a shorter one is sent down the pipe in no time."""


class SharedArray(np.ndarray[Any, Any]):
    """An array in memory without a name; pickled, it is handed over and not copied.

    The memory is gone with the last process that holds it, however that ends. Only the whole
    array is handed over: a part of it is pickled like any other.
    """

    _file: int | None = None

    @classmethod
    def of(cls, array: npt.NDArray[Any]) -> Self:
        """Copy a one-dimensional array into shared memory.

        Raises:
            OSError: There is no room.
        """
        file = os.memfd_create("rnn-tui text")
        try:
            os.truncate(file, array.nbytes)
            made = _mapped(file, array.dtype, writable=True).view(cls)
            made[:] = array
        except BaseException:
            os.close(file)
            raise
        made.flags.writeable = False
        made._file = file
        return made

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Hand the memory over, where this is all of it."""
        if self._file is None:
            return np.asarray(self).__reduce_ex__(protocol)
        try:
            return _attach, (DupFd(self._file), self.dtype.str)
        except RuntimeError:  # it gets no thread to hand it over from, and would not try again
            os.close(self._file)
            self._file = None
            return np.asarray(self).__reduce_ex__(protocol)

    def __del__(self) -> None:
        if self._file is not None:
            os.close(self._file)


def share(corpus: Corpus) -> Corpus:
    """Return the same text, ready to be handed to a worker; as it was where that saves nothing."""
    if corpus.ids.nbytes < LONG or not hasattr(os, "memfd_create"):  # Linux has it
        return corpus
    try:
        return replace(corpus, ids=SharedArray.of(corpus.ids))
    except OSError:
        return corpus


def _attach(file: DupFd, dtype: str) -> npt.NDArray[Any]:
    number = file.detach()
    try:
        return _mapped(number, np.dtype(dtype), writable=False)
    finally:
        os.close(number)


def _mapped(file: int, dtype: np.dtype[Any], *, writable: bool) -> npt.NDArray[Any]:
    size = os.fstat(file).st_size
    access = mmap.ACCESS_WRITE if writable else mmap.ACCESS_READ
    return np.frombuffer(mmap.mmap(file, size, access=access), dtype)
