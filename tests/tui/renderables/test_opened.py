"""The row of micro-steps, the gradients and what is known, as text."""

import re
from typing import Any

import numpy as np
import pytest
from textual.color import Color

from rnn_tui.inspection.microsteps import micro_steps
from rnn_tui.protocol.update import Known, Matrix, Opened, Vector
from rnn_tui.training.settings.config import Config
from rnn_tui.tui.renderables.update import formulas, known, matrices, strip
from rnn_tui.tui.renderables.update.equations import equations
from rnn_tui.tui.renderables.update.filled import bracketed
from rnn_tui.tui.theme.diverging_scale import LEVELS, Diverging, make_diverging
from rnn_tui.tui.theme.palette import Palette


def matrix(name: str, values: Any, added: float = 0.0) -> Matrix:
    array = np.array(values, dtype=float)
    two = array.reshape(len(array), -1)
    return Matrix(name, array.shape, two, False, float(np.linalg.norm(array)), added)


def opened(done: int = 0, T: int = 4, layers: int = 1, **changes: Any) -> Opened:
    parts: dict[str, Any] = {
        "done": done,
        "steps": micro_steps(T, layers),
        "inputs": np.arange(T) % 4,
        "targets": (np.arange(T) + 1) % 4,
        "losses": np.ones(T),
        "sequence": 0,
        "batch_size": 1,
        "vectors": {},
        "numbers": {},
        "words": {},
        "matrices": (),
        "limit": 1.0,
        "clipping": None,
        "weight": None,
        "known": None,
    }
    return Opened(**{**parts, **changes})


def row(part: Opened, width: int = 78) -> list[str]:
    strips = strip.draw(part, "helo", width, Palette())
    assert [one.cell_length for one in strips] == [width, width]
    return [one.text.rstrip() for one in strips]


def marked(part: Opened) -> list[str]:
    strips = strip.draw(part, "helo", 78, Palette())
    return [s.text.strip() for s in strips[0] if s.style and s.style.reverse]


def test_the_row_of_hello() -> None:
    assert row(opened()) == [
        " forward  1  2  3  4 ┃  loss  ┃ backward  4  3  2  1 ┃  clip  ┃  update",
        "          h  e  l  o                      o  l  e  h",
    ]


@pytest.mark.parametrize(
    ("done", "here"),
    [(0, []), (1, ["1"]), (2, ["1"]), (3, ["2"]), (9, ["loss"]), (10, ["4"]), (13, ["3"]),
     (18, ["clip"]), (19, ["update"])],
)  # fmt: skip
def test_one_place_is_marked(done: int, here: list[str]) -> None:
    assert marked(opened(done)) == here


@pytest.mark.parametrize("T", [9, 50, 150])
@pytest.mark.parametrize("width", [58, 78, 198])
def test_of_a_long_window_the_part_around(T: int, width: int) -> None:
    steps = micro_steps(T, 2)
    for done in range(1, len(steps) + 1, 7):
        part = opened(done, T, 2)
        shown = row(part, width)[0]
        if steps[done - 1].t >= 0:
            assert f" {steps[done - 1].t + 1} " in shown


def picture(parts: tuple[Matrix, ...], width: int = 118, height: int = 12, **changes: Any) -> str:
    asked: dict[str, Any] = {"limit": 0.25, "layers": 1, "marked": None, **changes}
    strips = matrices.draw(
        parts,
        asked["limit"],
        asked["layers"],
        asked["marked"],
        width,
        height,
        Palette(),
        Diverging(),
    )
    assert [one.cell_length for one in strips] == [width] * height
    return "\n".join(one.text.rstrip() for one in strips)


W_XH = matrix("rnn.weight_ih_l0", [[0.11, -0.2], [0.0, 0.03], [0.25, -0.006]], 0.07)
B_Y = matrix("linear.bias", [0.012, -0.1])


def test_gradients_with_their_numbers() -> None:
    assert (
        picture((W_XH, B_Y)).rstrip()
        == """\
 dW_xh 3×2      db_y 2
  1.10 −2.00     0.12
  0.00  0.30    −1.00
  2.50 −0.06    ‖1.01‖
 ‖3.40‖ +0.70"""
    )


def test_small_gradients_in_a_unit_of_their_own() -> None:
    tiny = matrix("rnn.weight_hh_l1", np.array([[3.2e-4, -1e-5]]))
    assert "dW_hh2 1×2\n  3.20 −0.10\n ‖3.20‖" in picture((tiny,), limit=3.2e-4, layers=2)
    units = [matrices.unit(limit) for limit in (3.2e-4, 0.25, 2.5, 31.0)]
    assert units == ["×10⁻⁴", "×10⁻¹", "", "×10¹"]


def test_one_decimal_where_two_do_not_fit() -> None:
    shapes = {
        "rnn.weight_ih_l0": (3, 4),
        "rnn.weight_hh_l0": (3, 3),
        "rnn.bias_l0": (3,),
        "linear.weight": (4, 3),
        "linear.bias": (4,),
    }
    parts = tuple(matrix(name, np.full(shape, -0.164), 0.5) for name, shape in shapes.items())
    text = picture(parts, width=76, height=6, limit=0.164)
    assert text.splitlines()[1].split() == ["−1.6"] * 12
    assert text.splitlines()[0].split()[-2:] == ["db_y", "4"]
    assert "‖3.3‖ +5.0" in text


@pytest.mark.parametrize("limit", [0.0, np.inf, np.nan])
def test_no_unit_where_there_is_no_largest_gradient(limit: float) -> None:
    assert matrices.unit(limit) == ""


