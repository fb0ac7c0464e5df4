from pathlib import Path

import pytest

from rnn_tui.saving.free_name import free_path


def test_a_checkpoint_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    first = free_path("corpora/hello.txt", 120, tmp_path)
    first.touch()
    second = free_path("corpora/hello.txt", 120, tmp_path)
    second.touch()
    names = [first.name, second.name, free_path("hello.txt", 120, tmp_path).name]
    assert names == [
        "hello-120.safetensors",
        "hello-120-2.safetensors",
        "hello-120-3.safetensors",
    ]


def test_a_link_to_nowhere_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "hello-1.safetensors").symlink_to(tmp_path / "nothing")
    assert free_path("hello", 1, tmp_path).name == "hello-1-2.safetensors"


@pytest.mark.parametrize(
    ("corpus", "stem"),
    [
        ("standard input", "standard_input"),
        ("한글.txt", "한글"),
        ("../\x1b]0;x\x07", "0_x"),
        ("-", "rnn"),
        ("한" * 80 + ".txt", "한" * 50),
    ],
)
def test_a_checkpoint_is_named_after_the_corpus(tmp_path: Path, corpus: str, stem: str) -> None:
    assert free_path(corpus, 3, tmp_path).name == f"{stem}-3.safetensors"
