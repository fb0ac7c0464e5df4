import json

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
    assert all(row["relative_error"] < 1e-5 for row in rows)


def test_a_wrong_gradient_is_seen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = RNN.backward

    def wrong(self: RNN, *args: object) -> object:
        dx, dstate, grads = right(self, *args)  # type: ignore[arg-type]
        grads["weight_hh"] *= np.float64(1.01)
        return dx, dstate, grads

    monkeypatch.setattr(RNN, "backward", wrong)
    assert main(["gradcheck"]) == 1
    wrongs = [line for line in capsys.readouterr().out.splitlines() if "WRONG" in line]
    assert len(wrongs) == 1
    assert "weight_hh" in wrongs[0]
