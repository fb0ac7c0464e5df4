"""Every measured name, compared with the printed equations in plain loops."""

import math
from collections import Counter
from contextlib import suppress
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from rnn_tui.lessons.facts import FACTS, Facts
from rnn_tui.lessons.values import ExpressionError, Table
from rnn_tui.nn import plain
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.trainer import Trainer

TEXT = "abcab dabcafe"
T, H = 6, 5
CELLS = pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])


def trainer(cell: str) -> Trainer:
    corpus = corpus_from_bytes(TEXT.encode(), "text")
    given = {"cell": cell, "hidden_size": H, "seq_length": T, "learning_rate": 0.02}
    found = Trainer(choose_config(corpus, "hello", given)[0], corpus)
    for _ in range(9):
        found.step()
    return found


def array(facts: Facts, name: str) -> Any:
    value = facts.value(name)
    return value.values if isinstance(value, Table) else value


@CELLS
def test_values_are_those_of_the_equations(cell: str) -> None:
    run = trainer(cell)
    facts, symbols = Facts(run), run.corpus.vocab.symbols
    x = np.eye(len(symbols))[[symbols.index(c) for c in TEXT[:T]]]
    targets = np.array([symbols.index(c) for c in TEXT[1 : T + 1]])
    p = {name: array(facts, paper) for name, paper in
         {"weight_ih": "W_xh", "weight_hh": "W_hh", "bias": "b_h"}.items()}  # fmt: skip
    p |= {"bias_hn": run.model.parameters["rnn.bias_hn_l0"]} if cell == "gru" else {}
    zero = [np.zeros(H)] * (2 if cell == "lstm" else 1)
    steps = getattr(plain, cell)(p, x, *zero)
    out = plain.output(array(facts, "W_hy"), array(facts, "b_y"), steps["h"], targets)
    dy = {t: out["dy"][t] / T for t in range(T)}
    dh = {t: array(facts, "W_hy").T @ dy[t] for t in range(T)}
    back = getattr(plain, f"{cell}_backward")(p, x, steps, dh, tuple(zero))
    by_step = {
        "x": x,
        "h": [zero[0], *(steps["h"][t] for t in range(T))],
        "from_input": x @ p["weight_ih"].T,
        "logits": [out["y"][t] for t in range(T)],
        "p": [out["p"][t] for t in range(T)],
        "losses": [out["loss"][t] for t in range(T)],
        "loss": np.mean([out["loss"][t] for t in range(T)]),
        "dW_xh": back.parameters["weight_ih"],
        "dW_hh": back.parameters["weight_hh"],
        "db_h": back.parameters["bias"],
        "dW_hy": sum(np.outer(dy[t], steps["h"][t]) for t in range(T)),
        "db_y": sum(dy.values()),
    }
    if cell == "rnn":
        by_step["a"] = [steps["a"][t] for t in range(T)]
        by_step["from_memory"] = [p["weight_hh"] @ steps["h"][t - 1] for t in range(T)]
        grads = [by_step[name] for name in ("dW_xh", "dW_hh", "db_h", "dW_hy", "db_y")]
        by_step["norm"] = math.sqrt(sum((np.asarray(g) ** 2).sum() for g in grads))
    for name, expected in by_step.items():
        np.testing.assert_allclose(array(facts, name), expected, atol=1e-12, err_msg=name)


def test_facts_of_the_text_and_the_run() -> None:
    run = trainer("rnn")
    facts, V = Facts(run), len(set(TEXT))
    alone, pairs = Counter(TEXT), Counter(pairwise(TEXT))
    first = Counter(TEXT[:-1])
    expected = {
        "update": 9,
        "learning_rate": 0.02,
        "V": V,
        "H": H,
        "T": T,
        "parameters": V * H + H * H + H + H * V + V,
        "uniform": math.log(V),
        "unigram": -sum(n / 13 * math.log(n / 13) for n in alone.values()),
        "bigram": -sum(n / 12 * math.log(n / first[a]) for (a, _), n in pairs.items()),
    }
    assert {name: facts.value(name) for name in expected} == pytest.approx(expected)
    assert "".join(array(facts, "read")) + array(facts, "target")[-1] == TEXT[: T + 1]


@CELLS
def test_looking_changes_nothing(cell: str) -> None:
    run, other = trainer(cell), trainer(cell)
    facts = Facts(run)
    for name in FACTS:
        with suppress(ExpressionError):  # a gate of another cell
            facts.value(name)
    facts.after("abc")
    assert run.model.grads_flat.tobytes() == other.model.grads_flat.tobytes()
    assert run.step() == other.step()
    assert run.model.flat.tobytes() == other.model.flat.tobytes()
