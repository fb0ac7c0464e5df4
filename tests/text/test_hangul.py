import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import TextOptions, corpus_from_bytes
from rnn_tui.text.glyphs import jamo_glyph
from rnn_tui.text.hangul.syllables import (
    MARK,
    Composer,
    compose,
    count_letters,
    joined,
    keep_apart,
    take_apart,
    unfinished,
)
from rnn_tui.text.hangul.typed import FINALS, INITIALS, VOWELS, conjoin
from rnn_tui.text.indexing import index_letters
from rnn_tui.text.vocab import Vocab, code_points

AWKWARD = "하한각가힣ᄀ하ᅵᆨᇂᄓᅶᇃㄱㅏㅋa\u034f\u034f\u0301 \ud800\n"
HANGUL = st.text(st.sampled_from(AWKWARD), max_size=12)
ANY_TEXT = HANGUL | st.text(st.characters(codec=None))
JAMO = TextOptions(units="jamo")


def letters_of(text: str) -> str:
    return "".join(map(chr, take_apart(code_points(keep_apart(text)[0])).tolist()))


@given(ANY_TEXT)
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert compose(letters_of(text)) == text


@given(HANGUL.filter(bool))
def test_a_vocabulary_of_letters_undoes_too(text: str) -> None:
    ids, symbols = index_letters(keep_apart(text)[0])
    vocab = Vocab(symbols, "jamo")
    assert "".join(symbols[i] for i in ids) == letters_of(text)
    assert vocab.decode(ids) == text
    assert vocab.encode(text).tolist() == ids.tolist()


def test_only_syllables_are_taken_apart_and_all_of_them() -> None:
    syllables = "".join(map(chr, range(0xAC00, 0xD7A4)))
    assert letters_of(syllables) == unicodedata.normalize("NFD", syllables)
    assert len(set(letters_of(syllables))) == 67
    others = "é\u0301 ㄱㅏ ﾡ \ud7a4\uabff ᄓ各".replace("\u0301", "")
    assert letters_of(others) == others


@given(ANY_TEXT)
def test_counting_says_how_many_there_will_be(text: str) -> None:
    codes = code_points(text)
    assert count_letters(codes) == len(take_apart(codes))


@given(HANGUL)
def test_composing_piece_by_piece_changes_nothing(letters: str) -> None:
    composer = Composer()
    pieces = [composer.feed(letter) for letter in letters]
    assert "".join([*pieces, composer.finish()]) == compose(letters)
    parts = list(joined(letters))
    assert "".join(text for text, _ in parts) == compose(letters)
    assert sum(count for _, count in parts) == len(letters)


def test_a_syllable_is_out_as_soon_as_nothing_can_change_it() -> None:
    composer = Composer()
    assert [composer.feed(letter) for letter in letters_of("한하가!")] == [
        "", "", "한", "", "", "하", "", "가!",
    ]  # fmt: skip


def test_a_prefix_is_read_as_far_as_it_is_typed() -> None:
    vocab = corpus_from_bytes("한글을 한 자씩\n읽는다\n".encode(), "x", JAMO).vocab
    full = vocab.encode("한글").tolist()
    assert vocab.encode("하").tolist() == full[:2]
    assert vocab.encode("ㅎ").tolist() == full[:1]
    assert vocab.encode(unicodedata.normalize("NFD", "한글")).tolist() == full
    assert vocab.encode("ㅎㅏㄴㄱㅡㄹ").tolist() == full
    assert vocab.unknown("핳") == ("\u11c2",)


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("하", "\u11ab", 2), ("ㅎ", "\u1161", 1), ("하", "가", 0), ("한", "\u11ab", 0),
        ("하", "\u1161", 0), ("", "\u1161", 0), ("", "", 0),
    ],
)  # fmt: skip
def test_what_follows_may_finish_a_syllable(before: str, after: str, count: int) -> None:
    letters = letters_of(conjoin(before, lambda _: False))
    assert unfinished(letters, letters_of(after)) == count


def test_no_two_letters_look_alike() -> None:
    conjoining = [*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]
    alone = [*INITIALS, *VOWELS, *FINALS]
    shown = {symbol: jamo_glyph(symbol) for symbol in [*map(chr, conjoining), *alone, MARK]}
    assert len(set(shown.values())) == len(shown)
    assert shown["\u1102"] == "ㄴ"
    assert shown["\u11ab"] == "ㄴ\u0323"


def test_what_was_done_is_said() -> None:
    assert corpus_from_bytes("한글\n하나\n".encode(), "x", JAMO).notes == (
        "Hangul is read letter by letter: 6 characters, 12 letters;"
        " a dot below (ㄴ\u0323) ends a syllable.",
    )
    assert corpus_from_bytes(b"ab\ncd\n", "x", JAMO).notes == (
        "There are no Hangul syllables to take apart: --units jamo changes nothing.",
    )
    mixed = unicodedata.normalize("NFD", "한") + " 하나\n\n"
    corpus = corpus_from_bytes(mixed.encode(), "x", JAMO)
    assert corpus.notes[1].startswith("The text spells syllables with separate letters: 2 marks")
    assert corpus.vocab.decode(corpus.ids) == mixed
    joined_first = corpus_from_bytes(
        mixed.encode(), "x", TextOptions(units="jamo", normalize="NFC")
    )
    assert joined_first.vocab.decode(joined_first.ids) == "한 하나\n\n"
    with pytest.raises(InputError, match="leave out --units jamo"):
        corpus_from_bytes(b"ab", "x", TextOptions(units="jamo", normalize="NFD"))
