"""Networks that PyTorch trained (scripts/make_import_reference.py) become checkpoints."""

import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from rnn_tui.cli import main
from rnn_tui.errors import InputError
from rnn_tui.nn.loss import softmax
from rnn_tui.text.corpus import read_corpus
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.checkpoint.torch_vocabulary import read_vocabulary
from rnn_tui.training.checkpoint.torch_weights import recognized

DATA = Path(__file__).parents[1] / "data" / "imports"
TEXT, VOCABULARY = DATA / "text.txt", DATA / "vocabulary.json"
SYMBOLS = json.loads(VOCABULARY.read_text())
NETWORKS = {
    "lstm-embedding": ("lstm", 7, 2, "float32"),
    "gru": ("gru", 6, 2, "float32"),
    "gru-no-bias": ("gru", 5, 1, "float32"),
    "rnn-relu": ("rnn", 8, 1, "float32"),
    "rnn-float64": ("rnn", 5, 3, "float64"),
}


def weights(name: str) -> Path:
    return DATA / f"{name}.safetensors"


def imported(name: str, out: Path, *options: object) -> None:
    activation = "relu" if name == "rnn-relu" else "tanh"
    words = ["import", weights(name), out, "--vocab", VOCABULARY, "--activation", activation]
    assert main([str(word) for word in (*words, *options)]) == 0


@pytest.mark.parametrize("with_corpus", [True, False])
@pytest.mark.parametrize("name", NETWORKS)
def test_the_same_probabilities(tmp_path: Path, name: str, with_corpus: bool) -> None:
    out = tmp_path / "net.safetensors"
    imported(name, out, *(["--corpus", TEXT] if with_corpus else []))
    checkpoint = load(out)
    config = checkpoint.config
    assert (config.cell, config.hidden_size, config.num_layers, config.dtype) == NETWORKS[name]
    model, ids = checkpoint.model(), checkpoint.vocab.encode(TEXT.read_text())
    logits, _ = model.forward(ids.astype(np.intp)[:, None], model.zero_state(1))
    ours = softmax(logits[:, 0].astype(np.float64))
    theirs = np.load(DATA / "probabilities.npz")[name]
    columns = [SYMBOLS.index(symbol) for symbol in checkpoint.vocab.symbols]
    assert columns != sorted(columns) or not with_corpus
    assert np.abs(ours - theirs[:, columns]).max() < 1e-5


def test_training_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "net.safetensors"
    imported("gru", out, "--corpus", TEXT, "--optimizer", "sgd", "--seq-length", "7")
    assert capsys.readouterr().out == f"GRU 2×6, 16 symbols, float32: saved to {out}\n"
    trainer = load(out).trainer(read_corpus(TEXT))
    assert (trainer.config.optimizer, trainer.config.seq_length) == ("sgd", 7)
    assert trainer.step().loss < 1.8 < np.log(len(SYMBOLS))


