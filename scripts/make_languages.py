"""Bring the catalogs of `rnn_tui/language/` up to date with the program, and compile them.

With the name of a language, `python scripts/make_languages.py de`, its catalog is begun.
"""

import io
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from rnn_tui.keys.table import KEYS
from rnn_tui.nn.cells import CELLS
from rnn_tui.tui.glossary.questions import QUESTIONS
from rnn_tui.tui.glossary.terms import TERMS
from rnn_tui.tui.screens.lessons import LESSONS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "rnn_tui" / "language"
KEYWORDS = {"tr": None, "tr_of": ((1, "c"), 2), "mark": None, "phrase": None}
WIDTH = 100
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""The same sentences compile to the same bytes on any day."""


def templates() -> Catalog:
    """Return every sentence of the program, with the files it stands in."""
    catalog = Catalog(charset="utf-8")
    # It warns of f-strings among the values, which are meant.
    with redirect_stderr(io.StringIO()):
        found = list(extract_from_dir(ROOT / "rnn_tui", [("**.py", "python")], keywords=KEYWORDS))
    for file, _, message, _, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
        catalog.add(message, locations=[(f"rnn_tui/{file}", 0)], context=context)
    for message in of_keys():
        catalog.add(message, locations=[("rnn_tui/keys/table.py", 0)])
    for message in (word for cell in CELLS.values() for word in cell.words):
        catalog.add(message, locations=[("rnn_tui/nn/cells.py", 0)])
    for term in (*TERMS, *QUESTIONS):
        for message in term.sentences:
            catalog.add(message, locations=[("rnn_tui/tui/glossary", 0)])
    for message in (sentence for lesson in LESSONS for sentence in lesson.sentences):
        catalog.add(message, locations=[("rnn_tui/tui/screens/lessons.py", 0)])
    return catalog


def of_keys() -> Iterator[str]:
    """Yield what the table of keys says."""
    for key in KEYS:
        yield from filter(None, (key.label, key.standing, key.title, key.sentence))


def updated(file: Path, fresh: Catalog) -> Catalog:
    """Return a catalog with the sentences there are now, and what is translated of them."""
    with file.open("rb") as opened:
        catalog = read_po(opened, locale=file.stem)
    kept = {(message.id, message.context): message.string for message in catalog if message.id}
    new = Catalog(locale=file.stem, charset="utf-8", header_comment=catalog.header_comment)
    for message in fresh:
        if message.id:
            said = kept.get((message.id, message.context), "")
            new.add(message.id, said, locations=message.locations, context=message.context)
    return new


def text(catalog: Catalog) -> bytes:
    """Return a catalog as its file has it: without dates and lines, so that little changes."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=WIDTH, omit_header=True, include_lineno=False)
    head = f'msgid ""\nmsgstr ""\n"Language: {catalog.locale}\\n"\n'
    head += '"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return head.encode() + buffer.getvalue()


def compiled(file: Path) -> bytes:
    """Return what a catalog compiles to; what is not translated is not in it."""
    with file.open("rb") as opened:
        catalog = read_po(opened, locale=file.stem)
    plain = Catalog(locale=file.stem, charset="utf-8", fuzzy=False, creation_date=NO_DAY)
    for message in catalog:
        if message.id and message.string:
            plain.add(message.id, message.string, context=message.context)
    buffer = io.BytesIO()
    write_mo(buffer, plain)
    return buffer.getvalue()


def main(*begun: str) -> None:
    for language in begun:
        (FOLDER / f"{language}.po").write_bytes(text(Catalog(locale=language, charset="utf-8")))
    fresh = templates()
    for file in sorted(FOLDER.glob("*.po")):
        catalog = updated(file, fresh)
        file.write_bytes(text(catalog))
        file.with_suffix(".mo").write_bytes(compiled(file))
        missing = [message.id for message in catalog if message.id and not message.string]
        print(f"{file.name}: {len(catalog)} sentences, {len(missing)} not translated")


if __name__ == "__main__":
    main(*sys.argv[1:])
