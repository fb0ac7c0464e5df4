"""A lesson's file: each kind of mistake is one line that says where."""

import re
from pathlib import Path

import pytest

from rnn_tui.errors import InputError
from rnn_tui.lessons.built_in import find
from rnn_tui.lessons.course import require_playable
from rnn_tui.lessons.facts import FACTS
from rnn_tui.lessons.functions import FUNCTIONS
from rnn_tui.lessons.reading import ABOVE, read_lesson
from rnn_tui.lessons.steps import ENTRIES

GOOD = """\
title = "A lesson"
text = "abab"
hidden_size = 2

[[step]]
say = \"\"\"
It reads {V} characters:
ask = what = [[step]]
\"\"\"
ask = "How many?"
number = "V"
why = "{V}."

[[step]]
say = "Now trained."
ask = "Lower?"
then = 20
keep = { before = "loss" }
why = "{before:.2f} → {loss:.2f}"

[step.choices]
"yes" = "loss < before"
"no" = "loss >= before"

[[step]]
say = "Do one."
ask = "Which key?"
key = "train.step"
why = "That one: {train.step}."
see = "unrolled"
"""


def read(tmp_path: Path, text: str) -> str:
    """What is said of a file; empty: it is a lesson that can be played."""
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    try:
        require_playable(read_lesson(file))
    except InputError as error:
        return str(error)
    return ""


