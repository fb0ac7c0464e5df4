"""What the programs of `shake` have in common: how they are asked, and the row they print."""

import argparse


def parser(does: str | None, cases: int) -> argparse.ArgumentParser:
    """Return how many cases are to be tried, and the seed that all of them follow from."""
    made = argparse.ArgumentParser(
        description=does, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--cases", type=int, default=cases, help=f"how many are tried ({cases:,})")
    made.add_argument("--seed", type=int, default=0, help="the same seed, the same cases (0)")
    return made


def row(tried: str, cases: str, came: str, seconds: float, command: str) -> str:
    """Write a row of docs/reliability.md: what, how many, what came of it, how long, how again."""
    return f"| {tried} | {cases} | {came} | {seconds:.0f} s | `{command}` |"
