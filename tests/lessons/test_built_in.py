"""Every lesson that comes with the program, played right and wrong; answers by plain loops."""

from functools import cache
from math import exp, log

import numpy as np
import pytest

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.lessons.built_in import find, lessons, names
from rnn_tui.lessons.course import Scene, require_playable, scenes
from rnn_tui.lessons.judging import LETTERS, Verdict, judge, measured, understood
from rnn_tui.lessons.lesson import Lesson
from tests.lessons.plain import Plain, trained

ALL = {lesson.name: lesson for lesson in lessons()}
EACH = pytest.mark.parametrize("name", ALL)


@cache
def played(name: str) -> list[Scene]:
    return list(scenes(ALL[name]))


def verdict(scene: Scene, answer: str) -> Verdict:
    return judge(scene.step, answer, scene.answers)


@EACH
def test_the_right_answer_is_right_and_no_other(name: str) -> None:
    require_playable(ALL[name])
    for scene in played(name):
        step, solution = scene.step, verdict(scene, "").solution.strip("{}")
        assert verdict(scene, solution).right
        others = [*LETTERS[: len(step.choices)]]
        if step.number:
            value = float(solution.replace("−", "-"))
            wide = step.tolerance * 1.2 + 0.001
            others = [str(value + wide), str(value - wide), "x"]
        if step.key:
            others = [key.id for key in KeyTable().rows]
        wrong = [other for other in others if other != solution]
        assert wrong
        assert not any(verdict(scene, other).right for other in wrong)


@EACH
def test_its_sentences_are_short_and_filled_in(name: str) -> None:
    for scene in played(name):
        step = scene.step
        (say,) = measured([step.say], scene.before)
        (ask,) = measured([step.ask], scene.before)
        (why,) = measured([step.why], scene.after)
        assert len(say) <= 260
        assert len(ask) <= 110
        assert len(why) <= 260
        assert step.say.parts
        assert not any("nan" in text for text in (say, ask, why))
        assert all(len(measured([c.text], scene.before)[0]) <= 40 for c in step.choices)
        assert not step.choices or understood(step, LETTERS[len(step.choices)])


def third(condition: bool, *others: bool) -> str:
    """The letter of the one that is so."""
    found = [condition, *others]
    assert found.count(True) == 1
    return LETTERS[found.index(True)]


def one_hot(lesson: Lesson) -> list[object]:
    net = trained(lesson, 0)
    return ["abcd"[int(net.x[2].argmax())], len(net.weights["W_xh"] @ net.x[0]), len(net.logits[0])]


def formula(lesson: Lesson) -> list[object]:
    net = trained(lesson, 0)
    W = net.weights
    zero = [not (W["W_xh"] @ net.x[0]).any(), not (W["W_hh"] @ net.h[-1]).any(), not W["b_h"].any()]
    return [third(*zero), np.tanh(net.a[0][0]), "b"]


def memory(lesson: Lesson) -> list[object]:
    before, after = trained(lesson, 0), trained(lesson, 300)
    W = before.weights
    differs = [
        bool((W["W_xh"] @ (before.x[2] - before.x[3])).any()),
        bool((W["W_hh"] @ (before.h[1] - before.h[2])).any()),
    ]
    said = after.favorite(after.p[3])
    return [third(*differs, False), {"l": "a", "o": "b"}[said], "b"]


def one_cell(lesson: Lesson) -> list[object]:
    net = trained(lesson, 0)
    weights = sum(w.size for w in net.weights.values())
    return [net.weights["W_hh"].size, weights, sum(net.h[t - 1].any() for t in range(4))]


def loss(lesson: Lesson) -> list[object]:
    net, later = trained(lesson, 0), trained(lesson, 200)
    about = exp(-later.loss)
    return [
        1,
        -log(net.p_of(1, "e")),
        log(4),
        third(about < 0.1, 0.5 < about < 0.9, about > 0.95),
    ]