def test_of_the_smallest_number_there_is_a_picture() -> None:
    least = 5e-324
    assert np.isfinite(np.float64(least) / 10.0 ** matrices.power(least))
    assert "0.00" in picture((matrix("linear.weight", [[least, 0.0]]),), limit=least)


def test_signs_where_there_is_no_room_for_numbers() -> None:
    wide = matrix("rnn.weight_hh_l0", np.linspace(-0.25, 0.25, 36).reshape(3, 12))
    text = picture((wide,), width=40).splitlines()
    assert text[1] == " " + "−−" * 12
    assert text[3] == " " + "++" * 12


def test_what_is_no_number() -> None:
    text = picture((matrix("linear.weight", [[np.nan, np.inf, -np.inf]]),), limit=np.nan)
    assert "NaN" in text
    assert "∞" in text


@pytest.mark.parametrize("size", [(78, 6), (118, 12), (198, 20), (58, 3)])
def test_what_fits_is_not_cut(size: tuple[int, int]) -> None:
    shapes = [
        ("rnn.weight_ih_l0", (512, 65)),
        ("rnn.weight_hh_l0", (512, 128)),
        ("rnn.bias_l0", (512,)),
    ]
    rows, columns = matrices.fit(shapes, 1, *size)
    assert 2 <= rows <= 12
    assert 1 <= columns <= 40


def known_part() -> Known:
    h = np.array([[0.5, -0.25], [np.nan, np.nan]])
    dh = np.array([[np.nan, np.nan], [0.031, -0.002]])
    return Known(0, h, dh, np.array([1.25, np.nan]))


def test_known_and_not_yet_known() -> None:
    found = known_part()
    part = opened(5, known=found, limit=0.012)
    strips = known.draw(part, found, "helo", 60, 7, Palette(), Diverging())
    lines = [one.text.split() for one in strips]
    assert lines == [
        ["target", "e", "1.250", "l", "·"],
        ["h", "dh", "h", "dh"],
        ["unit", "1", "0.50", "·", "·", "3.100"],
        ["unit", "2", "−0.25", "·", "·", "−0.200"],
        ["input", "h", "e"],
        ["step", "t", "1", "2"],
        [],
    ]


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("height", [4, 8, 20])
def test_every_micro_step_has_a_formula(cell: Any, height: int) -> None:
    config = Config(cell=cell, num_layers=2)
    steps = micro_steps(3, 2)
    for done, step in enumerate(steps, start=1):
        written = equations(step, config, 3, "helo".__getitem__, "e", 2)
        names = {n for e in written for text in e.filled for n in re.findall(r"\{(\w+)\}", text)}
        vectors = {n: Vector(np.arange(9) / 10, 128, 1.0) for n in names}
        part = opened(done, 3, 2, vectors=vectors)
        strips = formulas.draw(part, config, "helo", 78, height, Palette())
        assert [one.cell_length for one in strips] == [78] * height
        text = "\n".join(one.text for one in strips)
        assert "{" not in text
        assert all(e.left in text for e in written[:height])
        assert formulas.title(part)


def test_vectors_are_cut_with_a_sign() -> None:
    vector = Vector(np.array([0.5, -12.25, 0.125]), 128, 1.0)
    assert bracketed(vector, 3) == "[ 0.50 −12.25  0.12 …]"
    assert bracketed(vector, 1) == "[ 0.50 …]"
    assert bracketed(Vector(np.array([0.03]), 1, 1.0), 1, -2) == "[ 3.00]"
    assert bracketed(Vector(np.array([0.03]), 1, 1.0), 1, -2, 3) == "[ 3.000]"


def test_the_scale_stands_out_more_and_more() -> None:
    colors = [Color.parse(name) for name in ("#111111", "#eeeeee", "#ff8800", "#0088ff")]
    scale = make_diverging(*colors)
    assert len({scale.style(share) for share in np.linspace(-1, 1, 2 * LEVELS)}) >= 2 * LEVELS - 2
    assert scale.cell(-0.5, 2)[0] == "−−"
    assert scale.cell(0.5)[0] == "+"
    assert scale.cell(0.01)[0] == "·"
    assert scale.cell(float("nan"))[0] == "?"
    assert scale.style(9.0) == scale.style(1.0)


def test_without_colors_the_sign_remains() -> None:
    ansi = Color.parse("ansi_default")
    scale = make_diverging(ansi, ansi, ansi, ansi)
    assert [scale.cell(share)[0] for share in (-1.0, 0.0, 1.0)] == ["−", "·", "+"]
    assert scale.style(1.0).bold
    assert scale.style(0.0).dim


@pytest.mark.parametrize(("width", "height"), [(76, 6), (30, 5), (40, 9), (118, 5), (118, 40)])
def test_the_whole_matrices_are_those_with_their_norms(width: int, height: int) -> None:
    """Each has another norm, of which the text tells; a layer has other shapes than the next."""
    parts = tuple(
        matrix(f"conv.weight_l{n}", np.full((3, 2 + n % 3), 0.01 * (n + 1))) for n in range(13)
    )
    for marked in range(13):
        name = parts[marked].name
        asked = {"limit": 1.0, "layers": 13, "marked": (name, -1, -1)}
        norms = re.findall(r"‖([\d.]+)‖", picture(parts, width, height, **asked))
        first, last = matrices.whole(parts, 13, name, width, height)
        assert first - 1 <= marked < last
        assert norms == [f"{part.norm:.2f}" for part in parts[first - 1 : last]]
