"""A smaller memory of the pieces of lines that Rich has cut."""

from functools import lru_cache
from typing import Any

from rich.segment import Segment

MOST = 256
"""Pieces that are remembered."""


def bound_cut_cache() -> None:
    """Let Rich remember fewer pieces of lines.

    It remembers 16,384, with their lines and styles 9 MB. Twelve pictures of a race a second come
    to that after ten minutes, and ask for none twice: of 2,901 pieces for one.
    """
    remembers: Any = getattr(Segment.__dict__.get("_split_cells"), "__func__", None)
    if hasattr(remembers, "cache_info") and remembers.cache_info().maxsize != MOST:
        fewer: Any = lru_cache(MOST)(remembers.__wrapped__)
        Segment._split_cells = classmethod(fewer)  # type: ignore[assignment]
