"""Write docs/questions.md anew: the questions and words of the screen's glossary."""

import re
from collections.abc import Iterable
from pathlib import Path

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.tui.glossary.questions import QUESTIONS
from rnn_tui.tui.glossary.term import Term
from rnn_tui.tui.glossary.terms import TERMS

PAGE = Path(__file__).parent.parent / "docs" / "questions.md"
HEAD = """# Questions and words

On the screen `{app.glossary}` opens this page, the words of the open screen first; type to search.
`scripts/make_questions.py` writes it from [`rnn_tui/tui/glossary/`](../rnn_tui/tui/glossary/).

"""


def page() -> str:
    """Return the page."""
    questions = _sections(QUESTIONS)
    words = "\n".join(f"- **{term.title}**: {_named(term.text)}" for term in TERMS)
    return f"{KeyTable().named(HEAD)}{questions}## Words\n\n{words}\n"


def _sections(questions: Iterable[Term]) -> str:
    return "".join(f"## {question.title}\n\n{_named(question.text)}\n\n" for question in questions)


def _named(text: str) -> str:
    return KeyTable().named(re.sub(r"(\{[^}]+\})", r"`\1`", text))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
