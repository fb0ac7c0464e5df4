"""A trained network put on another text, whose symbols it may not all know.

What was learned stays bit for bit: weights, and what the optimizer remembers of each. Symbols that
are new get weights of their own, as in a network that begins with all of these symbols and the
same seed; of them the optimizer remembers nothing, as at its start. How many steps it has taken
goes on being counted: what is known stays right, and Adam, which then corrects nothing any more,
moves a new weight by up to 6.6 times the rate at first (the most after 12 equal gradients), as it
does the column of a symbol that is first read late in a text.

It is another run, whose updates, epochs, schedule and curve begin at 0: the losses of two texts
are no one curve.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from rnn_tui.errors import InputError
from rnn_tui.language import counted, mark, phrase
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.growing import put_into
from rnn_tui.nn.flat import views
from rnn_tui.text.corpus import Corpus, require_few
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import Vocab
from rnn_tui.training.checkpoint.file import Checkpoint, checked, metadata_of, tensors_of
from rnn_tui.training.checkpoint.resume import changes, said
from rnn_tui.training.settings.choose import (
    check,
    fitted,
    idle_threads,
    require_part,
    require_validation,
    require_warmth,
    with_validation,
)
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.memory import require_room
from rnn_tui.training.settings.schedule import told
from rnn_tui.training.trainer import Trainer

NETWORK = {field.name for field in dataclasses.fields(NetworkConfig)} - {"dropout"}
CHANGEABLE = {field.name for field in dataclasses.fields(Config)} - NETWORK - {"optimizer"}
"""All settings but those that decide which numbers there are to go on with."""
MOST_NAMED = 20
"""New symbols that a note names."""

_NEW = {
    "character": (
        mark("{count} character is new to it and begins untrained: {names}."),
        mark("{count} characters are new to it and begin untrained: {names}."),
    ),
    "byte": (
        mark("{count} byte is new to it and begins untrained: {names}."),
        mark("{count} bytes are new to it and begin untrained: {names}."),
    ),
    "letter": (
        mark("{count} letter is new to it and begins untrained: {names}."),
        mark("{count} letters are new to it and begin untrained: {names}."),
    ),
}


def is_changed(checkpoint: Checkpoint, corpus: Corpus) -> bool:
    """Return whether a text that differs is rather the checkpoint's own, changed since.

    It is the same file; or it has the same name, and the file of before is not there any more.
    """
    if checkpoint.corpus_path and checkpoint.corpus_path == corpus.path:
        return True
    there = bool(checkpoint.corpus_path) and Path(checkpoint.corpus_path).exists()
    return corpus.name == visible(checkpoint.corpus_name) and not there


def require_meant(checkpoint: Checkpoint, corpus: Corpus) -> None:
    """Refuse a text that the network cannot read, or that is likely to be given by mistake.

    Raises:
        InputError: It is.
    """
    checkpoint.require_text()
    ours, theirs = corpus.options, checkpoint.options
    if (ours.units, ours.normalize) != (theirs.units, theirs.normalize):
        raise InputError(
            f"the network reads {theirs.units} units, normalized to {theirs.normalize}; a text "
            f"read as {ours.units} units, {ours.normalize}, is none for it"
        )
    if is_changed(checkpoint, corpus):
        raise InputError(
            f"{corpus.name} is not as it was when this checkpoint learned from it; give it as it "
            "was, or, to go on with what it is now, copy it to a file of another name"
        )


def put_on(
    checkpoint: Checkpoint, corpus: Corpus, given: Mapping[str, object]
) -> tuple[Checkpoint, Corpus]:
    """Return a checkpoint of the same network at the beginning of another text, and that text.

    Args:
        checkpoint: What was learned, and from which text.
        corpus: Another text.
        given: Fields of `Config` that a person set.

    Returns:
        The checkpoint, whose notes say what it is; and the text in its ids.

    Raises:
        InputError: It is no text for the network, is likely to be a mistake, or a setting cannot
            be used, or not changed on the way.
    """
    require_meant(checkpoint, corpus)
    known, other = checkpoint.vocab, corpus.vocab
    new = tuple(symbol for symbol in other.symbols if symbol not in set(known.symbols))
    vocab = Vocab(known.symbols + new, known.units, known.normalize)
    require_few(vocab.symbols, corpus.name)
    corpus = corpus.with_vocab(vocab)
    config, chosen = settings(checkpoint, corpus, given)
    trainer = Trainer(config, corpus)
    put_in(trainer, checkpoint)
    before, now = visible(checkpoint.corpus_name), corpus.name
    trainer.history.mark(0, f"text {before}→{now}")
    note = phrase(
        "A run of its own: what was learned from {before} in {updates} goes on with {now}, counted "
        "from update 0.",
        before=before,
        now=now,
        updates=counted(checkpoint.update, "update"),
    )
    notes = (note, *new_symbols(vocab, len(new)), *chosen)
    moved = checked(metadata_of(trainer), tensors_of(trainer))
    return replace(moved, notes=notes), corpus


def settings(
    checkpoint: Checkpoint, corpus: Corpus, given: Mapping[str, object]
) -> tuple[Config, tuple[str, ...]]:
    """Return the settings to learn another text with, and what was chosen or changed.

    Raises:
        InputError: A setting cannot be used, or not changed on the way.
    """
    rate = checkpoint.numbers["base_rate"]
    start = replace(checkpoint.config, learning_rate=rate, floor=None)  # the least is of a text
    changed = changes(start, given, CHANGEABLE)
    if changed.get("lr_schedule") in ("cosine", "constant"):
        changed.setdefault("lr_decay", 1.0)
    config, notes = check(replace(start, **cast(dict[str, Any], changed))), said(start, changed)
    if "val_fraction" not in changed:
        config, more = with_validation(config, corpus, asked=False)
        notes += more
    require_part(config, corpus)
    if config.patience is not None:
        require_validation(config, corpus, "--patience")
    config, notes = fitted(config, corpus, notes)
    windows = require_warmth(config, corpus)
    notes += told(config, windows) + idle_threads(config)
    return config, notes + require_room(config, len(corpus.vocab))


def put_in(trainer: Trainer, checkpoint: Checkpoint) -> None:
    """Put what was learned into a network that has just begun, and knows more symbols."""
    known, model = checkpoint.model(), trainer.model
    before, now = known.vocab_size, model.vocab_size
    put_into(model.parameters, known.parameters, before, now)
    for name, slot in trainer.optimizer.slots.items():
        stored = views(checkpoint.tensors[f"optimizer.{name}"], known.parameters)
        put_into(views(slot, model.parameters), stored, before, now)
    trainer.optimizer.count = checkpoint.numbers["optimizer_count"]


def new_symbols(vocab: Vocab, count: int) -> tuple[str, ...]:
    """Return a sentence that names the last symbols of a vocabulary; no sentence of none."""
    if not count:
        return ()
    first = len(vocab) - count
    names = " ".join(vocab.name(id) for id in range(first, len(vocab))[:MOST_NAMED])
    more = " …" if count > MOST_NAMED else ""
    told = _NEW[vocab.unit][count != 1]
    return (phrase(told, count=f"{count:,}", names=names + more),)