def update(lesson: Lesson) -> list[object]:
    before, after, later = (trained(lesson, n).p_of(1, "e") for n in (0, 1, 20))
    rises = third(after > before, after < before, after == before)
    return [rises, "train.step", third(later < 0.25, 0.25 <= later <= 0.75, later > 0.75)]


def backprop(lesson: Lesson) -> list[object]:
    net, after = trained(lesson, 0), trained(lesson, 1)
    grad = net.grads["W_hh"][2, 0]
    fell = third(net.loss / 2 < after.loss < net.loss, after.loss <= net.loss / 2, False)
    new = after.weights["W_hh"][2, 0]
    return [third(grad < 0, grad > 0, False), new, "backprop.check", fell]


def wall(lesson: Lesson) -> list[object]:
    bigram = 2 * log(2) / 4
    at = [trained(lesson, n).loss < bigram for n in (50, 100)]
    return [bigram, *(third(below, not below) for below in at), "b"]


def prefixes(lesson: Lesson) -> list[object]:
    net = trained(lesson, 300)
    hel, alone = (net.favorite(net.after(text)) for text in ("hel", "l"))
    o = net.symbols.index("o")
    surer = net.after("lll")[o] > net.after("ll")[o]
    return ["loe".index(hel), "lo".index(alone), third(surer, not surer), net.x[:, o].sum()]


def learning_rate(lesson: Lesson) -> list[object]:
    bigram = 2 * log(2) / 4
    usual, slow, fast = (trained(lesson, 100, rate) for rate in (None, 0.003, 0.5))
    apart = abs(fast.h[2] - fast.h[3]).max()
    far = third(
        fast.loss < 0.9 * bigram,
        0.9 * bigram <= fast.loss < 1.1 * bigram,
        fast.loss >= 1.1 * bigram,
    )
    return [
        third(usual.loss < bigram, usual.loss >= bigram),
        third(slow.loss > usual.loss, slow.loss <= usual.loss),
        far,
        third(apart < 0.1, apart >= 0.1),
    ]


def one_number(lesson: Lesson) -> list[object]:
    net, bigram = trained(lesson, 300), 2 * log(2) / 4
    surest = min(net.losses, key=lambda t: net.losses[t])
    return [14, third(net.loss < bigram, net.loss >= bigram), surest]


def temperature(lesson: Lesson) -> list[object]:
    net = trained(lesson, 50)
    o = net.symbols.index("o")

    def drawn(by: float) -> np.ndarray:
        powers = net.p[3] ** (1 / by)
        return np.asarray(powers / powers.sum())

    cold, hot = drawn(0.5), drawn(100)
    half = cold.max() > net.p[3].max(), cold.max() < net.p[3].max(), False
    about = third(hot[o] < 0.05, abs(hot[o] - 0.25) < 0.05, hot[o] > 0.95)
    return [third(*map(bool, half)), cold[o], about, "temperature.lower"]


PLAIN = {
    "one-hot": one_hot,
    "formula": formula,
    "memory": memory,
    "one-cell": one_cell,
    "loss": loss,
    "update": update,
    "backprop": backprop,
    "wall": wall,
    "prefixes": prefixes,
    "learning-rate": learning_rate,
    "one-number": one_number,
    "temperature": temperature,
}


@EACH
def test_answers_are_those_of_plain_loops(name: str) -> None:
    expected = PLAIN[name](ALL[name])
    assert len(expected) == len(ALL[name].steps)
    for scene, answer in zip(played(name), expected, strict=True):
        if scene.step.number:
            assert scene.answers == [pytest.approx(float(str(answer)), abs=1e-7)]
        else:
            letter = LETTERS[answer] if isinstance(answer, int) else str(answer)
            assert verdict(scene, letter).right


def test_plain_loops_train_as_the_program_does() -> None:
    net: Plain = trained(ALL["wall"], 100)
    assert played("wall")[-1].before.value("loss") == pytest.approx(net.loss, abs=1e-9)


def test_they_are_found_by_number_name_and_file() -> None:
    for number, name in enumerate(names(), 1):
        assert find(str(number)).name == find(name).name == name
