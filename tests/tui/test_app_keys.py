import pytest
from textual.binding import Binding

from rnn_tui.tui.keys import KEYS, bindings, footer, markdown


def strokes() -> list[tuple[str, str]]:
    return [(key.scope, stroke) for key in KEYS for stroke in key.keys.split(",")]


def test_no_key_means_two_things() -> None:
    assert len(set(strokes())) == len(strokes())
    shared = {stroke for scope, stroke in strokes() if scope == "app"}
    assert not shared & {stroke for scope, stroke in strokes() if scope == "train"}


def test_every_key_has_a_name_for_remapping() -> None:
    made = [b for scope in ("app", "train", "prefix") for b in bindings(scope)]  # type: ignore[arg-type]
    assert all(isinstance(b, Binding) and b.id for b in made)
    assert len({b.id for b in made if isinstance(b, Binding)}) == len(KEYS)


def test_every_key_says_in_a_sentence_what_it_does() -> None:
    assert all(key.sentence.endswith((".", "…")) and key.title for key in KEYS)


@pytest.mark.parametrize("width", [20, 60, 80, 120, 200])
def test_footer_fits(width: int) -> None:
    entries = footer(width, ("app", "train"), standing=False)
    assert sum(e.width for e in entries) + 2 * (len(entries) - 1) <= width


def test_footer_keeps_the_most_important_keys_in_the_order_of_the_table() -> None:
    labels = [e.label for e in footer(80, ("app", "train"), standing=False)]
    assert labels == ["pause", "step", "epoch", "rate", "speed", "prefix", "help", "quit"]


def test_footer_shares_a_label_between_neighbors() -> None:
    entries = {e.label: e for e in footer(200, ("app", "train"), standing=False)}
    assert [key.face for key in entries["rate"].keys] == ["<", ">"]


def test_footer_names_what_space_does_now() -> None:
    assert footer(20, ("app",), standing=True)[0].label == "resume"


def test_footer_has_every_key_with_a_rank_when_there_is_room() -> None:
    entries = footer(1000, ("app", "train", "prefix"), standing=False)
    assert {key.id for e in entries for key in e.keys} == {key.id for key in KEYS if key.rank}


def test_markdown_table_lists_every_key_once() -> None:
    lines = markdown().splitlines()
    assert lines[1] == "|---|---|---|"
    assert len(lines) == len(KEYS) + 2
    assert "| `space` | `train.pause` | Pause or resume. Training stands still" in lines[2]
