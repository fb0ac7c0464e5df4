"""Logs as small as they can be."""

import json
from pathlib import Path
from typing import Any

from rnn_tui.runlog.file import VERSION


def write(path: Path, losses: list[float], **config: Any) -> Path:
    """Write the log of a run with these losses, an update a second."""
    start = {
        "event": "start", "format": "rnn-tui log", "version": VERSION, "seconds": 0.0,
        "update": 0, "corpus_name": "a.txt",
        "windows_per_epoch": 4, "parameter_count": 7, "config": config,
    }  # fmt: skip
    events = [start] + [
        {"event": "update", "seconds": float(n), "update": n, "epoch": 0, "loss": loss,
         "low": loss, "high": loss, "smoothed": loss}
        for n, loss in enumerate(losses, 1)
    ]  # fmt: skip
    lines = (json.dumps(event, separators=(",", ":")) for event in events)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
