"""Nodes of an ONNX model have names, which tools use in their errors and pictures."""

from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.models.registry import MODELS

onnx = pytest.importorskip("onnx")  # an extra


@pytest.mark.parametrize(
    ("network", "operator"),
    [("rnn", "RNN"), ("lstm", "LSTM"), ("gru", "GRU"), ("dense", "Tanh"), ("cnn", "Tanh")],
)
@pytest.mark.parametrize("layers", ["1", "3"])
def test_every_node_has_a_name_of_its_own(
    network: str, operator: str, layers: str, tmp_path: Path
) -> None:
    net, model = str(tmp_path / "net.safetensors"), str(tmp_path / "net.onnx")
    words = ["--network", network, "--num-layers", layers, "--hidden-size", "5", "--updates", "2"]
    assert main(["train", "hello", *words, "--checkpoint", net]) == 0
    assert main(["export", net, model]) == 0
    names = [node.name for node in onnx.load(model).graph.node]
    assert all(names)
    assert len(set(names)) == len(names)
    assert sum(name.startswith(f"{operator}_") for name in names) == int(layers)


def test_every_network_that_promises_a_model_has_one() -> None:
    from rnn_tui.exports.onnx_model import NETWORKS

    assert set(NETWORKS) == {name for name, spec in MODELS.items() if "onnx" in spec.features}
