"""Names of several networks: what tells them apart."""

from collections.abc import Sequence

from rich.cells import cell_len


def told_apart(names: Sequence[str], room: int) -> list[str]:
    """Return the names, without the words that all share where not every one has `room` cells."""
    if len(names) < 2 or max(map(cell_len, names)) <= room:
        return list(names)
    same = _same(names)
    if all(same) or not any(same):
        return list(names)
    kept = [i for i, alike in enumerate(same) if not alike]
    return [" ".join(name.split()[i] for i in kept) for name in names]


def shared(names: Sequence[str]) -> str:
    """Return the words that all names share."""
    same = _same(names)
    return " ".join(word for word, alike in zip(names[0].split(), same, strict=True) if alike)


def _same(names: Sequence[str]) -> list[bool]:
    """Tell which words of names of as many words are the same in all."""
    words = [name.split() for name in names]
    if len({len(each) for each in words}) > 1:
        return [False] * len(words[0])
    return [len({*column}) == 1 for column in zip(*words, strict=True)]
