"""The script goes on training as the trainer would."""

import json
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.exports.torch_networks import NETWORKS
from rnn_tui.exports.torch_script import torch_script
from rnn_tui.models.registry import MODELS, named
from rnn_tui.text.corpus import TextOptions, read_corpus
from rnn_tui.training.checkpoint.file import load
from tests.exports.conftest import PEERS, ROOT, Make, run

CASES = [
    ("rnn", "sgd", {"num_layers": 1, "clip_norm": 0.4, "activation": "relu"}),
    ("rnn", "momentum", {"num_layers": 2, "clip_norm": None, "clip_value": 0.05}),
    ("lstm", "adam", {"num_layers": 2, "lr_decay": 0.5, "lr_decay_every": 2, "lr_decay_after": 1}),
    ("lstm", "adagrad", {"num_layers": 1, "val_fraction": 0.1}),
    ("gru", "rmsprop", {"num_layers": 3, "learning_rate": 0.003, "rmsprop_alpha": 0.93}),
    ("gru", "momentum", {"num_layers": 1, "clip_norm": None}),
    ("gru", "sgd", {"num_layers": 2, "lr_schedule": "cosine", "epochs": 30, "warmup": 70}),
    ("rnn", "adam", {"num_layers": 1, "lr_decay": 0.8, "warmup": 77}),
    ("dense", "adam", {"num_layers": 2, "context": 5, "activation": "relu"}),
    ("dense", "momentum", {"num_layers": 1, "context": 12, "clip_norm": 0.3}),
    ("dense", "sgd", {"num_layers": 3, "context": 1}),
    ("cnn", "adam", {"num_layers": 3, "kernel_size": 3}),
    ("cnn", "rmsprop", {"num_layers": 2, "kernel_size": 2, "activation": "relu"}),
    ("lstm", "adam", {"num_layers": 2, "weight_decay": 0.9, "lr_decay": 0.5}),
    ("gru", "momentum", {"num_layers": 1, "weight_decay": 0.6}),
    ("cnn", "sgd", {"num_layers": 2, "weight_decay": 0.4}),
    ("cnn", "adagrad", {"num_layers": 2, "kernel_size": 1, "val_fraction": 0.1}),
]


Job = tuple[Path, Path, int]
"""A script, its text, and how many updates."""


def export(tmp_path: Path, name: str) -> Path:
    script = tmp_path / f"{name}.py"
    assert (
        main(["export", str(tmp_path / "net.safetensors"), str(script), "--format", "torch"]) == 0
    )
    return script


def losses(printed: str) -> list[float]:
    return [float(line.split("loss ")[1].split()[0]) for line in printed.splitlines()]


def all_losses(tmp_path: Path, torch_python: str, jobs: list[Job]) -> list[list[float]]:
    words = [[str(script), str(text), "--updates", str(updates)] for script, text, updates in jobs]
    (tmp_path / "jobs.json").write_text(json.dumps(words))
    return [
        losses(printed)
        for printed in json.loads(run(torch_python, PEERS / "run_peer.py", tmp_path / "jobs.json"))
    ]


def test_it_goes_on_with_the_same_losses(
    tmp_path: Path, make: Make, text: Path, torch_python: str
) -> None:
    jobs, expected = [], []
    for number, (network, optimizer, more) in enumerate(CASES):
        settings = {**named(network), "optimizer": optimizer, "dtype": "float64", **more}
        checkpoint = make(updates=41, **settings)
        trainer = checkpoint.trainer(read_corpus(text))
        expected.append([trainer.step().loss for _ in range(60)])
        jobs.append((export(tmp_path, f"case{number}"), text, 60))
    found = all_losses(tmp_path, torch_python, jobs)
    worst = [float(np.abs(np.subtract(a, b)).max()) for a, b in zip(found, expected, strict=True)]
    assert all(error < 1e-7 for error in worst), dict(zip(map(str, CASES), worst, strict=True))


@pytest.mark.parametrize(
    ("layers", "dropout", "drops"), [(3, 0.25, True), (1, 0.25, False), (2, 0.0, False)]
)
def test_it_says_where_dropout_makes_other_losses(
    tmp_path: Path, make: Make, layers: int, dropout: float, drops: bool
) -> None:
    make(updates=3, cell="lstm", num_layers=layers, dropout=dropout)
    script = export(tmp_path, "dropping").read_text()
    assert ("nn.LSTM(VOCAB_SIZE, HIDDEN_SIZE, NUM_LAYERS, dropout=0.25)" in script) == drops
    assert ("what dropout leaves out is drawn by\nPyTorch" in script) == drops
    assert ("the first loss printed is the one rnn-tui would report next" in script) != drops


def test_every_network_that_promises_a_script_has_one() -> None:
    assert set(NETWORKS) == {name for name, spec in MODELS.items() if "torch" in spec.features}


def test_it_reads_the_text_as_rnn_tui_does(tmp_path: Path, make: Make, torch_python: str) -> None:
    korean = tmp_path / "one line.txt"
    korean.write_bytes("\ufeff한글 학습, 안녕 각가 \u1112\u1161\u11ab\r\n".encode())
    jobs, expected = [], []
    for units in ("char", "byte", "jamo"):
        for normalize in ("none",) if units == "byte" else ("none", "NFC"):
            options = TextOptions(units=units, normalize=normalize)
            checkpoint = make(updates=3, path=korean, options=options, seq_length=4, batch_size=1)
            trainer = checkpoint.trainer(read_corpus(korean, options))
            expected.append([pytest.approx(trainer.step().loss, abs=1e-5) for _ in range(12)])
            jobs.append((export(tmp_path, f"{units}-{normalize}"), korean, 12))
    assert all_losses(tmp_path, torch_python, jobs) == expected


@pytest.mark.parametrize("network", ["rnn", "dense", "cnn"])
def test_by_itself_and_from_the_start(
    tmp_path: Path,
    make: Make,
    torch_python: str,
    network: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hello = ROOT / "corpora" / "hello.txt"
    checkpoint = make(updates=0, path=hello, seq_length=4, batch_size=1, **named(network))
    trainer = checkpoint.trainer(read_corpus(hello))
    expected = [trainer.step().loss for _ in range(30)]
    saved = tmp_path / "trained.safetensors"
    script = export(tmp_path, "script")
    found = losses(run(torch_python, script, hello, "--updates", "30", "--save", saved))
    assert found == pytest.approx(expected, abs=1e-5)
    assert main(["import", str(saved), str(tmp_path / "back"), "--corpus", str(hello)]) == 0
    assert not capsys.readouterr().err, "the script has written all that weights do not tell"
    back = load(tmp_path / "back").model()
    assert back.flat == pytest.approx(trainer.model.flat, abs=1e-4)


def test_the_script_is_python_whatever_the_text_is_called(tmp_path: Path, make: Make) -> None:
    named = tmp_path / 'x"""; raise SystemExit(9); """.txt'
    named.write_text("abcabcabc" * 9)
    checkpoint = make(updates=0, path=named)
    script = torch_script(checkpoint)
    compile(script, "script", "exec")
    assert [line for line in script.splitlines() if "SystemExit(9)" in line] == [
        f"LEARNED_FROM = {checkpoint.corpus_name!a}"
    ]
