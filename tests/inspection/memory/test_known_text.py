"""A text that is looked through in slices gives what looking through it at once gives."""

import numpy as np
import pytest

from rnn_tui.inspection.memory.known_text import KnownText, looked_through
from rnn_tui.inspection.memory.memorized import LONG, cover, maximal, unusual_from
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.suffixes import sorted_suffixes


def test_slices_give_what_all_at_once_gives(prose: Corpus) -> None:
    train, unseen = prose.ids[:900], prose.ids[5003:5210][::-1]
    known, progress = KnownText(train, unseen), []
    while not known.done:
        progress.append(known.progress)
        known.advance()
    assert progress == sorted(progress)
    assert len(progress) > 5
    assert (progress[0], known.progress) == (0.0, 1.0)
    lengths = cover(maximal(sorted_suffixes(train), unseen), len(unseen))
    assert known.least == unusual_from(lengths)
    assert known.usual == pytest.approx(np.mean(lengths >= known.least))


def test_what_is_memorized_is_longer_than_usual(prose: Corpus) -> None:
    known = looked_through(prose.ids[:900], prose.ids[5003:5210][::-1])
    text = np.concatenate([prose.ids[7:60], prose.ids[100:20:-1]])
    stretches, inside = known.memorized(text)
    assert (stretches[0].start, stretches[0].end) == (0, 53)
    assert inside[:53].all()
    lengths = cover(maximal(sorted_suffixes(prose.ids[:900]), text), len(text))
    assert inside.tolist() == (lengths >= known.least).tolist()
    for one in stretches:
        there = prose.ids[one.place : one.place + one.length]
        assert np.array_equal(text[one.start : one.end], there)


def test_with_nothing_to_compare_with_a_length_is_taken(prose: Corpus) -> None:
    known = looked_through(prose.ids[:333], prose.ids[:0])
    assert (known.least, known.usual) == (LONG, None)
    stretches, inside = known.memorized(prose.ids[:0])
    assert (stretches, inside.tolist()) == ([], [])


def test_lines_are_counted_from_one() -> None:
    text = np.array([4, 0, 0, 5, 0, 6])
    known = looked_through(text, text[:0])
    assert [known.line(place, 0) for place in range(len(text))] == [1, 1, 2, 3, 3, 4]
