"""What a lesson says of its networks: above all steps, and in a step what is different there."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rnn_tui.errors import InputError
from rnn_tui.lessons.source import Section
from rnn_tui.lessons.start import Start
from rnn_tui.text.built_in import BUILT_IN, built_in
from rnn_tui.text.corpus import Corpus, corpus_from_bytes, read_corpus
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config

SETTINGS: Mapping[str, type] = {
    "network": str,
    "cell": str,
    "activation": str,
    "optimizer": str,
    "hidden_size": int,
    "num_layers": int,
    "context": int,
    "kernel_size": int,
    "seq_length": int,
    "learning_rate": float,
    "seed": int,
}
"""Of a new network, and how it learns."""
LARGEST: Mapping[str, int] = {
    "hidden_size": 64,
    "num_layers": 4,
    "context": 40,
    "kernel_size": 40,
    "seq_length": 40,
    "batch_size": 64,
    "learning_rate": 100,
    "seed": 10**9,
}
"""The largest network is measured in a few milliseconds."""
NO_END: Mapping[str, Any] = dict.fromkeys(("updates", "epochs", "until_loss", "patience"))
"""A run that was trained to its end can go on in a lesson."""
TEXTS = ("text", "corpus")
ENTRIES = (*TEXTS, "checkpoint", *SETTINGS)
MOST_CHARACTERS = 20_000
USUAL_LENGTH = 20
"""Time steps of a window, where the lesson does not say."""


class Starts:
    """The networks of a lesson, each made once."""

    def __init__(self, above: Section) -> None:
        """Read what stands above the steps.

        Raises:
            InputError: No network can be made of it.
        """
        self._above = above
        self._folder = Path(above.source.name).parent
        self._texts: dict[tuple[object, ...], Corpus] = {}
        self._made: dict[tuple[object, ...], Start] = {}
        self.of(above)

    def of(self, section: Section) -> Start:
        """Return what a step begins with: what it does not say itself stands above.

        Raises:
            InputError: It contradicts itself; on which line.
        """
        corpus = self._corpus(section)
        own = section.entries.keys() & {"checkpoint", *SETTINGS}
        network = section if own else self._above
        if "checkpoint" in network.entries:
            for key in SETTINGS:
                if key in network.entries:
                    raise network.error(key, "a checkpoint has its settings with it")
            file = network.get("checkpoint", str)
            asked: tuple[object, ...] = (corpus, file)
            if asked not in self._made:
                self._made[asked] = self._trained(network, corpus, file)
            return self._made[asked]
        given = self._settings(section)
        asked = (corpus, *given.items())
        if asked not in self._made:
            self._made[asked] = Start(corpus, self._config(section, corpus, given))
        return self._made[asked]

    def _place(self, section: Section, *keys: str) -> Section:
        """Return where one of these entries stands."""
        return section if section.entries.keys() & {*keys} else self._above

    def _corpus(self, section: Section) -> Corpus:
        section = self._place(section, *TEXTS)
        named, text = section.get("corpus", str), section.get("text", str)
        if (named is None) == (text is None):
            raise section.error("text" if named else "", "a lesson has either a text or a corpus")
        if (named, text) not in self._texts:
            self._texts[named, text] = _read(section, named, text)
        return self._texts[named, text]

    def _trained(self, section: Section, corpus: Corpus, file: str) -> Start:
        try:
            loaded = load(self._folder / file)
            config = replace(loaded.config, **NO_END)
            checkpoint = replace(loaded, config=config)
            corpus = checkpoint.trainer(corpus).corpus  # whatever is wrong with it is said now
        except InputError as error:
            raise section.error("checkpoint", str(error)) from None
        for key, most in LARGEST.items():
            if getattr(config, key) > most:
                raise section.error(
                    "checkpoint", f"its {key} is {getattr(config, key)}: at most {most}"
                )
        _require_one_layer(section, "checkpoint", config)
        return Start(corpus, config, checkpoint)

    def _settings(self, section: Section) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, kind in SETTINGS.items():
            place = self._place(section, key)
            value = place.get(key, kind)
            if key in LARGEST and value is not None and value > LARGEST[key]:
                raise place.error(key, f"at most {LARGEST[key]:g}")
            found |= {} if value is None else {key: value}
        return found

    def _config(self, section: Section, corpus: Corpus, given: Mapping[str, Any]) -> Config:
        length = min(len(corpus.ids) - 1, USUAL_LENGTH)
        try:
            usual = {"val_fraction": 0.0, "seq_length": length}
            config = choose_config(corpus, "hello", {**usual, **given})[0]
        except InputError as error:
            options = {f"--{key.replace('_', '-')} ": key for key in SETTINGS}
            key = next((key for option, key in options.items() if option in f"{error} "), "")
            said = str(error).removeprefix(f"--{key.replace('_', '-')} ")
            raise self._place(section, key).error(key, said) from None
        _require_one_layer(self._place(section, "num_layers"), "num_layers", config)
        return config


def _read(section: Section, named: str | None, text: str | None) -> Corpus:
    file = built_in(named) if named else None
    if named is not None and file is None:
        raise section.error("corpus", f"there is no {named}; there are {', '.join(BUILT_IN)}")
    try:
        corpus = read_corpus(file) if file else corpus_from_bytes((text or "").encode(), "lesson")
    except InputError as error:
        raise section.error("text", str(error)) from None
    if len(corpus.ids) > MOST_CHARACTERS:
        key = "corpus" if file else "text"
        raise section.error(key, f"longer than {MOST_CHARACTERS:,} characters")
    return corpus


def _require_one_layer(section: Section, key: str, config: Config) -> None:
    if config.network == "recurrent" and config.num_layers > 1:
        raise section.error(key, "a recurrent network of a lesson has one layer")
