"""The lines of a file of any size, in bounded memory."""

from collections.abc import Iterator
from typing import BinaryIO

PIECE = 1 << 20
"""Bytes read at a time."""
LONGEST = 8 << 20
"""Bytes of a line that is taken for one: the start of a run with 65,536 symbols has two million."""


class Lines:
    """Whole lines by the thousand; what is longer than any of ours is passed over, and counted."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        """Get ready.

        Args:
            file: Open at its beginning.
            size: Bytes to read: a log may be written to meanwhile.
        """
        self._file, self._left = file, size
        self.too_long = 0

    def __iter__(self) -> Iterator[list[bytes]]:
        """Yield pieces of the file as lists of lines."""
        rest, skipping = b"", False
        while piece := self._file.read(min(PIECE, self._left)):
            self._left -= len(piece)
            *whole, rest = (rest + piece).split(b"\n")
            if skipping and whole:
                whole, skipping = whole[1:], False  # the end of the line that was too long
            yield whole
            if skipping or len(rest) > LONGEST:
                self.too_long += not skipping
                rest, skipping = b"", True
        if rest:
            yield [rest]
