"""The command line: arguments become a `Config`; nothing heavy is imported until it is needed."""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit code."""
    raise SystemExit(2)
