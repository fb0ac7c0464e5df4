import json
import re

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.nn.rnn import RNN


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--activation", "relu", "--hidden-size", "5"],
        ["--cell", "lstm", "--num-layers", "2"],
        ["--cell", "gru", "--updates", "20"],
    ],
)
def test_every_gradient_is_right(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gradcheck", "--json", *options]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["name"] for row in rows} >= {"rnn.weight_hh_l0", "linear.bias"}
    assert all(row["relative_error"] < 1e-5 and row["right"] for row in rows)


LEARNED = {
    "hello": ["--preset", "hello", "--updates", "20000"],
    "lstm": ["--cell", "lstm", "--hidden-size", "16", "--updates", "2000"],
    "relu": ["--activation", "relu", "--hidden-size", "64", "--updates", "300"],
    "gru": ["--cell", "gru", "--num-layers", "2", "--hidden-size", "7", "--updates", "1500"],
    "float64": ["--preset", "hello", "--dtype", "float64", "--updates", "3000", "--seed", "7"],
}


@pytest.mark.parametrize("name", LEARNED)
def test_right_gradients_of_a_learned_text_are_not_called_wrong(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gradcheck", "corpora/hello.txt", "--json", *LEARNED[name]]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    untold = sum(row["too_small"] + row["at_kink"] for row in rows)
    assert untold < sum(row["checked"] for row in rows) / 2


def test_what_cannot_be_told_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gradcheck", "corpora/hello.txt", *LEARNED["relu"]]) == 0
    out = capsys.readouterr().out
    assert re.search(r"[\d,]+ right, [\d,]+ too small to tell$", out, re.MULTILINE)
    assert re.search(r"linear.bias +4 +3 weights checked .* all right$", out, re.MULTILINE)


def test_a_wrong_gradient_is_seen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = RNN.backward

    def wrong(self: RNN, *args: object) -> object:
        dx, dstate, grads = right(self, *args)  # type: ignore[arg-type]
        grads["weight_hh"] *= np.float64(1.0001)
        return dx, dstate, grads

    monkeypatch.setattr(RNN, "backward", wrong)
    assert main(["gradcheck"]) == 1
    wrongs = [line for line in capsys.readouterr().out.splitlines() if "WRONG" in line]
    assert len(wrongs) == 1
    assert "weight_hh" in wrongs[0]
    assert wrongs[0].endswith("   9 WRONG")
