"""Print a dependency group of pyproject.toml as pip's requirements.

    python scripts/dependency_group.py dev > dev.txt && pip install --requirement dev.txt

From pip 25.1 on, `pip install --group dev` does the same; Python 3.11 brings pip 23 or 24.
"""

import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"


def group(name: str) -> list[str]:
    """Return the requirements of a group (PEP 735) that includes no other."""
    found: list[str] = tomllib.loads(PROJECT.read_text("utf-8"))["dependency-groups"][name]
    return found


if __name__ == "__main__":
    print(*group(sys.argv[1]), sep="\n")
