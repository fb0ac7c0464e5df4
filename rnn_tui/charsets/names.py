"""The charsets to choose from."""

from typing import Literal

Charset = Literal["unicode", "narrow", "ascii"]
"""Everything; nothing whose width terminals disagree about; nothing but ASCII."""
