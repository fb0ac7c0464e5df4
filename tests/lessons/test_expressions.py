"""The little language: what it works out, and what it refuses."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.lessons.evaluation import Numbers, evaluate
from rnn_tui.lessons.expressions import LONGEST, parse
from rnn_tui.lessons.facts import FACTS, Facts
from rnn_tui.lessons.functions import FUNCTIONS
from rnn_tui.lessons.judging import number
from rnn_tui.lessons.values import ExpressionError, Table
from rnn_tui.lessons.wording import keys_in, sentence, written
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.trainer import Trainer


def facts() -> Facts:
    corpus = corpus_from_bytes(b"banana boat", "text")
    config = choose_config(corpus, "hello", {"hidden_size": 5, "seq_length": 7})[0]
    return Facts(Trainer(config, corpus), {"kept": 4.5, "word": "a"})


NUMBERS = st.floats(-50, 50).map(lambda x: round(x, 3))
LEAVES = NUMBERS.map(str)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda x: f"-({x})"),
        st.tuples(st.sampled_from(["abs", "tanh"]), inner).map(lambda t: f"{t[0]}({t[1]})"),
    ),
    max_leaves=9,
)


@given(TREES)
def test_arithmetic_is_pythons(source: str) -> None:
    if len(source) <= LONGEST:
        found = evaluate(parse(source), Numbers())
        assert found == pytest.approx(eval(source, {"abs": abs, "tanh": math.tanh}))


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("V*H + H*H + H + H*V + V", 6 * 5 + 25 + 5 + 5 * 6 + 6),
        ("read[1]", "b"),
        ("target[1]", "a"),
        ("read[2] == target[1] and not update > 0", True),
        ("x[1, 'b'] + x[1, 'a']", 1),
        ("argmax(x[3])", "n"),
        ("argmax(-abs(h[0] - 1)) >= 1", True),
        ("shape(W_hy)[1] == V and shape(W_hy)[2] == H", True),
        ("size(losses)", 7),
        ("abs(sum(p[4]) - 1) < 1e-9", True),
        ("min(kept, 3, 9)", 3),
        ("0 < kept <= 4.5", True),
        ("word", "a"),
        ("word != read[1]", True),
        ("p[1, word] == p[1][word]", True),
        ("(kept > 1) + (kept > 9)", 1),
        ("2 ** 0.5 - sqrt(2)", 0),
        ("abs(exp(ln(7)) - 7) < 1e-9", True),
        ("1 / 0", math.inf),
        ("mean(x)", 1 / 6),
        ("max(after('ban'))  ==\n after('ban')[argmax(after('ban'))]", True),
    ],
)
def test_what_is_measured(source: str, value: object) -> None:
    found = evaluate(parse(source), facts())
    assert found == (pytest.approx(value) if isinstance(value, float) else value)


READING = {
    "": "invalid syntax",
    "1 +": "invalid syntax",
    "x.shape": "no place for a dot",
    "().__class__": "no place for a dot",
    "lambda: 1": "no place for lambda",
    "[1, 2]": "no place for list",
    "1 if V else 2": "no place for if",
    "x[1:2]": "no place for a colon",
    "(y := 2)": "no place for namedexpr",
    "f'{V}'": "no place for joinedstr",
    "V and (yield)": "no place for yield",
    "7 % 2": "no place for mod",
    "V is H": "no place for is",
    "None": "no place for None",
    "2j": "no place for 2j",
    "b'x'": "no place for b'x'",
    "open('x')": "there is no function open",
    "lne(2)": "did you mean ln?",
    "__import__('os')": "there is no function __import__",
    "ln(2)(3)": "only functions that have a name",
    "ln": "ln is a function",
    "ln(1, 2)": "ln takes one value",
    "max()": "max takes one value",
    "ln(x=1)": "takes no named values",
    "x[" * 90 + "1" + "]" * 90: "",
    "-" * 250 + "1": "too many parts",
    "1" * 400: "longer than 300",
    "after('" + "a" * 61 + "')": "at most 60 characters",
    "1\0": "cannot be read",
}


@pytest.mark.parametrize("source", READING)
def test_what_cannot_be_read(source: str) -> None:
    with pytest.raises(ExpressionError) as error:
        parse(source)
    assert READING[source] in str(error.value) or "null byte" in str(error.value)
    assert "\n" not in str(error.value)


ASKING = {
    "nothing": "there is no nothing",
    "h[8]": "there is no time step 8: 0 to 7",
    "p[0]": "there is no time step 0: 1 to 7",
    "p[1.5]": "has a whole number",
    "p[1 == 1]": "has a whole number, not yes",
    "p[1, 'z']": 'no character "z"',
    "p[1, 2]": 'named in quotes, as "a", not 2',
    "p[1, 'a', 1]": "3 places are named, and there are 2",
    "V[1]": "6 has no places",
    "(1, 2)": "a place is named in [ ] only",
    "after('xyz')": "never seen",
    "after('')": "at least one character",
    "after(1)": "takes a text in quotes",
    "'a' + 'b'": '"a" is no number',
    "read * 2": "is no number",
    "p + h": "does not go with",
    "not V": "neither true nor false",
    "V and H": "neither true nor false",
    "0 < p < 1": "neither true nor false",
    "argmax(p)": "takes a row of numbers",
    "shape(V)": "has no rows",
}


@pytest.mark.parametrize("source", ASKING)
def test_what_is_not_there(source: str) -> None:
    with pytest.raises(ExpressionError) as error:
        evaluate(parse(source), facts())
    assert ASKING[source] in str(error.value)


def test_the_dearest_expression_is_cheap() -> None:
    measured = facts()
    powers = parse("**".join(["9.9"] * 35))
    before = time.process_time()
    assert evaluate(powers, measured) == math.inf
    assert isinstance(evaluate(parse("W_xh ** 9 ** 9 ** 9"), measured), Table)
    assert time.process_time() - before < 0.5


def test_names_that_are_measured_are_no_functions() -> None:
    assert not FACTS.keys() & FUNCTIONS.keys()


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0.35", 0.35),
        ("0,35", 0.35),
        (" −0.5 ", -0.5),
        ("-ln(0.25)", math.log(4)),
        ("2*ln(2)/4", math.log(2) / 2),
        ("-ln 0.335", 1.0936247),
        ("−ln 0,335", 1.0936247),
        ("2ln2/4", math.log(2) / 2),
        ("2 · ln 2 / 4", math.log(2) / 2),
        ("(1 + 1) ln(2)", math.log(4)),
        ("lnx 2", None),
        ("2 2", None),
        ("1/4", 0.25),
        ("1e3", 1000),
        ("", None),
        ("V", None),
        ("after('a')", None),
        ("1/0", None),
        ("True", None),
        ("ln(-1)", None),
        ("import os", None),
    ],
)
def test_numbers_as_people_type_them(typed: str, value: float | None) -> None:
    assert number(typed) == (value if value is None else pytest.approx(value))


def test_sentences() -> None:
    said = sentence("{{t}} {train.step} {V} is {1/3:.1%}\n and {ln(2):.3f}; {0 - 1e-9:.2f} {1 > 2}")
    assert keys_in(said) == ("train.step",)
    values = [evaluate(one, facts()) for one in said.expressions]
    assert said.filled(values) == "{t} {train.step} 6 is 33.3 % and 0.693; 0.00 no"


@pytest.mark.parametrize("text", ["{", "a } b", "{V", "{V:d}", "{}", "{x.y.z}", "{import}"])
def test_sentences_that_are_none(text: str) -> None:
    with pytest.raises(ExpressionError):
        sentence(text)


def test_what_is_written_moves_no_cursor() -> None:
    assert "\x1b" not in written("\x1b[2J")
    assert written(-0.25) == "−0.25"
    assert written(12345.0) == "12,345"
    assert written(facts().value("read")) == "[b  a  n  a  n  a  ␣]"
    assert written(facts().value("W_hh")).endswith(" …]")
