"""What is to be trained, from the options: checkpoint, text, settings, one after the other."""

import argparse
import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.commands.options.shared import NEWEST
from rnn_tui.commands.options.text_source import Source, is_pipe, read, read_otherwise, source_of
from rnn_tui.errors import InputError
from rnn_tui.language import mark, phrase
from rnn_tui.models.registry import named
from rnn_tui.text.visible import visible
from rnn_tui.training.settings.config import Config

if TYPE_CHECKING:
    from rnn_tui.protocol.scene import Scene
    from rnn_tui.text.corpus import Corpus
    from rnn_tui.training.bundle.file import Bundle
    from rnn_tui.training.checkpoint.file import Checkpoint


@dataclass(frozen=True, eq=False, slots=True)
class Order:
    """What is to be trained."""

    corpus: "Corpus"
    config: Config
    notes: tuple[str, ...]
    """What was chosen or changed unasked."""
    checkpoint: "Checkpoint | None" = None
    """Where to go on; its settings are in `config`, as far as the options do not change them."""
    file: "Path | None" = None
    """From where the checkpoint came."""
    bundle: "Bundle | None" = None
    """Whose checkpoint it is; None: nobody's."""
    scene: "Scene | None" = None
    """What is looked at first; None: the first screen."""
    changed: Mapping[str, object] = field(default_factory=dict)
    """Settings that are to be changed from the checkpoint on."""

    @property
    def on_other_text(self) -> bool:
        """Whether the checkpoint's file is of another run, on another text."""
        return self.checkpoint is not None and bool(self.checkpoint.notes)


def prepare(options: argparse.Namespace) -> Order:
    """Read what the options name and settle the settings; the same steps for a resumed run."""
    if getattr(options, "bundle", None) is not None:
        from rnn_tui.commands.options.bundled import opened

        bundle, corpus, scene = opened(options)
        stored = bundle.checkpoint
        return Order(corpus, stored.config, (), stored, options.bundle, bundle, scene)
    file = checkpoint_file(options)
    checkpoint = loaded(file)
    corpus = read(source_of(options, checkpoint, other=True))
    given = overrides(options)
    if checkpoint is not None and is_own(options, corpus, checkpoint):
        corpus = checkpoint.own_text(corpus)
    elif checkpoint is not None:
        from rnn_tui.training.checkpoint.other_text import put_on

        checkpoint, corpus = put_on(checkpoint, corpus, given)
        given = {}
    config, notes = settings(options, corpus, checkpoint, given)
    if getattr(options, "keep", None) == "best":
        from rnn_tui.training.settings.choose import require_validation

        require_validation(config, corpus, "--keep best")
    return Order(corpus, config, notes, checkpoint, file, changed=given)


def checkpoint_file(options: argparse.Namespace) -> Path | None:
    """Return the checkpoint to go on from; None: a new run. Refuse to train on nothing."""
    if options.corpus is None and options.resume is None:
        raise InputError(
            phrase(
                "CORPUS is missing: a text file to learn, a built-in text such as hello "
                "(rnn-tui corpora), or --resume FILE"
            )
        )
    file: Path | None = options.resume
    return newest_kept(options.corpus) if file == Path(NEWEST) else file


def newest_kept(corpus: str | None) -> Path:
    """Return the newest run that was kept by itself, of the corpus if one is named."""
    from rnn_tui.saving.autosave_files import folder, newest
    from rnn_tui.text.corpus import TextOptions

    if corpus == "-" or (corpus and is_pipe(corpus)):
        raise InputError(phrase("--resume needs a FILE where the text comes from standard input"))
    # As bytes any text can be read; the checkpoint knows what it is to be read as.
    file = newest(read(Source(corpus, TextOptions(units="byte"))).sha256 if corpus else None)
    if file is None:
        none = phrase(
            mark("no run of {corpus} is kept in {folder}; name one: --resume FILE")
            if corpus
            else mark("no run is kept in {folder}; name one: --resume FILE"),
            corpus=visible(corpus or ""),
            folder=visible(str(folder())),
        )
        raise InputError(none)
    return file


def loaded(file: Path | None) -> "Checkpoint | None":
    """Return the checkpoint in a file, if it is of a text."""
    if file is None:
        return None
    from rnn_tui.training.checkpoint.file import load

    checkpoint = load(file)
    checkpoint.require_text()
    return checkpoint


def is_own(options: argparse.Namespace, corpus: "Corpus", checkpoint: "Checkpoint") -> bool:
    """Return whether a text is meant to be the one that the network learned from.

    Raises:
        InputError: It is that one, but to be read in another way.
    """
    if corpus.sha256 != checkpoint.corpus_sha256:
        return options.corpus is None
    if corpus.options != checkpoint.options:
        raise read_otherwise(checkpoint.options)
    return True


def settings(
    options: argparse.Namespace,
    corpus: "Corpus",
    checkpoint: "Checkpoint | None",
    given: Mapping[str, object],
) -> tuple[Config, tuple[str, ...]]:
    """Return the settings for a text, or the checkpoint's with what may change; and notes.

    Raises:
        InputError: A setting cannot be used, or not changed.
    """
    from rnn_tui.training.settings.choose import choose_config, idle_threads

    if checkpoint is None:
        from rnn_tui.text.decoding import TRIFLES

        config, chosen = choose_config(corpus, options.preset, given)
        # Trifles last: a narrow screen shows the first note alone, which may be what matters.
        return config, tuple(sorted(corpus.notes + chosen, key=lambda note: note in TRIFLES))
    from rnn_tui.training.checkpoint.resume import resumed_config

    config = resumed_config(checkpoint.config, given, corpus)
    return config, idle_threads(config)


def overrides(options: argparse.Namespace) -> dict[str, object]:
    """Return the fields of `Config` that were given on the command line."""
    names = {field.name for field in dataclasses.fields(Config)} - {"preset"}
    given = {
        name: value for name, value in vars(options).items() if name in names and value is not None
    }
    if (choice := given.get("network")) is not None:
        given |= named(str(choice))
    return given | (
        {"clip_norm": None, "clip_value": None} if getattr(options, "no_clip", False) else {}
    )
