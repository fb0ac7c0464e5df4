import pytest

from rnn_tui.keys.footer import footer
from rnn_tui.keys.in_force import (
    COMPARE,
    EVERYWHERE,
    HELP,
    LESSON,
    LOOKS,
    NO_LESSON,
    PAGES,
    TYPING,
    WITH_LOOKS,
    KeyTable,
)
from rnn_tui.keys.key import Scope
from rnn_tui.keys.table import KEYS

SCOPES: tuple[Scope, ...] = (*EVERYWHERE, *PAGES, *LOOKS, *TYPING, HELP, LESSON, COMPARE)


def strokes() -> list[tuple[str, str]]:
    return [(key.scope, stroke) for key in KEYS for stroke in key.strokes]


def test_no_key_means_two_things() -> None:
    assert len(set(strokes())) == len(strokes())
    everywhere = [stroke for scope, stroke in strokes() if scope in EVERYWHERE]
    assert len(set(everywhere)) == len(everywhere)
    for page in (*PAGES, *LOOKS):
        assert not set(everywhere) & {stroke for scope, stroke in strokes() if scope == page}
    memory = {stroke for scope, stroke in strokes() if scope == WITH_LOOKS}
    assert not memory & {stroke for scope, stroke in strokes() if scope in LOOKS}
    lesson = {stroke for scope, stroke in strokes() if scope == LESSON}
    others = {*EVERYWHERE, *PAGES, *LOOKS} - {*NO_LESSON}
    assert not lesson & {stroke for scope, stroke in strokes() if scope in others}


def test_no_capital_waits_after_escape() -> None:
    """O and P may be the rest of an ESC that came late, and are held for up to 2 s."""
    assert not {"O", "P"} & {stroke for _, stroke in strokes()}


def test_every_key_works_somewhere() -> None:
    assert {key.scope for key in KEYS} == set(SCOPES)
    assert PAGES == ("race", "train", "unrolled", "backprop", "gradients", "memory")


def test_every_key_has_a_name_of_its_own() -> None:
    assert len({key.id for key in KEYS}) == len(KEYS)


def test_every_key_says_in_a_sentence_what_it_does() -> None:
    assert all(key.sentence.endswith((".", "…")) and key.title for key in KEYS)


def test_a_sentence_names_keys_as_they_are_now() -> None:
    assert KeyTable().named("{train.step} or {app.palette}") == "s or ^p"
    assert KeyTable().named("{no.such}, {x}, e^{y_k}") == "{no.such}, {x}, e^{y_k}"
    named = [KeyTable().named(key.sentence) for key in KEYS]
    assert not any("{" in sentence for sentence in named)


@pytest.mark.parametrize("width", [20, 60, 80, 120, 200])
def test_footer_fits(width: int) -> None:
    entries = footer(width, ("app", "train"), standing=False)
    assert sum(e.width for e in entries) + 2 * (len(entries) - 1) <= width


def test_footer_keeps_the_most_important_keys_in_the_order_of_the_table() -> None:
    everything = footer(1000, ("app", "train"), standing=False)
    kept = footer(80, ("app", "train"), standing=False)
    assert kept == [entry for entry in everything if entry in kept]
    dropped = [entry.keys[0].rank for entry in everything if entry not in kept]
    assert max(entry.keys[0].rank for entry in kept) <= min(dropped)
    assert {"pause", "step", "help", "quit"} <= {entry.label for entry in kept}


def test_footer_shares_a_label_between_neighbors() -> None:
    entries = {e.label: e for e in footer(200, ("app", "train"), standing=False)}
    assert [key.face for key in entries["rate"].keys] == ["<", ">"]


def test_footer_of_80_columns_has_time_rate_prefix_and_screens() -> None:
    """The bar has a blank on either side."""
    for standing in (False, True):
        labels = {entry.label for entry in footer(78, ("app", "train"), standing=standing)}
        assert labels >= {"step", "time", "rate", "prefix", "screens", "help", "quit"}
    shown = [entry.faces for entry in footer(78, ("app", "train"), standing=False)]
    assert shown == ["space", "s", "[]", "<>", "/", "12345", "?", "q"]


def test_footer_keeps_longer_faces_apart() -> None:
    entries = {e.label: e for e in footer(999, ("backprop",), standing=True)}
    assert entries["micro-step"].faces == "←→"
    assert entries["time step"].faces == "⇧← ⇧→"
    assert entries["time step"].width == len("⇧← ⇧→ time step")


def test_footer_names_what_space_does_now() -> None:
    assert footer(20, ("app",), standing=True)[0].label == "go on"


def test_footer_has_every_key_with_a_rank_when_there_is_room() -> None:
    entries = footer(9999, SCOPES, standing=False)
    assert {key.id for e in entries for key in e.keys} == {key.id for key in KEYS if key.rank}
