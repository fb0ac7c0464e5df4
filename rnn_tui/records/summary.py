"""What is told of a run in a list: flat, and each field of one type, for tables of any kind."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rnn_tui.errors import InputError
from rnn_tui.models.registry import name_of, spec_of
from rnn_tui.records.events import begun, last, number, text, validations, whole_number
from rnn_tui.records.folder import SUFFIX, read
from rnn_tui.records.labels import name_in, tags_in
from rnn_tui.records.lock import is_held
from rnn_tui.text.visible import visible
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.from_json import fields_from

RUNNING, FINISHED, DIVERGED, LEFT, KILLED = "running", "finished", "diverged", "left", "killed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One run. Losses are nats per symbol; text is not safe to paint."""

    id: str
    name: str
    """Empty: it has none."""
    tags: str
    """With commas between, in order."""
    started: str
    """Date and time with its zone, as in ISO 8601; empty where a log does not say."""
    seconds: float
    """From then to what was noted last."""
    outcome: str
    """running, finished, diverged, left (the screen was closed, or a signal came) or killed."""
    reason: str
    """Why it ended, in a sentence; empty where nobody could say."""
    network: str
    """What --network takes."""
    size: str
    """Such as 2×128."""
    parameters: int
    text: str
    """The name of its file."""
    text_path: str
    text_sha256: str
    text_length: int
    """In symbols."""
    unit: str
    """What a symbol is."""
    vocabulary: int
    first_update: int
    """0, or where it went on."""
    update: int
    epoch: int
    loss: float | None
    """Of the last update."""
    smoothed: float | None
    validation: float | None
    """The last one."""
    best_validation: float | None
    best_update: int | None
    resumed: str
    """The checkpoint from which it went on; empty: none."""
    checkpoint: str
    """To which file it was saved last; empty: none."""
    checkpoint_update: int | None
    file: str
    bytes: int
    version: str
    """Of rnn-tui."""
    config: Config = field(repr=False)

    def columns(self) -> dict[str, Any]:
        """Return all of it in one row, settings as `config_…`."""
        row = asdict(self)
        return row | {f"config_{name}": value for name, value in row.pop("config").items()}


def summarize(path: Path) -> Summary:
    """Return what is told of a run.

    Raises:
        InputError: It cannot be read, or is not the record of a run.
    """
    data = read(path)
    start = begun(data, path)
    try:
        config = fields_from(Config, start["config"])
        update, state, end = (last(data, kind) for kind in ("update", "state", "end"))
        saved, validated = last(data, "checkpoint"), validations(data)
        best = min(validated, key=lambda one: one[1], default=(None, None))
        return Summary(
            id=path.name.removesuffix(SUFFIX),
            name=name_in(data),
            tags=",".join(sorted(tags_in(data))),
            started=text(start.get("started", "")),
            seconds=max(number(one.get("seconds")) or 0.0 for one in (update, state, end)),
            outcome=outcome(path, end, state),
            reason=text(end.get("reason", "")),
            network=name_of(config),
            size=spec_of(config).size(config),
            parameters=whole_number(start["parameter_count"]),
            text=text(start["corpus_name"]),
            text_path=text(start.get("text_path", "")),
            text_sha256=text(start.get("text_sha256", "")),
            text_length=whole_number(start["train_size"] + start["val_size"]),
            unit=text(start["unit"]),
            vocabulary=whole_number(start.get("vocabulary", len(start.get("symbols", ())))),
            first_update=whole_number(start["update"]),
            update=whole_number(update.get("update", start["update"])),
            epoch=whole_number(update.get("epoch", 1)),
            loss=number(update.get("loss")),
            smoothed=number(update.get("smoothed")),
            validation=validated[-1][1] if validated else None,
            best_validation=best[1],
            best_update=best[0],
            resumed=text(start.get("resumed", "")),
            checkpoint=text(saved.get("file", "")),
            checkpoint_update=whole_number(saved["update"]) if saved else None,
            file=str(path),
            bytes=len(data),
            version=text(start["rnn_tui"]),
            config=config,
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        why = visible(str(error))[:200]
        raise InputError(f"{visible(str(path))}: is damaged ({why})") from None


def summaries(paths: Iterator[Path], told: list[str]) -> list[Summary]:
    """Return what is told of all runs, the newest first; what is none is added to `told`."""
    found = []
    for path in paths:
        try:
            found.append(summarize(path))
        except InputError as error:
            told.append(str(error))
    return sorted(found, key=lambda run: (run.started, run.id), reverse=True)


def outcome(path: Path, end: dict[str, Any], state: dict[str, Any]) -> str:
    """Return what became of a run."""
    if not end:
        return RUNNING if is_held(path) else KILLED
    there = state.get("state")
    return str(there) if there in (FINISHED, DIVERGED) else LEFT
