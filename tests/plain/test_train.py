import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.text.corpus import Corpus, read_corpus
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")


def records(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_json_lines_are_the_trainers_numbers(
    hello: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", HELLO, "--updates", "25", "--json", "--seed", "4"]) == 0
    start, *updates, end = records(capsys.readouterr().out)
    trainer = Trainer(replace(PRESETS["hello"], seed=4), hello)
    assert [record["loss"] for record in updates] == [trainer.step().loss for _ in range(25)]
    assert (start["event"], end["event"]) == ("start", "end")
    assert end["update"] == 25


def test_same_numbers_with_validation(
    tmp_path: Path, prose: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "the cat sat on the mat and the dog ran to the red barn while it rained "
    path = tmp_path / "prose.txt"
    path.write_text(words * 130)
    assert main(["train", str(path), "--epochs", "2", "--json", "--hidden-size", "8"]) == 0
    lines = records(capsys.readouterr().out)
    corpus = read_corpus(path)
    config, _ = choose_config(corpus, None, {"epochs": 2, "hidden_size": 8})
    trainer = Trainer(config, corpus)
    while not trainer.finished_reason():
        trainer.step()
    trainer.validate()
    found = [(line["update"], line["loss"]) for line in lines if line["event"] == "validation"]
    assert found == trainer.history.validations
    assert len(found) >= 2


def test_it_ends_when_patience_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "letters.txt"
    ids = np.random.default_rng(5).integers(0, 7, size=300)
    path.write_bytes(bytes(97 + int(i) for i in ids))
    options = ["--val-fraction", "0.3", "--hidden-size", "11"]
    assert main(["train", str(path), "--patience", "3", "--json", *options]) == 0
    lines = records(capsys.readouterr().out)
    losses = [(line["loss"], line["update"]) for line in lines if line["event"] == "validation"]
    assert min(losses[:-3]) < min(losses[-3:])
    assert all(min(losses[:n]) > min(losses[n : n + 3]) for n in range(1, len(losses) - 3))
    end = lines[-1]
    loss, update = min(losses)
    assert end["update"] == losses[-1][1]
    assert end["reason"] == (
        f"3 validations in a row have not been better than the {loss:.4g} nats of update {update:,}"
    )


@pytest.mark.parametrize("watched", [True, False])
def test_result_goes_to_stdout_notes_to_the_terminal(
    watched: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: watched)
    assert main(["train", HELLO, "--until-loss", "0.1", "--no-save"]) == 0
    out, err = capsys.readouterr()
    assert "the smoothed loss is at or below 0.1" in out
    assert ("textbook" in err) is watched
    assert watched or not err


def test_checkpoint_is_written_at_the_end(
    tmp_path: Path, hello: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hello.safetensors"
    assert main(["train", HELLO, "--updates", "90", "--checkpoint", str(path)]) == 0
    trainer = Trainer(PRESETS["hello"], hello)
    for _ in range(90):
        trainer.step()
    assert np.array_equal(load(path).model().flat, trainer.model.flat)
    capsys.readouterr()
    assert main(["sample", str(path), "--prefix", "h", "--length", "4", "--temperature", "0"]) == 0
    assert capsys.readouterr().out == "hello\n"
    assert main(["predict", str(path), "hell", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["next"][0]["symbol"] == "o"
    assert main(["eval", str(path), HELLO, "--json"]) == 0
    nats = json.loads(capsys.readouterr().out)["nats"]
    assert nats == pytest.approx(trainer.step().loss, rel=1e-9)


def test_eval_reads_bytes_that_are_no_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, data = tmp_path / "bytes.safetensors", tmp_path / "data"
    data.write_bytes(bytes([254, 255, 7]) * 4)
    options = ["--units", "byte", "--updates", "1", "--checkpoint", str(path)]
    assert main(["train", str(data), *options]) == 0
    capsys.readouterr()
    assert main(["eval", str(path), str(data), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["characters"] == 11


def test_eval_of_a_network_that_fell_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "apart.safetensors"
    main(["train", HELLO, "--updates", "9", "--learning-rate", "1e6", "--checkpoint", str(path)])
    capsys.readouterr()
    assert main(["eval", str(path), HELLO, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["nats"] > 1000
    assert figures["perplexity"] is None


def test_predict_lists_the_likeliest_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hello.safetensors"
    main(["train", HELLO, "--updates", "90", "--checkpoint", str(path)])
    capsys.readouterr()
    assert main(["predict", str(path), "he", "--top", "2"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].startswith("l\t")
    assert len(rows) == 4
    assert "bits" in rows[-1]


WILD = ["train", HELLO, "--updates", "500", "--optimizer", "sgd", "--no-clip"]


def test_divergence_is_said_in_two_lines_with_a_code_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.safetensors"
    code = main([*WILD, "--learning-rate", "1e308", "--checkpoint", str(path)])
    printed = capsys.readouterr()
    what, why = printed.err.splitlines()
    assert code == 3
    assert what.startswith("rnn-tui: The loss of update 3 is not a finite number. It began forward")
    assert "probably the learning rate, 1e+308" in why
    assert "--on-divergence rewind" in why
    assert printed.out.startswith("update 3 was not made: update 2 ")
    assert np.isfinite(load(path).tensors["linear.weight"]).all()


def test_a_high_loss_stops_too_and_json_has_all_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*WILD, "--learning-rate", "1000", "--json"]) == 3
    *before, found, end = records(capsys.readouterr().out)
    assert found["event"] == "divergence"
    assert (found["kind"], found["action"], found["back_to"]) == ("high", "stop", None)
    assert found["update"] == len(before) == end["update"] + 1  # type: ignore[operator]
    assert found["uniform"] == pytest.approx(np.log(4))
    assert found["phase"] == "forward"
    assert found["time_step"] in (1, 2, 3, 4)


def test_rewinding_goes_on_with_half_the_rate_and_gets_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*WILD, "--learning-rate", "30", "--on-divergence", "rewind", "--json"]) == 0
    lines = records(capsys.readouterr().out)
    found = [line for line in lines if line["event"] == "divergence"]
    assert 1 <= len(found) <= 5
    place = lines.index(found[0])
    after = lines[place + 1]
    assert found[0]["new_learning_rate"] == 15
    assert (after["update"], after["learning_rate"]) == (found[0]["back_to"] + 1, 15)  # type: ignore[operator]
    assert lines[-1]["update"] == 500


def test_rewinding_ends_where_nothing_helps(capsys: pytest.CaptureFixture[str]) -> None:
    code = main([*WILD, "--learning-rate", "1e200", "--on-divergence", "rewind"])
    said = capsys.readouterr().err
    assert code == 3
    assert said.count("Back to update 0, with a learning rate of") == 5
    assert "RuntimeWarning" not in said


def test_an_ordinary_run_is_the_same_whether_it_might_rewind(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["train", HELLO, "--updates", "150", "--json"]
    assert main(arguments) == main([*arguments, "--on-divergence", "rewind"]) == 0
    lines = records(capsys.readouterr().out)
    assert lines[: len(lines) // 2] == lines[len(lines) // 2 :]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_and_leaves_with_its_code(tmp_path: Path, number: signal.Signals) -> None:
    path = tmp_path / "cut.safetensors"
    command = [sys.executable, "-m", "rnn_tui", "train", HELLO, "--updates", "1000000000", "--json"]
    process = subprocess.Popen(
        [*command, "--speed", "200", "--checkpoint", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    seen = [json.loads(process.stdout.readline()) for _ in range(5)]
    os.kill(process.pid, number)
    rest, _ = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    end = records(rest)[-1]
    assert end["update"] >= seen[-1]["update"]
    assert load(path).update == end["update"]


def test_signals_that_are_ignored_stay_ignored() -> None:
    train = [sys.executable, "-m", "rnn_tui", "train", HELLO, "--updates", "60", "--json"]
    process = subprocess.Popen(
        ["sh", "-c", 'trap "" HUP INT TERM; exec "$@"', "sh", *train, "--speed", "200"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        for _ in range(5):
            process.stdout.readline()
        os.kill(process.pid, number)
    rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert records(rest)[-1]["reason"] == "60 updates are done"


@pytest.mark.skipif(shutil.which("nohup") is None, reason="only POSIX has it")
def test_under_nohup_a_closed_terminal_ends_nothing() -> None:
    train = [sys.executable, "-m", "rnn_tui", "train", HELLO, "--updates", "60", "--json"]
    process = subprocess.Popen(
        ["nohup", *train, "--speed", "200"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGHUP)  # what the system does when a terminal is closed
    rest, _ = process.communicate(timeout=60)
    assert (process.returncode, records(rest)[-1]["update"]) == (0, 60)


def test_standard_input_as_corpus(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rnn_tui", "train", "-", "--updates", "3", "--json"],
        input=b"abcabcabc",
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert records(done.stdout.decode())[-1]["update"] == 3


def test_a_reader_that_leaves_early_gets_no_traceback() -> None:
    command = f"{sys.executable} -m rnn_tui train {HELLO} --updates 20000 --json | head -n 2"
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, timeout=60, check=True
    )
    assert len(done.stdout.splitlines()) == 2
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_resuming_goes_on_as_if_nothing_had_happened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text, half, whole = (tmp_path / name for name in ("a.txt", "half.st", "whole.st"))
    text.write_text("abacabad" * 40)
    small = ["--hidden-size", "6", "--seq-length", "7"]
    assert main(["train", str(text), *small, "--updates", "90", "--checkpoint", str(whole)]) == 0
    assert main(["train", str(text), *small, "--updates", "33", "--checkpoint", str(half)]) == 0
    resume = ["train", "--resume", str(half), "--updates", "90", "--checkpoint", str(half)]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(resume) == 0
    assert "Resumed at update 33." in capsys.readouterr().err
    assert np.array_equal(load(half).model().flat, load(whole).model().flat)
    assert load(half).numbers == load(whole).numbers


def test_resuming_without_its_text_says_where_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, checkpoint = tmp_path / "a.txt", tmp_path / "a.safetensors"
    text.write_text("abacabad" * 40)
    main(["train", str(text), "--updates", "5", "--checkpoint", str(checkpoint)])
    text.rename(tmp_path / "b.txt")
    capsys.readouterr()
    resume = ["train", "--resume", str(checkpoint), "--updates", "9"]
    assert main(resume) == 2
    assert "a.txt" in capsys.readouterr().err
    assert main([*resume, str(tmp_path / "b.txt")]) == 0
    (tmp_path / "b.txt").write_text("something else altogether")
    assert main([*resume, str(tmp_path / "b.txt")]) == 2
    assert "is not as it was" in capsys.readouterr().err


def test_resuming_refuses_what_cannot_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checkpoint = tmp_path / "a.safetensors"
    main(["train", HELLO, "--updates", "5", "--checkpoint", str(checkpoint)])
    capsys.readouterr()
    resume = ["train", "--resume", str(checkpoint), "--updates", "9", "--hidden-size", "4"]
    assert main(resume) == 2
    assert "--hidden-size" in capsys.readouterr().err


def test_resuming_refuses_another_reading_of_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checkpoint = tmp_path / "a.safetensors"
    main(["train", HELLO, "--updates", "5", "--checkpoint", str(checkpoint)])
    capsys.readouterr()
    assert main(["train", "--resume", str(checkpoint), "--updates", "9", "--units", "byte"]) == 2
    assert "--units" in capsys.readouterr().err


def test_a_stop_of_the_checkpoint_holds_until_it_is_given_anew(tmp_path: Path) -> None:
    net = str(tmp_path / "net.safetensors")
    assert main(["train", HELLO, "--epochs", "6", "--checkpoint", net]) == 0
    for given, reached in ((["--updates", "9"], 6), (["--updates", "9", "--epochs", "50"], 9)):
        again = str(tmp_path / "again.safetensors")
        assert main(["train", "--resume", net, *given, "--checkpoint", again]) == 0
        assert load(Path(again)).update == reached


ENDLESS = """
import sys
from rnn_tui.training.validation import Validation

def advance(validation):
    if not validation.index:
        print("validating", flush=True)
    validation.index = -1  # never done

Validation.advance = advance
from rnn_tui.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("updates", ["3", "1000000"], ids=["the last one", "one on the way"])
def test_a_signal_amid_a_validation_ends_it_and_the_run_is_saved(
    tmp_path: Path, number: signal.Signals, updates: str
) -> None:
    text, file = tmp_path / "prose.txt", tmp_path / "c.safetensors"
    text.write_text("the cat sat on the mat and the dog ran to the red barn while it rained " * 130)
    small = ["--hidden-size", "5", "--seq-length", "7", "--batch-size", "2"]
    words = ["train", str(text), *small, "--updates", updates, "--checkpoint", str(file)]
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "validating\n"
            program.send_signal(number)
            out, _ = program.communicate(timeout=60)
        finally:
            program.kill()  # which would go on for ever where the signal did not end it
    assert program.returncode == 128 + number
    assert out.splitlines()[-1] == f"saved to {file}"
    kept = load(file)
    assert kept.numbers["validating"] is True
    assert kept.update >= 1


def test_a_run_stopped_amid_a_validation_tells_it_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, file = tmp_path / "prose.txt", tmp_path / "c.safetensors"
    text.write_text("the cat sat on the mat and the dog ran to the red barn while it rained " * 130)
    corpus = read_corpus(text)
    trainer = Trainer(choose_config(corpus, None, {"hidden_size": 5})[0], corpus)
    while not trainer.validating:
        trainer.step()
    save(file, trainer)
    trainer.finish_validation()
    assert (
        main(["train", "--resume", str(file), "--updates", str(trainer.update + 1), "--json"]) == 0
    )
    told = [line for line in records(capsys.readouterr().out) if line["event"] == "validation"]
    assert told[0]["update"] == trainer.update
    assert told[0]["loss"] == trainer.history.validation