def test_without_a_text_nothing_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "net.safetensors"
    imported("gru", out)
    capsys.readouterr()
    assert main(["sample", str(out), "--length", "5", "--prefix", "the"]) == 0
    assert len(capsys.readouterr().out) == len("the") + 5 + 1
    for text in ([str(TEXT)], []):
        for command in (["train", *text], ["config", *text], text):
            assert main([*command, "--resume", str(out), "--updates", "3"]) == 2
            err = capsys.readouterr().err
            assert "needs a terminal" in err or err.endswith("import it with --corpus TEXT\n")
            assert "standard input; name it" not in err


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main(["import", *map(str, words)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err.count("\n") == 1
    return err


def test_what_it_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gru, out = weights("gru"), tmp_path / "net.safetensors"
    assert "--vocab FILE is missing" in refused(capsys, gru, out)
    assert "no such file" in refused(capsys, "nowhere", out)
    assert "save_model" in refused(capsys, TEXT, out)
    assert "holds the weights" in refused(capsys, gru, gru)
    (tmp_path / "few.json").write_text('["a", "b"]')
    message = refused(capsys, gru, out, "--vocab", tmp_path / "few.json")
    assert "2 symbols, the network 16" in message
    (tmp_path / "more.txt").write_text(TEXT.read_text() + "Q")
    message = refused(capsys, gru, out, "--vocab", VOCABULARY, "--corpus", tmp_path / "more.txt")
    assert "never seen: Q" in message
    (tmp_path / "less.txt").write_text("the cat")
    message = refused(capsys, gru, out, "--vocab", VOCABULARY, "--corpus", tmp_path / "less.txt")
    assert "lacks symbols" in message
    assert not out.exists()


@pytest.mark.parametrize(("changes", "message"), [
    ({"gru.weight_ih_l0": None}, "weight_ih_l0 is missing"),
    ({"gru.weight_hh_l1": None}, "weight_hh_l1 is missing"),
    ({"gru.weight_ih_l0_reverse": (18, 6)}, "both ways"),
    ({"gru.weight_hr_l0": (3, 6)}, "projections"),
    ({"other.weight_ih_l0": (18, 6)}, "several recurrent networks"),
    ({"decoder.weight": None, "decoder.bias": None}, "one linear layer"),
    ({"second.weight": (4, 4), "second.bias": (4,)}, "decoder.weight, second.weight"),
    ({"norm.weight": (6,)}, "nothing like norm.weight"),
    ({"gru.weight_hh_l0": (17, 6)}, "no RNN, LSTM or GRU"),
    ({"decoder.weight": (16, 9)}, "a GRU with 2 × 6 hidden units and 16 symbols has"),
    ({"embed.weight": (16, 4)}, "the embedding is"),
])  # fmt: skip
def test_networks_it_does_not_have(
    changes: dict[str, tuple[int, ...] | None], message: str
) -> None:
    tensors = safetensors.numpy.load_file(weights("gru"))
    for name, shape in changes.items():
        if shape is None:
            del tensors[name]
        else:
            tensors[name] = np.zeros(shape, np.float32)
    with pytest.raises(InputError, match=message):
        recognized(tensors)


@pytest.mark.parametrize(("name", "text", "size", "symbols"), [
    ("v.json", '["h", "e"]', 2, "he"),
    ("v.json", '{"e": 1, "h": 0}', 2, "he"),
    ("v.json", '{"0": "h", "1": "e"}', 2, "he"),
    ("v.json", json.dumps({str(id): symbol for id, symbol in enumerate("9876543210x")}), 11,
     "9876543210x"),
    ("v.json", '{"0": 1, "1": 0}', 2, "10"),
    ("v.json", '{"itos": ["h", "e"], "stoi": {"e": 1, "h": 0}}', 2, "he"),
    ("v.json", '{"size": 2, "idx2char": {"1": "e", "0": "h"}, "char2idx": {"h": 0, "e": 1}}', 2,
     "he"),
    ("v.json", '{"stoi": {"h": 1, "e": 0}}', 2, "eh"),
    ("v.txt", "hel", 3, "hel"),
    ("v.txt", "hel\n", 3, "hel"),
    ("v.txt", "hel\n", 4, "hel\n"),
    ("v.txt", "h\nel\n", 4, "h\nel"),
])  # fmt: skip
def test_vocabularies(tmp_path: Path, name: str, text: str, size: int, symbols: str) -> None:
    (tmp_path / name).write_text(text)
    assert read_vocabulary(tmp_path / name, size) == tuple(symbols)


@pytest.mark.parametrize(("name", "text", "message"), [
    ("v.json", "[", "is not JSON"),
    ("v.json", '["he"]', "list of single characters"),
    ("v.json", '{"h": 0, "e": 2}', "list of single characters"),
    ("v.json", '{"h": 0, "e": true}', "list of single characters"),
    ("v.json", '{"0": "h", "00": "e"}', "list of single characters"),
    ("v.json", '{"1": "h", "2": "e"}', "list of single characters"),
    ("v.json", json.dumps({"9" * 5000: "h"}), "list of single characters"),
    ("v.json", '["<pad>", "he"]', "list of single characters"),
    ("v.json", "7", "list of single characters"),
    ("v.json", '{"itos": ["h", "e"], "stoi": {"h": 1, "e": 0}}', "its parts give different ids"),
    ("v.json", '["h", "h"]', "there twice"),
    ("v.txt", "hello", "l is there twice"),
])  # fmt: skip
def test_what_is_no_vocabulary(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=message):
        read_vocabulary(tmp_path / name, 4)


def rnn_file(path: Path, told: dict[str, str] | None = None) -> Path:
    """An nn.RNN of five units over the vocabulary, in a file."""
    random, V = np.random.default_rng(3), len(SYMBOLS)
    shapes = {
        "rnn.weight_ih_l0": (5, V), "rnn.weight_hh_l0": (5, 5), "fc.weight": (V, 5), "fc.bias": (V,)
    }  # fmt: skip
    tensors = {name: random.normal(size=size).astype("f") for name, size in shapes.items()}
    safetensors.numpy.save_file(tensors, path, told)
    return path


@pytest.mark.parametrize(("given", "told", "activation", "says"), [
    ([], None, "tanh", True),
    (["--activation", "relu"], None, "relu", False),
    (["--activation", "tanh"], None, "tanh", False),
    ([], {"activation": "relu"}, "relu", False),
    (["--activation", "tanh"], {"activation": "relu"}, "tanh", False),
])  # fmt: skip
def test_an_assumed_nonlinearity_is_said(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    given: list[str],
    told: dict[str, str] | None,
    activation: str,
    says: bool,
) -> None:
    file, out = rnn_file(tmp_path / "w.safetensors", told), tmp_path / "net"
    assert main(["import", str(file), str(out), "--vocab", str(VOCABULARY), *given]) == 0
    assert load(out).config.activation == activation
    err = capsys.readouterr().err
    assert err.count("\n") == says
    assert ("import again with --activation relu" in err) == says


@pytest.mark.parametrize("name", ["gru", "lstm-embedding"])
def test_nothing_is_assumed_of_cells_with_gates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    words = ["import", weights(name), tmp_path / "net", "--vocab", VOCABULARY]
    assert main([str(word) for word in words]) == 0
    assert capsys.readouterr().err == ""


class Trap:
    """Fails the test where it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("something was unpickled",)


@pytest.mark.parametrize("archive", [True, False])
@pytest.mark.parametrize("protocol", [2, 4, 5])
def test_what_torch_save_wrote_is_not_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], archive: bool, protocol: int
) -> None:
    file, pickled = tmp_path / "model.pt", pickle.dumps(Trap(), protocol)
    if archive:
        with zipfile.ZipFile(file, "w") as made:
            made.writestr("model/data.pkl", pickled)
    else:
        file.write_bytes(pickled)
    message = refused(capsys, file, tmp_path / "net", "--vocab", VOCABULARY)
    assert "is pickled" in message
    assert 'safetensors.torch.save_model(model, "weights.safetensors")' in message
    with pytest.raises(InputError, match=r"is pickled.*save_model.*then rnn-tui import"):
        load(file)


def test_a_zip_of_something_else_is_not_called_pickled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    np.savez(file := tmp_path / "w.npz", a=np.zeros(3))
    assert "pickled" not in refused(capsys, file, tmp_path / "net", "--vocab", VOCABULARY)
