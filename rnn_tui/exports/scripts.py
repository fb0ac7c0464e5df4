"""Scripts that run without rnn-tui: `templates/` with the gaps filled in.

Whatever comes from a file (names, symbols) gets in as a Python literal only, so that none of it can
become code.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template

from rnn_tui.models.registry import spec_of
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.version import __version__

BEGINS_WITH_A_VOWEL = "AEFHILMNORSX"
"""Letters whose names do: an LSTM, a GRU."""
SPELLING_IMPORTS = {"char": (), "byte": (), "jamo": ("re", "unicodedata")}
"""Modules of the standard library that a way of spelling needs."""


def filled(name: str, **gaps: object) -> str:
    """Return a template with its gaps filled in."""
    return Template(template(name).read_text("utf-8")).substitute(gaps)


def template(name: str) -> Traversable:
    """Return where a template lies."""
    return files("rnn_tui.exports.templates").joinpath(f"{name}.txt")


def about(checkpoint: Checkpoint) -> dict[str, object]:
    """Return what every script says of the network."""
    config, spec = checkpoint.config, spec_of(checkpoint.config)
    title = spec.title(config)
    return {
        "network": f"{title} {spec.size(config)}",
        "article": "An" if title[0] in BEGINS_WITH_A_VOWEL else "A",
        "version": __version__,
        "update": f"{checkpoint.update:,}",
        "corpus": ascii(checkpoint.corpus_name),
        "hidden_size": config.hidden_size,
        "num_layers": config.num_layers,
        "dtype": config.dtype,
    }


def imports(checkpoint: Checkpoint, *always: str) -> str:
    """Import lines, those of the way of spelling too, each with its newline."""
    modules = set(always) | set(SPELLING_IMPORTS[checkpoint.options.units])
    if checkpoint.options.normalize != "none":
        modules.add("unicodedata")
    return "".join(f"import {module}\n" for module in sorted(modules))


def spelling(checkpoint: Checkpoint) -> tuple[str, str]:
    """Code that turns text into symbols, and symbols into text."""
    form = checkpoint.options.normalize
    normalized = "text" if form == "none" else f'unicodedata.normalize("{form}", text)'
    name = f"spelling_{checkpoint.options.units}"
    there, mark, back = filled(name, normalized=normalized).partition("def text_of")
    return there.rstrip("\n"), (mark + back).rstrip("\n")
