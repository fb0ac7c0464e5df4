"""Horizontal bars in eighths of a cell."""

import math

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(share: float, width: int) -> str:
    """Return a bar of `share` (0 to 1) of `width` cells, filled with blanks; NaN is no bar."""
    eighths = 0 if math.isnan(share) else round(min(max(share, 0.0), 1.0) * 8 * width)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(width)