def test_a_good_one(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == ""
    assert read(tmp_path, "\ufeff" + GOOD.replace("\n", "\r\n")) == ""
    lesson = read_lesson(tmp_path / "mine.toml")
    assert (lesson.name, lesson.title, len(lesson.steps)) == ("mine.toml", "A lesson", 3)
    config = lesson.steps[0].start.config
    assert (config.hidden_size, config.seq_length) == (2, 3)


MISTAKES = [
    ("title = ", "title == ", "is not TOML: Invalid value (at line 1"),
    ('title = "A lesson"\n', "", "line 1: title is missing"),
    ('"A lesson"', "3", "line 1: title: it is text in quotes, not 3"),
    ('text = "abab"', 'corpus = "hallo"', "line 2: corpus: there is no hallo; there are hello"),
    ('text = "abab"', 'corpus = "tidebook"', "line 2: corpus: longer than 20,000 characters"),
    ('text = "abab"', 'text = "a"', "line 2: text: lesson: has only one character"),
    ('text = "abab"\n', "", "line 1: a lesson has either a text or a corpus"),
    ('text = "abab"', 'text = "abab"\ncorpus = "hello"', "line 2: text: a lesson has either"),
    ("hidden_size = 2", "hidden_size = 65", "line 3: hidden_size: at most 64"),
    ("hidden_size = 2", "hidden_size = 0", "line 3: hidden_size: must be at least 1, not 0"),
    ("hidden_size = 2", "hidden_size = 2.5", "line 3: hidden_size: it is a whole number, not 2.5"),
    ("hidden_size = 2", "hidden_size = true", "line 3: hidden_size: it is a whole number"),
    ("hidden_size = 2", "hiden_size = 2", "line 3: hiden_size: it means nothing here; did you"),
    ("hidden_size = 2", 'cell = "tree"', "line 3: cell: is one of rnn, lstm, gru, not 'tree'"),
    ("hidden_size = 2", "learning_rate = -1.0", "line 3: learning_rate: must be above 0, not -1.0"),
    ('ask = "How many?"', 'aks = "How many?"', "line 10: aks: it means nothing here; did you mean"),
    ('ask = "How many?"\n', "", "line 5: ask is missing"),
    ('ask = "How many?"', 'ask = " "', "line 10: ask: it is empty"),
    ('ask = "How many?"', f'ask = "{"a" * 601}"', "line 10: ask: longer than 600"),
    ("{V} characters", "{v} characters", "line 6: say: v: there is no v; did you mean V?"),
    ("{V} characters", "{V characters", "line 6: say: a { without its }"),
    ("{train.step}", "{train.stop}", "line 29: why: there is no key named train.stop"),
    ('number = "V"\n', "", "line 5: a step has one of choices, number, key, and only one"),
    ('number = "V"', 'number = "V"\nkey = "train.step"', "line 12: key: a step has one of"),
    ('number = "V"', "number = 4", "line 11: number: it is text in quotes, not 4"),
    ('number = "V"', 'number = "V +"', "line 11: number: V +: invalid syntax"),
    ('number = "V"', 'number = "V.real"', "line 11: number: V.real: no place for a dot"),
    ('number = "V"', 'number = "los"', "line 11: number: los: there is no los; did you mean loss?"),
    ('number = "V"', 'number = "V"\ntolerance = -1', "line 12: tolerance: a number from 0"),
    ('number = "V"', 'number = "V"\ntolerance = nan', "line 12: tolerance: a number from 0"),
    ("then = 20", "then = 20\ntolerance = 1", "line 18: tolerance: only a number has one"),
    (
        "hidden_size = 2",
        "num_layers = 2",
        "line 3: num_layers: a recurrent network of a lesson has",
    ),
    ("hidden_size = 2", "num_layers = 5", "line 3: num_layers: at most 4"),
    (
        "hidden_size = 2",
        'network = "nn"',
        "line 3: network: is one of recurrent, dense, cnn, not 'nn'",
    ),
    ("hidden_size = 2", 'checkpoint = "gone.safetensors"', "line 3: checkpoint: "),
    (
        "hidden_size = 2",
        'hidden_size = 2\ncheckpoint = "x"',
        "line 3: hidden_size: a checkpoint has",
    ),
    ("hidden_size = 2", "seq_length = 41", "line 3: seq_length: at most 40"),
    (
        "hidden_size = 2",
        "hidden_size = 2\nhidden_size = 3",
        "is not TOML: Cannot overwrite a value (at",
    ),
    (
        "then = 20",
        "corpus = 'hello'\ntext = 'ab'",
        "line 18: text: a lesson has either a text or a",
    ),
    ("then = 20", "text = 'a'", "line 17: text: lesson: has only one character"),
    ("then = 20", "hidden_size = 0", "line 17: hidden_size: must be at least 1"),
    ("then = 20", "then = 20\nthen = 30", "is not TOML: Cannot overwrite a value (at line 18"),
    ("then = 20", "then = '20'", "line 17: then: it is a whole number, not '20'"),
    ("then = 20", "at = 4", "line 17: at: a whole number from 1 to 3"),
    ("then = 20", "at = 2.5", "line 17: at: it is a whole number, not 2.5"),
    ("then = 20", "unit = 3", "line 17: unit: a whole number from 1 to 2"),
    ("then = 20", "micro_step = 15", "line 17: micro_step: a whole number from 0 to 14"),
    ("then = 20", "weight = 'W_hh[3, 1]'", "line 17: weight: row and column of a weight there is"),
    ("then = 20", "gates = 1", "line 17: gates: it is true or false, not 1"),
    ("then = 20", "update = true", "line 17: update: it is a whole number, not True"),
    ('say = "Now trained."', "say = ['a', 'b']", "line 15: say: it is text in quotes"),
    ('say = "Now trained."', 'say = "Now trained.', "is not TOML: Illegal character"),
    ('{ before = "loss" }', '"loss"', "line 18: keep: it is a table, not 'loss'"),
    (
        "[step.choices]",
        '[step.choices]\n"no" = "1 > 2"',
        "is not TOML: Cannot overwrite a value (at",
    ),
    (
        "[step.choices]",
        '[step.choices]\n"perhaps" = 3',
        "line 22: choices.perhaps: it is an expression",
    ),
    ("{before:.2f}", "{befor:.2f}", "line 19: why: befor: there is no befor; did you mean before?"),
    ("{before:.2f}", "{loss:.2g}", "invalid decimal literal; after a colon stands .3f or .1%"),
    (
        "{before:.2f}",
        "{sqr(4)}",
        "line 19: why: sqr(4): there is no function sqr; did you mean sqrt?",
    ),
    ("then = 20", "then = 5001", "line 17: then: a number of updates from 0 to 5,000"),
    ("then = 20", "update = 30\nthen = 20", "line 18: then: it comes after update 30"),
    ("then = 20", "learning_rate = 0", "line 17: learning_rate: must be above 0"),
    ("then = 20", "learning_rate = inf", "line 17: learning_rate: at most 100"),
    ('before = "loss"', 'Before = "loss"', "line 18: keep.Before: a name is small letters"),
    ('before = "loss"', 'loss = "loss"', "line 18: keep.loss: this is measured anyway"),
    ('before = "loss"', "before = 1", "line 18: keep.before: it is an expression in quotes"),
    ("loss >= before", "loss >= befor", "line 23: choices.no: loss >= befor: there is no befor"),
    ('"no" = "loss >= before"\n', "", "line 21: choices: 2 to 6 answers"),
    (
        'why = "{before:.2f} → {loss:.2f}"\n\n[step.choices]\n',
        '[step.choices]\nwhy = "{loss}"\n',
        "line 14: why is missing; below [step.choices] it is one of the choices",
    ),
    ('see = "unrolled"', 'see = "2"', "line 30: see: there is no 2; there are train, unrolled"),
    ('see = "unrolled"', 'see = "race"', "line 30: see: there is no race; "),
    ('key = "train.step"', 'key = "train.stop"', "line 28: key: there is no train.stop; did you"),
    ('see = "unrolled"', 'see = "rolled"', "line 30: see: there is no rolled; did you mean"),
    ("[[step]]\n", "[[stop]]\n", "line 5: stop: it means nothing here; did you mean step?"),
    ('"V"', "\"p[1, 'z']\"", "mine.toml, line 11: number: p[1, 'z']: there is no character \"z\""),
    ('"V"', '"V > 1"', "mine.toml, line 11: number: V > 1: is yes, no number"),
    (
        '"V"',
        '"1 / 3"',
        "mine.toml, line 11: number: 0.3333, as it is shown, would be wrong: give it a tolerance",
    ),
    ('"V"', '"f[1, 1]"', "mine.toml, line 11: number: f[1, 1]: this network has no f"),
    ('"V"', '"sees"', "mine.toml, line 11: number: sees: a recurrent network sees all since"),
    ('"V"', '"1 / 0"', "mine.toml, line 11: number: 1 / 0: is inf, no number"),
    ('"V"', '"read[1]"', "mine.toml, line 11: number: read[1]: is a, no number"),
    ('"V"', "\"after('xyz')['a']\"", "mine.toml, line 11: number: "),
    ("{V}.", "{h[9]}.", "mine.toml, line 12: why: h[9]: there is no time step 9"),
    ('before = "loss"', 'before = "h"', "line 14: h: a table of 4 × 2 is too much to keep"),
    (
        "loss >= before",
        "loss < before",
        "mine.toml, line 21: choices: one of the choices has to be right",
    ),
    (
        "loss < before",
        "loss",
        "mine.toml, line 21: choices: one of the choices has to be right, and no",
    ),
]


@pytest.mark.parametrize(("there", "instead", "said"), MISTAKES)
def test_a_mistake_is_said_in_one_line(tmp_path: Path, there: str, instead: str, said: str) -> None:
    assert there in GOOD
    told = read(tmp_path, GOOD.replace(there, instead))
    assert said in told
    assert "\n" not in told
    assert "mine" in told


def test_what_is_no_file_of_a_lesson(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "large.toml").write_bytes(b"#" * 200_001)
    (tmp_path / "deep.toml").write_text("a = " + "[" * 50_000)
    (tmp_path / "none.toml").write_text('title = "x"\ntext = "ab"\n')
    (tmp_path / "odd.toml").write_text('title = "x"\ntext = "ab"\nstep = [1]\n')
    said = {
        "bytes": "is not UTF-8",
        "large": "larger than 200,000 bytes",
        "deep": "is not TOML",
        "none": "line 1: a lesson has steps",
        "odd": "line 1: a lesson has steps",
        "gone": "cannot read",
    }
    for name, message in said.items():
        with pytest.raises(InputError, match=message):
            read_lesson(tmp_path / f"{name}.toml")


def test_a_name_that_is_none() -> None:
    with pytest.raises(InputError, match="there is no lesson wal; did you mean wall"):
        find("wal")


def test_training_that_diverges_is_said(tmp_path: Path) -> None:
    text = GOOD.replace("then = 20", "then = 400\nlearning_rate = 100")
    text = text.replace("abab", "hello")
    text = text.replace("hidden_size = 2", 'hidden_size = 9\noptimizer = "sgd"')
    assert "line 15: training diverged" in read(tmp_path, text)


PAGE = (Path(__file__).parents[2] / "docs" / "lessons.md").read_text("utf-8")


def test_the_page_tells_of_every_name_and_entry() -> None:
    for name in (*FACTS, *FUNCTIONS, *ENTRIES, *ABOVE):
        assert re.search(rf"`([^`]* )?{name}\b[^`]*`", PAGE), name


def test_the_page_s_lessons_can_be_played(tmp_path: Path) -> None:
    found = re.findall(r"^```toml\n(.*?)^```", PAGE, re.M | re.S)
    assert len(found) == 2
    assert [read(tmp_path, lesson) for lesson in found] == ["", ""]
