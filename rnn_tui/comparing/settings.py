"""The settings in which runs differ."""

from collections.abc import Sequence

from rnn_tui.comparing.run import Run, Setting


def differing(runs: Sequence[Run]) -> list[str]:
    """Return the names of the settings that are not the same in all runs that have them."""
    names = dict.fromkeys(name for run in runs for name in run.settings)
    return [name for name in names if len(values_of(runs, name)) > 1]


def values_of(runs: Sequence[Run], name: str) -> set[tuple[bool, Setting]]:
    """Return the values of a setting; True is another one than 1."""
    found = [run.settings[name] for run in runs if name in run.settings]
    return {(isinstance(value, bool), value) for value in found}
