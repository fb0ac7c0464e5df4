"""`--bundle FILE` on the command line, and `serve` with it."""

from argparse import Namespace
from pathlib import Path

import pytest

from rnn_tui import cli
from rnn_tui.commands import screen, serve
from rnn_tui.commands.options.order import prepare
from rnn_tui.commands.serving import viewer_words
from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus
from tests.live.desk import HELLO
from tests.live.prepared import SCENE, lived, written


def parse(*words: str) -> Namespace:
    return cli.parse(words)[1]


@pytest.fixture
def bundle(tmp_path: Path, hello: Corpus) -> str:
    return str(written(tmp_path / "a.bundle", lived(HELLO, hello)))


def test_all_of_the_run_comes_from_it(bundle: str) -> None:
    options = parse("--bundle", bundle)
    order = prepare(options)
    assert order.corpus.name == "hello.txt"
    assert order.scene == SCENE
    assert order.checkpoint
    assert order.checkpoint.update == 114
    session = screen.session_for(options, order, lambda message: None)
    assert session._job.bundle is order.bundle
    assert session._job.paused
    assert session._job.keeping.autosave is None


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["hello"], "CORPUS"), (["--resume"], "--resume"), (["--speed", "3"], "--speed"),
        (["--hidden-size", "4"], "--hidden-size"), (["--preset", "hello"], "--preset"),
        (["--log", "x"], "--log"), (["--units", "byte"], "--units"),
        (["--checkpoint", "x"], "--checkpoint"),
        (["--no-clip"], "--no-clip"), (["--paused"], "--paused"),
    ],
)  # fmt: skip
def test_nothing_else_is_to_be_said_of_the_run(bundle: str, words: list[str], named: str) -> None:
    with pytest.raises(InputError, match=f"^{named} has no place beside --bundle"):
        prepare(parse("--bundle", bundle, *words))


def test_settings_of_the_file_are_not_meant(bundle: str, tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_text('hidden-size = 9\nspeed = 3\ntheme = "nord"\n')
    options = parse("--bundle", bundle, "--config", str(tmp_path / "c.toml"))
    assert prepare(options).config.hidden_size == 3
    assert (options.speed, options.theme) == (None, "nord")


def test_every_viewer_of_a_class_opens_it(bundle: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = parse("serve", "--bundle", bundle)
    name, config, corpus, _ = serve.shown(options)
    assert (name, config.hidden_size, len(corpus.ids)) == ("hello.txt", 3, 5)
    program = viewer_words.words(options)[3:]
    assert program == ["--no-autosave", "--no-record", f"--bundle={bundle}"]
    assert prepare(parse(*program)).scene == SCENE
    assert cli.main(["serve", "--bundle", bundle, "--lesson", "1"]) == 2
    assert "--bundle has no place beside --lesson" in capsys.readouterr().err
