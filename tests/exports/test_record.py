"""The history as a table and as an object."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.exports.record import WrittenSample, csv_text, json_text, record_of
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.checkpoint.file import load, save
from tests.exports.conftest import trainer_of


@pytest.fixture
def file(tmp_path: Path, prose: Corpus) -> Path:
    trainer = trainer_of(prose, val_fraction=0.1, batch_size=50)
    for _ in range(45):
        trainer.step()
    trainer.set_learning_rate(0.004)
    for _ in range(20):
        trainer.step()
    save(tmp_path / "net.safetensors", trainer)
    return tmp_path / "net.safetensors"


def test_json_holds_the_history(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(file), "-", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    tensors = load(file).tensors
    assert [row["low"] for row in found["losses"]] == tensors["history.low"].tolist()
    assert [row["update"] for row in found["losses"]] == list(range(1, 66))
    assert [row["validation"] for row in found["validations"]] == (
        tensors["history.validation"].tolist()
    )
    assert found["knobs"] == [{"update": 45, "label": "lr 0.02→0.004"}]
    assert found["vocabulary"] == list(load(file).vocab.symbols)
    assert found["config"]["hidden_size"] == 7


def test_csv_holds_the_same_by_update(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(file), "-", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    tensors = load(file).tensors
    updates = [int(row["update"]) for row in rows]
    assert updates == sorted(updates)
    assert [float(row["smoothed"]) for row in rows if row["smoothed"]] == (
        tensors["history.smoothed"].tolist()
    )
    assert [row["update"] for row in rows if row["knob"]] == ["45"]
    assert [float(row["validation"]) for row in rows if row["validation"]] == (
        tensors["history.validation"].tolist()
    )


def test_a_sample_of_several_lines_is_one_cell(file: Path) -> None:
    text = 'the "cat",\nthe dog'
    record = replace(record_of(load(file)), samples=(WrittenSample(20, 0.5, text),))
    rows = list(csv.DictReader(io.StringIO(csv_text(record))))
    assert [row["sample"] for row in rows if row["sample"]] == [text]
    assert json.loads(json_text(record))["samples"] == [
        {"update": 20, "temperature": 0.5, "text": text}
    ]


def test_a_loss_that_is_no_number_is_null(file: Path) -> None:
    record = record_of(load(file))
    record.curves.high[3] = float("inf")
    assert json.loads(json_text(record))["losses"][3]["high"] is None
