"""What a step says: sentences and answers, each in the languages that the lesson speaks."""

from collections.abc import Collection

from rnn_tui.keys.table import KEYS
from rnn_tui.language import languages
from rnn_tui.lessons.source import Section
from rnn_tui.lessons.values import ExpressionError
from rnn_tui.lessons.wording import Sentence, keys_in

SAID = ("say", "ask", "why", "wrong", "choices")
"""What can be translated."""
LONGEST = 600


def require_translations(section: Section) -> None:
    """Refuse a step that does not speak the languages of the lesson, or says more in one.

    Raises:
        InputError: It does.
    """
    for language in languages():
        if language in section.entries and language not in section.source.tables:
            raise section.error(language, f"above the steps, [{language}] with a title is missing")
        if language in section.source.tables and language not in section.entries:
            raise section.error("", f"{language} is missing, which the lesson's title speaks")
    said = [key for key in SAID if key in section.entries]
    for there in section.translations():
        there.require_known(said)


def sentence_of(section: Section, key: str, known: Collection[str]) -> Sentence:
    """Return an entry as a sentence.

    Raises:
        InputError: It is none, or what translates it is none.
    """
    found = _checked(section, key, section.required(key, str), known)
    for there in section.translations():
        found = _translated(there, key, found, there.required(key, str), known)
    return found


def choices_of(section: Section, known: Collection[str]) -> list[Sentence]:
    """Return the answers to choose from.

    Raises:
        InputError: They cannot be read, or are not translated one by one.
    """
    answers = section.get("choices", dict, {})
    found = [_checked(section, f"choices.{text}", text, known) for text in answers]
    for there in section.translations() if answers else ():
        said = there.required("choices", list)
        if len(said) != len(found) or not all(isinstance(text, str) for text in said):
            wanted = f"{len(found)} texts in quotes, in the order of the answers"
            raise there.error("choices", wanted)
        pairs = zip(found, said, strict=True)
        found = [_translated(there, "choices", one, text, known) for one, text in pairs]
    return found


def _translated(
    there: Section, key: str, said: Sentence, text: str, known: Collection[str]
) -> Sentence:
    try:
        return said.also(there.language, _checked(there, key, text, known))
    except ExpressionError as error:
        raise there.error(key, str(error)) from None


def _checked(section: Section, key: str, text: str, known: Collection[str]) -> Sentence:
    if not text.strip():
        raise section.error(key, "it is empty")
    if len(text) > LONGEST:
        raise section.error(key, f"longer than {LONGEST} characters: two or three sentences")
    read = section.sentence(key, known, text)
    ids = {row.id for row in KEYS}
    for name in keys_in(read):
        if name not in ids:
            raise section.error(key, f"there is no key named {name}; rnn-tui keys lists them")
    return read
