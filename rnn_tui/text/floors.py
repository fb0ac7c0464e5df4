"""The least possible loss of a text, where it is known: what remains to whoever knows the rule."""

from collections.abc import Mapping

_KNOWN: Mapping[str, tuple[str, float]] = {
    "5b7d12217cd687a532b81857adf852892936fc7c5a7ad52f044af39033490909": ("brackets", 1.163),
    "3c886bd6eedbcf8470f20508f182b8062cd914729f8577d498ce65f4ee3d04ab": ("count", 0.176),
    "655556e37338e3a81acf1cebc056666c98f9bc4928a1889fa8c31f87cf6f3a11": ("distance", 0.350),
    "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03": ("hello", 0.0),
    "6251e5743b6fd6a7d606130bdf7c15077ce85ebd3a0fdee284d15a46df199e38": ("numbers", 0.0),
    "7cb7f93aaacffa0374df4f23fa46373c7067cade93f16a4c1b493cf72d87c828": ("period", 0.0),
    "89cf1efa7bddd5d61beed616e1b018d26587d3d76c1554d7688b8e8f7590f500": ("repeat", 0.312),
    "84a460a9363d7a6ba9c08fa49af74ec9a0976a1bd73957c6d94e64d314194c12": ("sums", 0.990),
}
"""Name, and nats per character, by a text's digest; `scripts/corpus_figures.py` prints them."""


def known_name(sha256: str) -> str:
    """Return which text has this digest; empty: none whose least possible loss is known."""
    return _KNOWN.get(sha256, ("", 0.0))[0]


def known_floor(sha256: str) -> float | None:
    """Return the least possible loss of the text with this digest; None: nobody knows it."""
    return _KNOWN[sha256][1] if sha256 in _KNOWN else None
