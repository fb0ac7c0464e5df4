"""The answers of the lessons that come with the program, by plain loops."""

from math import exp, log

import numpy as np

from rnn_tui.lessons.judging import LETTERS
from rnn_tui.lessons.lesson import Lesson
from tests.lessons.plain import LookingBack, Stored, trained


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
    return [third(*zero), np.tanh(net.a[1][0]), "b"]


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
    usual, slow, fast = (trained(lesson, 100, step) for step in (1, 2, 3))
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


def hidden_size(lesson: Lesson) -> list[object]:
    bigram = 2 * log(2) / 4
    early, late = trained(lesson, 100), trained(lesson, 300)
    surest = min(late.losses, key=lambda t: late.losses[t])
    two, three = trained(lesson, 300, 5).loss, trained(lesson, 100, 6).loss
    return [
        sum(early.weights[name].size for name in ("W_hh", "b_h", "b_y")),
        third(early.loss < bigram, early.loss >= bigram),
        third(late.loss < bigram, late.loss >= bigram),
        surest,
        third(two < late.loss, two >= late.loss),
        third(three < bigram, three >= bigram),
    ]


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


def vanishing(lesson: Lesson) -> list[object]:
    of_rnn, of_lstm = (Stored(lesson, step) for step in (1, 4))
    rnn, lstm = (net.arrives(19, 1) / net.arrives(19, 19) for net in (of_rnn, of_lstm))
    before, after = trained(lesson, 0, 6), trained(lesson, 300, 6)
    length, first = after.norm, before.norm
    return [
        third(of_rnn.p(19, "7") > 0.8, 0.04 < of_rnn.p(19, "7") < 0.3, of_rnn.p(19, "7") <= 0.04),
        third(rnn > 0.5, 0.01 <= rnn <= 0.5, rnn < 0.01),
        rnn ** (1 / 18),
        third(of_lstm.p(19, "7") > 0.8, of_lstm.p(19, "7") < 0.3, False),
        third(lstm < 2 * rnn, 2 * rnn <= lstm <= 10 * rnn, lstm > 10 * rnn),
        third(length < first / 5 and after.loss < 0.05, after.loss >= 0.05, length >= first / 5),
    ]


def gates(lesson: Lesson) -> list[object]:
    net = Stored(lesson, 1)

    def gate(letter: str, step: int) -> float:
        return float(net.run[letter][step - 1][6])

    o = [gate("o", step) for step in (11, 15, 19)]
    kept, wiped = gate("f", 10), gate("f", 20)
    return [
        third(kept < 0.2, 0.2 <= kept <= 0.8, kept > 0.8),
        third(gate("i", 1) > gate("i", 10), gate("i", 1) <= gate("i", 10)),
        gate("i", 1) * gate("g", 1),
        kept**10,
        int(np.argmax(o)),
        third(wiped < 0.2, 0.2 <= wiped <= 0.8, wiped > 0.8),
    ]


def dense_cnn(lesson: Lesson) -> list[object]:
    narrow, wide, dense, cnn = (LookingBack(lesson, step) for step in (1, 3, 4, 6))
    bigram = 2 * log(2) / 4
    return [
        third(narrow.loss < 0.9 * bigram, narrow.loss >= 0.9 * bigram),
        wide.size - narrow.size,
        third(wide.loss < 0.9 * bigram, wide.loss >= 0.9 * bigram),
        third(dense.loss < 0.1, dense.loss >= 0.1),
        cnn.sees(),
        third(cnn.loss < 0.1, cnn.loss >= 0.1),
    ]


def two_texts(lesson: Lesson) -> list[object]:
    once, longer, other = trained(lesson, 300), trained(lesson, 600), trained(lesson, 300, 4)
    still = [not once.grads["W_xh"][:, once.symbols.index(c)].any() for c in "helo"]
    after = {net: net.favorite(net.after("hello")) for net in (once, longer, other)}
    return [
        third(after[once] == "h", after[once] in "el", after[once] == "o"),
        third(*still),
        third(after[longer] == "o", after[longer] != "o"),
        third(after[other] == " ", after[other] == "o", after[other] == "h"),
    ]


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
    "hidden-size": hidden_size,
    "vanishing": vanishing,
    "gates": gates,
    "dense-cnn": dense_cnn,
    "two-texts": two_texts,
    "temperature": temperature,
}
