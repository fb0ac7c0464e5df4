"""Where the events of a run go: a log, TensorBoard, both."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rnn_tui.runlog.file import LogFile
from rnn_tui.runlog.recorder import Sink


class Sinks:
    """Several, for one who knows of one."""

    def __init__(self, sinks: Sequence[Sink]) -> None:
        self._sinks = sinks

    def write(self, event: Mapping[str, Any]) -> None:
        """Give an event to each."""
        for sink in self._sinks:
            sink.write(event)

    def close(self) -> None:
        """Close each."""
        for sink in self._sinks:
            sink.close()


def sink_for(
    log: Path | None, tensorboard: Path | None, tell: Callable[[str], None]
) -> Sink | None:
    """Return what takes events; None: they are wanted nowhere.

    Args:
        log: A file for them.
        tensorboard: A folder in which TensorBoard finds them.
        tell: Gets a sentence when one of them cannot be written.
    """
    sinks: list[Sink] = [LogFile(log, tell)] if log else []
    if tensorboard:
        from rnn_tui.live.tensorboard import TensorBoard  # an extra, which may not be there

        sinks.append(TensorBoard(tensorboard, tell))
    return Sinks(sinks) if sinks else None
