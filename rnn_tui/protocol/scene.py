"""What a person has before them: which screen, and what is typed and chosen there."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, get_args

from rnn_tui.protocol.reading import Part

Memo = Mapping[str, str]
"""What a screen wants to know of itself when it is opened again, by names of its own."""
LONGEST = 500
"""Characters of what is typed."""
MOST = 20
"""Screens, and notes of one."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All of it."""

    page: str = "train"
    """The screen in front."""
    memos: Mapping[str, Memo] = field(default_factory=dict)
    """Of each screen that was opened."""
    part: Part = "training"
    start: int = 0
    """Where in that part of the text the windows begin."""


def stored_scene(scene: Scene) -> dict[str, Any]:
    """Return it as JSON has it."""
    return asdict(scene)


def scene_from(stored: Any) -> Scene:
    """Return a scene; ValueError for what is none, but for names that nobody knows."""
    page, memos, part, start = (stored[name] for name in ("page", "memos", "part", "start"))
    texts = [page, *(word for memo in memos.values() for pair in memo.items() for word in pair)]
    if not all(isinstance(text, str) and len(text) <= LONGEST for text in texts):
        raise ValueError("what is typed on its screens is no text")
    if len(texts) > MOST * MOST:
        raise ValueError("it has too many screens")
    if part not in get_args(Part) or type(start) is not int or start < 0:
        raise ValueError("where its windows begin is nowhere")
    return Scene(page, {str(name): dict(memo) for name, memo in memos.items()}, part, start)
