"""Names of several networks: what tells them apart, and where they stand beside their curves."""

from collections.abc import Sequence

from rich.cells import cell_len

from rnn_tui.text.steady import steady

Spot = tuple[float, float, float]
"""Row wanted, and the columns from and before which a name stands."""


def narrow(name: str) -> str:
    """Return a name for cells that take one column each."""
    return "".join(c if cell_len(c) == 1 else "?" for c in steady(name))


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


def rows_apart(spots: Sequence[Spot], height: int) -> list[int]:
    """Return a row for each name, near the one wanted, such that no two overlap.

    Those that share columns keep the order of the rows they want. With more of them than rows, some
    share the last one.
    """
    rows = [0] * len(spots)
    for group in _groups(spots):
        group.sort(key=lambda i: spots[i][0])
        places = _spread([spots[i][0] for i in group], height)
        for i, place in zip(group, places, strict=True):
            rows[i] = place
    return rows


def _groups(spots: Sequence[Spot]) -> list[list[int]]:
    """Return the numbers of those that share columns, directly or through others."""
    groups: list[list[int]] = []
    edge = 0.0
    for i in sorted(range(len(spots)), key=lambda i: spots[i][1]):
        if not groups or spots[i][1] >= edge:
            groups.append([])
            edge = 0.0
        groups[-1].append(i)
        edge = max(edge, spots[i][2])
    return groups


def _spread(wanted: Sequence[float], height: int) -> list[int]:
    """Return different rows as near as can be to those wanted, which rise.

    Shifted by one more for each, they may be equal but must not fall: the nearest such numbers are
    means of neighbors that would (pool adjacent violators).
    Source: Barlow, Bartholomew, Bremner, Brunk (1972), Statistical Inference under Order
    Restrictions.
    """
    pools: list[tuple[float, int]] = []
    for i, row in enumerate(wanted):
        mean, count = row - i, 1
        while pools and pools[-1][0] > mean:
            other, size = pools.pop()
            mean, count = (mean * count + other * size) / (count + size), count + size
        pools.append((mean, count))
    last = max(height - len(wanted), 0)
    shifted = [min(max(round(mean), 0), last) for mean, count in pools for _ in range(count)]
    return [min(row + i, height - 1) for i, row in enumerate(shifted)]
