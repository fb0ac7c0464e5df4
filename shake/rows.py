"""The rows of the table in docs/reliability.md."""


def row(tried: str, cases: str, came: str, seconds: float, command: str) -> str:
    """What was tried, how many cases, what came of it, how long it took, how to repeat it."""
    return f"| {tried} | {cases} | {came} | {seconds:.0f} s | `{command}` |"
