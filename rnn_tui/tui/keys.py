"""Every key, once: bindings, footer, help, palette and documentation are made from `KEYS`."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from textual.binding import Binding, BindingType

Group = Literal["Training", "Knobs", "Panels", "Program"]
Scope = Literal["app", "train", "prefix"]


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a key does."""

    id: str
    """Name for remapping."""
    keys: str
    """The keys, in Textual's names, separated by commas."""
    face: str
    """The first of them as a person reads it."""
    action: str
    label: str
    """One or two words for the footer; neighbors with the same label share it."""
    title: str
    """What it does, for help and palette."""
    sentence: str
    """The same in a beginner's words."""
    group: Group
    rank: int = 0
    """Place in the queue for room in the footer, 1 first; 0: never there."""
    scope: Scope = "app"
    """Where it is bound: everywhere, on the Train screen, while the prefix box has the keyboard."""
    standing: str = ""
    """The label while training stands still, where it differs."""


KEYS: tuple[Key, ...] = (
    Key(
        "train.pause", "space", "space", "pause", "pause", "Pause or resume",
        "Training stands still after the present update; the pictures stay.",
        "Training", 1, standing="resume",
    ),
    Key(
        "train.step", "s", "s", "step", "step", "One update",
        "One look at a piece of the text, one small change of the weights, then stand still.",
        "Training", 2,
    ),
    Key(
        "train.epoch", "e", "e", "epoch", "epoch", "To the end of the epoch",
        "An epoch is one pass over the whole text. Training then stands still.",
        "Training", 9,
    ),
    Key(
        "train.restart", "r", "r", "restart", "restart", "Begin again",
        "Back to update 0 with the same seed: the same numbers come again.",
        "Training", 12,
    ),
    Key(
        "train.new_seed", "R", "R", "new_seed", "new seed", "Begin again with the next seed",
        "Other first weights, another way down.",
        "Training", 13,
    ),
    Key(
        "train.save", "w", "w", "save", "save", "Write a checkpoint",
        "A file with the network and everything needed to go on from here.",
        "Training", 11,
    ),
    Key(
        "rate.lower", "less_than_sign", "<", "rate(False)", "rate", "Lower the learning rate",
        "How far the weights move in one update. It takes the next lower of … 0.01 0.02 0.05 0.1 …",
        "Knobs", 5,
    ),
    Key(
        "rate.raise", "greater_than_sign", ">", "rate(True)", "rate", "Raise the learning rate",
        "Faster, until it is too much: then the loss jumps about or becomes infinite.",
        "Knobs", 5,
    ),
    Key(
        "temperature.lower", "comma", ",", "temperature(False)", "temperature",
        "Lower the temperature",
        "Samples become safer and more repetitive. 0 always takes the likeliest character.",
        "Knobs", 14,
    ),
    Key(
        "temperature.raise", "full_stop", ".", "temperature(True)", "temperature",
        "Raise the temperature",
        "Samples hold more surprises and more mistakes.",
        "Knobs", 14,
    ),
    Key(
        "speed.halve", "minus,underscore", "-", "speed(False)", "speed", "Halve the speed",
        "So that one can watch. From full speed, half of the present speed.",
        "Knobs", 6,
    ),
    Key(
        "speed.double", "plus,equals_sign", "+", "speed(True)", "speed", "Double the speed",
        "Up to what this computer can do.",
        "Knobs", 6,
    ),
    Key(
        "speed.full", "f", "f", "full_speed", "full", "Full speed",
        "No brake: as many updates a second as this computer can do.",
        "Knobs", 10,
    ),
    Key(
        "prefix.enter", "slash", "/", "prefix", "prefix", "Type a prefix",
        "A beginning of your own; watch what the network expects after it.",
        "Panels", 7, "train",
    ),
    Key(
        "prefix.take", "tab", "tab", "take", "take the likeliest", "Take the likeliest",
        "While you type a prefix: adds the character that the network expects most.",
        "Panels", 1, "prefix",
    ),
    Key(
        "prefix.leave", "escape,enter", "esc", "leave", "back to the keys", "Leave the prefix",
        "The text stays, its predictions go on, and keys are commands again.",
        "Panels", 2, "prefix",
    ),
    Key(
        "chart.log", "l", "l", "log_scale", "log", "Logarithmic or linear loss",
        "The logarithmic scale shows small losses better.",
        "Panels", 15, "train",
    ),
    Key(
        "chart.unit", "u", "u", "unit", "unit", "Unit of the loss",
        "Nats, bits (nats / 0.693), or perplexity: among how many characters the network is torn.",
        "Panels", 16, "train",
    ),
    Key(
        "bars.left", "left,shift+left", "←", "scroll(-1)", "time steps", "Earlier time steps",
        "Where not all of them fit beside each other.",
        "Panels", 17, "train",
    ),
    Key(
        "bars.right", "right,shift+right", "→", "scroll(1)", "time steps", "Later time steps",
        "Where not all of them fit beside each other.",
        "Panels", 17, "train",
    ),
    Key(
        "app.help", "question_mark,f1", "?", "help", "help", "Help",
        "This page.",
        "Program", 4,
    ),
    Key(
        "app.palette", "ctrl+p", "^p", "command_palette", "all commands", "All commands",
        "Search them by name; the colors (themes) are there too.",
        "Program", 18,
    ),
    Key(
        "app.quit", "q", "q", "quit", "quit", "Quit",
        "Leave the program. w saves the network first.",
        "Program", 3,
    ),
)  # fmt: skip


def bindings(scope: Scope) -> list[BindingType]:
    """Return Textual's bindings for the keys of `scope`."""
    return [
        Binding(key.keys, key.action, key.title, id=key.id, key_display=key.face, show=False)
        for key in KEYS
        if key.scope == scope
    ]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the footer: the keys that share a label."""

    keys: tuple[Key, ...]
    label: str

    @property
    def width(self) -> int:
        """Columns it takes: faces and label with blanks between."""
        return sum(len(key.face) + 1 for key in self.keys) + len(self.label)


def footer(width: int, scopes: Iterable[Scope], *, standing: bool) -> list[Entry]:
    """Return the entries for a footer of `width` columns, the most important ones that fit.

    They keep the order of the table; two blanks stand between entries, one before the first.
    """
    shown = [key for key in KEYS if key.rank and key.scope in tuple(scopes)]
    entries = [
        Entry(tuple(keys), label)
        for label, keys in groupby(shown, lambda k: (standing and k.standing) or k.label)
    ]
    room = width - 1
    kept = []
    for entry in sorted(entries, key=lambda e: e.keys[0].rank):
        if entry.width > room:
            break
        room -= entry.width + 2
        kept.append(entry)
    return [entry for entry in entries if entry in kept]


def markdown() -> str:
    """Return the keys as a Markdown table, for the documentation."""
    rows = ["| key | name | what it does |", "|---|---|---|"]
    rows += [f"| `{key.face}` | `{key.id}` | {key.title}. {key.sentence} |" for key in KEYS]
    return "\n".join(rows) + "\n"
