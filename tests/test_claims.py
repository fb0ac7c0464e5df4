"""Every figure that the READMEs and the help name is tied to the program, or to a command.

A new figure needs a row in `CLAIMS`: its words, computed from the code or said with the command
that prints them. What is no claim (a version, code, a screen's number) is named in `NO_CLAIM`.
"""

import math
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from rnn_tui.commands.inspect import BACK_OF_PLACE, BACK_OF_STATE
from rnn_tui.commands.parsers import COMMANDS, all_parsers
from rnn_tui.inspection.decay import EXPLODING, LITTLE, VANISHING, decay, sentence
from rnn_tui.inspection.flow import flow
from rnn_tui.inspection.memory.span.looking_back import MOST_BACK
from rnn_tui.inspection.memory.span.ridge import NOISE
from rnn_tui.inspection.memory.units.measures import auc
from rnn_tui.inspection.memory.units.search import LEAST_STRENGTH
from rnn_tui.keys.table import KEYS
from rnn_tui.language import ENGLISH, tr, use
from rnn_tui.live.remedies import BACK
from rnn_tui.live.time_travel import STRIDES
from rnn_tui.plain.records.listing import SHOWN
from rnn_tui.plain.train.rewinding import MOST
from rnn_tui.plain.writing import SampleOptions
from rnn_tui.race.entrants import MOST as RACERS
from rnn_tui.records import file as record_file
from rnn_tui.records import pruning
from rnn_tui.saving import autosave, autosave_files
from rnn_tui.sweep.task import EVERY as SAVED_EVERY
from rnn_tui.text.built_in import BUILT_IN
from rnn_tui.text.corpus import read_corpus
from rnn_tui.text.streams import WARM_UP
from rnn_tui.training.settings.choose import DEEP_LSTM
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.settings.schedule import LEAST
from rnn_tui.training.timeline import BUDGET
from rnn_tui.training.trainer import Trainer
from rnn_tui.tui.control.knobs import turn_rate
from rnn_tui.tui.screens.help import PANELS, explained
from rnn_tui.tui.screens.lessons import BACKPROP, GRADIENTS, UNROLLED
from rnn_tui.tui.screens.words import CARRIES, COPYING, GROUPS, INTRODUCTION, LOOKS_BACK, TRIALS
from rnn_tui.tui.terminal.terminal import LOCAL_FPS, REMOTE_FPS
from rnn_tui.tui.widgets.memory.weights import FACTOR

ROOT = Path(__file__).parents[1]
EN, KO, HELP = "README.md", "README.ko.md", "the help"
WORD: dict[float, str] = {
    3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
    11: "eleven", 12: "twelve", 20: "twenty", 30: "thirty", 50: "fifty",
}  # fmt: skip
PART: dict[float, str] = {5: "fifth", 10: "tenth", 50: "fiftieth", 0.5: "half"}
KOREAN: dict[float, str] = {3: "세", 4: "네", 5: "다섯", 10: "열"}
VALUES = {word: f"{value:g}" for words in (WORD, PART, KOREAN) for value, word in words.items()}
FIGURE = re.compile(
    rf"(?<![A-Za-z_\d])\d+(?:[.,]\d+)*|\b(?:{'|'.join(WORD.values())}|fifth|tenth|fiftieth)\b"
    rf"|(?<!\w)(?:{'|'.join(KOREAN.values())})(?= (?:개|글자|배|번|초|시드))",
    re.IGNORECASE,
)
NO_CLAIM = (
    r"(?ms)^```.*?^```", r"(?m)^ {4}\S.*$", r"`[^`]*`", r"\]\([^)]*\)",  # code, formulas, links
    r"(?m)^#.*$", r"(?m)^\d+\. ",  # headings and the numbers of a list
    r"(?i)\b(?:Python|Torch|TensorFlow|OSC|UTF)[ -][\d.]*\d",  # versions and standards
    r"(?s)(?:Exit codes:|종료 코드:).*?128 \+ n", r"(?i)exit code \d",
    r"--[\w-]+ \d+(?:, then \d+)?", r"\w ?= ?[\d.]*\d",  # what may be typed
    r"\b(?:step|of steps|screen|화면|스텝) \d(?:(?:–|과 )\d)?",
    r"↑\d+", r"\d+×\d+", r"some ten times",
    r"(?<![\w.,])[01](?![\d분]|[.,]\d| ?(?:%|MB|초|배|times|seconds|updates))",  # not and wholly
    r"(?m)\([\d.]+\)$",  # defaults, which have a test of their own
)  # fmt: skip


def word(value: float) -> str:
    """A number as the documents write it."""
    return WORD.get(value, f"{value:g}")


def korean(value: float) -> str:
    """The same in Korean."""
    return KOREAN.get(value, f"{value:g}")


def part(value: float) -> str:
    """One of so many equal parts, or a share."""
    return PART.get(value, f"{value:g}th")


def hello() -> str:
    """What screen 4 says of hello before its first update."""
    text = read_corpus(ROOT / "corpora" / "hello.txt")
    network = Trainer(PRESETS["hello"], text).model
    return sentence(decay(flow(network, text.ids[:4], text.ids[1:5]).whole))


SAID = hello()
use("ko")
KOREAN_SAID = tr(SAID)
use(ENGLISH)
RECORDING = (ROOT / "docs" / "pictures" / "recording.svg").read_text("utf-8")
SECONDS = round(float(re.findall(r"animation:([\d.]+)s", RECORDING)[0]), -1)
[AWAY] = (key.action for key in KEYS if key.id == "time.far_forward")
SURE = f"{auc(LEAST_STRENGTH):.2f}"
FAR = STRIDES // int(*re.findall(r"\d+", AWAY))
MATRICES = set(re.findall(r"W_\w+", " ".join(UNROLLED.equations)))
LETTERS = len((ROOT / "corpora" / "hello.txt").read_text("utf-8").strip())
BLIND, DIFFERENT = f"{math.log(len(set('hello'))):.2f}", len(set("hello"))
HIDDEN, WINDOW = PRESETS["hello"].hidden_size, PRESETS["hello"].seq_length
RUNGS = (0.01, *(turn_rate(rate, up=True) for rate in (0.01, 0.02, 0.05)))
RATES = " ".join(map(str, RUNGS))
OFTEN = f"every {autosave.EVERY:g} seconds", f"{autosave.EVERY:g}초마다"
MOST_MB = autosave_files.MOST_BYTES >> 20
SAVED = ("once a minute", "매분") if autosave.EVERY == 60 else OFTEN
TIMES, LEARNED = "python scripts/hello_times.py", "python scripts/hello_rates.py"
KNOWN, PEER = "python scripts/corpus_figures.py", "python benchmarks/against_torch.py"


class Claim(NamedTuple):
    """Words with figures in them, as they have to stand on a page."""

    page: str
    words: str
    command: str = ""
    """What prints the figures, named in the same section; empty: they are computed here."""


HALVINGS = math.floor(math.log(LEAST) / math.log(DEEP_LSTM.lr_decay))
CLAIMS = (
    Claim(
        HELP,
        f"for long texts {DEEP_LSTM.lr_decay} every {DEEP_LSTM.lr_decay_every} epochs, less often"
        f" where more than {(HALVINGS + 1) * DEEP_LSTM.lr_decay_every} epochs",
    ),
    Claim(HELP, f"Times {FACTOR:g}: what is remembered fades faster"),
    Claim(HELP, f"Divided by {FACTOR:g}: it lasts longer"),
    Claim(HELP, f"as much as an AUC of {SURE} or a correlation of {LEAST_STRENGTH:g}"),
    Claim(HELP, f"at 2 a gate without input keeps {100 / (1 + math.exp(-2)):.0f} %"),
    Claim(EN, f"{word(SECONDS)} seconds of the real program"),
    Claim(KO, f"실제 프로그램 {SECONDS:.0f}초"),
    Claim(EN, f"holds {word(LETTERS)} letters"),
    Claim(KO, f"글자가 {korean(LETTERS)} 개뿐이고"),
    Claim(EN, f"{word(HIDDEN)} hidden numbers that start at zero, tanh, {word(WINDOW)} time steps"),
    Claim(KO, f"숫자 {korean(HIDDEN)} 개, 활성화 함수는 tanh, 타임 스텝은 {korean(WINDOW)} 개"),
    Claim(EN, f"falls from {BLIND}, blind guessing among {word(DIFFERENT)} letters"),
    Claim(KO, f"{korean(DIFFERENT)} 글자 중 아무거나 찍는 {BLIND}에서"),
    Claim(EN, "to under 0.1 in nine seconds (other seeds: four to nine, ", TIMES),
    Claim(KO, "9초 만에 0.1 아래로 내려갑니다(시드 12개로는 4~9초", TIMES),
    Claim(EN, "even 2 does no harm: 12 of 12 seeds keep it", LEARNED),
    Claim(KO, "2로 올려도 괜찮습니다(시드 12개 중 12개)", LEARNED),
    Claim(EN, "0.5 learns it with 10 of 12 seeds and 1 with 4 of 12", LEARNED),
    Claim(KO, "0.5는 12개 중 10개, 1은 12개 중 4개의 시드만", LEARNED),
    Claim(HELP, "until the rate is 50, then {train.restart}", LEARNED),
    Claim(HELP, "with hello, for each of 12 seeds", LEARNED),
    Claim(EN, f'"{SAID}"'),
    Claim(KO, f'"{KOREAN_SAID}"'),
    Claim(EN, f"a {part(STRIDES)} of the run at a time (`{{` `}}`: a {part(FAR)})"),
    Claim(KO, f"전체의 {STRIDES}분의 1씩 옮깁니다(`{{` `}}`는 {FAR}분의 1씩)"),
    Claim(HELP, f"Back in training time: A {part(STRIDES)} of the run."),
    Claim(HELP, f"Far back: A {part(FAR)} of the run."),
    Claim(HELP, f"Far forward: A {part(FAR)} of the run."),
    Claim(EN, f"at most {BUDGET >> 20} MB of memory"),
    Claim(KO, f"메모리를 최대 {BUDGET >> 20} MB"),
    Claim(EN, f"kept by themselves, {SAVED[0]} and at the end"),
    Claim(KO, f"학습은 {SAVED[1]}, 그리고 끝날 때"),
    Claim(HELP, f"done {SAVED[0]} and at the end, after {word(autosave.FIRST)} seconds of"),
    Claim(HELP, f"the newest {autosave_files.MOST_FILES}, at most {MOST_MB} MB"),
    Claim(HELP, f"that has made {word(record_file.UPDATES)} updates and has lasted "
                f"{word(record_file.SECONDS)} seconds"),
    Claim(HELP, f"the newest {pruning.MOST_RUNS}, at most {pruning.MOST_BYTES >> 20} MB"),
    Claim(HELP, f"at most so many ({SHOWN}; of --json"),
    Claim(EN, f"has {word(len(BUILT_IN))} texts"),
    Claim(KO, f"글 {korean(len(BUILT_IN))} 개가"),
    Claim(EN, "(1.1 M characters, 65 symbols)", KNOWN),
    Claim(KO, "(글자 1.1 M개, 기호 65개)", KNOWN),
    Claim(KO, "LSTM 2×128, 10에폭 | 1.623 | held-out bigram 2.486; PyTorch, "
          "같은 가중치·윈도·최적화·갱신: 0.001 높음", PEER),
    Claim(KO, "(글자 228,145개, 기호 27개)", KNOWN),
    Claim(KO, "GRU 1×128, 10에폭 | 1.674", "rnn-tui train names.txt"),
    Claim(KO, "held-out bigram 2.578", KNOWN),
    Claim(KO, "(글자 1.2 M개, 기호 2,097개)", KNOWN),
    Claim(KO, "LSTM 2×128, 3에폭 | 3.692", "rnn-tui train korean_nsmc_reviews.txt"),
    Claim(KO, "uniform 7.648, unigram 5.008, held-out bigram 3.414", KNOWN),
    Claim(EN, "LSTM 2×128, 10 epochs | 1.623 | held-out bigram 2.486; PyTorch, same weights, "
          "windows, optimizer and updates: 0.001 more", PEER),
    Claim(EN, "(228,145 characters, 27 symbols)", KNOWN),
    Claim(EN, "GRU 1×128, 10 epochs | 1.674", "rnn-tui train names.txt"),
    Claim(EN, "held-out bigram 2.578", KNOWN),
    Claim(EN, "(1.2 M characters, 2,097 symbols)", KNOWN),
    Claim(EN, "LSTM 2×128, 3 epochs | 3.692", "rnn-tui train korean_nsmc_reviews.txt"),
    Claim(EN, "uniform 7.648, unigram 5.008, held-out bigram 3.414", KNOWN),
    Claim(HELP, f"goes back up to {word(BACK)} updates with half the rate"),
    Claim(HELP, f"{word(BACK).title()} updates back, to before it went wrong"),
    Claim(HELP, f"it goes back {word(BACK)} updates first"),
    Claim(HELP, f"go back {BACK} updates and on with half the learning rate, "
          f"{word(MOST)} times at most"),
    Claim(HELP, f"less than {100 * LITTLE:g} % over {part(VANISHING)} of the distances"),
    Claim(HELP, f"from {word(EXPLODING)} times as much on"),
    Claim(HELP, f"the same {word(len(MATRICES))} matrices"),
    Claim(HELP, f"a logit larger by {math.log(90 / 10):.1f} means 90 to 10"),
    Claim(HELP, f"the next lower of … {RATES} …"),
    Claim(HELP, f"nats / {math.log(2):.3f}"),
    Claim(HELP, f"noise of {100 * NOISE:g} % of its deviation"),
    Claim(HELP, f"characters before it ({BACK_OF_PLACE}); with --memory-span: how far back "
                f"({BACK_OF_STATE}, at most {MOST_BACK})"),
    Claim(HELP, f"the {WARM_UP} characters before it are read first"),
    Claim(HELP, f"at most {word(RACERS)}"),
    Claim(HELP, f"save a run every so many updates, too ({SAVED_EVERY:g} s)"),
    Claim(HELP, f"at most ({LOCAL_FPS}; over ssh {REMOTE_FPS})"),
)  # fmt: skip

SECTIONS = {
    "rnn-tui": "rnn-tui",
    "hello와 함께 5분": "Five minutes with hello",
    "패널": "The panels",
    "안을 들여다보기": "Looking inside",
    "지난 순간으로 돌아가기": "Back in time",
    "내 글로": "Your own text",
    "경주": "A race",
    "화면 없이": "Without a screen",
    "수업에서": "For a class",
    "수식": "The mathematics",
    "측정값": "Figures",
    "다른 도구와 비교": "How it compares",
    "한계": "Limits",
    "더 보기": "More",
}


def help_texts() -> str:
    """What the screen's help and every `--help` say, a paragraph each."""
    lessons = (UNROLLED, BACKPROP, GRADIENTS)
    said = [
        INTRODUCTION,
        CARRIES,
        LOOKS_BACK,
        *TRIALS,
        *(words for pair in (*explained(PANELS), COPYING, *GROUPS.values()) for words in pair),
    ]
    said += [words for lesson in lessons for words in (lesson.text, *lesson.trials)]
    said += [f"{key.title}: {key.sentence}" for key in KEYS]
    for parser in all_parsers():
        said += [parser.description or "", parser.epilog or ""]
        said += [action.help or "" for action in parser._actions]
    return "\n\n".join(dict.fromkeys(said))


PAGES = {page: (ROOT / page).read_text("utf-8") for page in (EN, KO)} | {HELP: help_texts()}


def figures(text: str) -> list[re.Match[str]]:
    """The figures that are claims."""
    for rule in NO_CLAIM:
        text = re.sub(rule, lambda found: re.sub(r"\S", "·", found[0]), text)
    return list(FIGURE.finditer(text))


def places(claim: Claim) -> list[re.Match[str]]:
    """Where its words stand, however the lines are broken."""
    return list(re.finditer(r"\s+".join(map(re.escape, claim.words.split())), PAGES[claim.page]))


def sections(page: str) -> dict[str, str]:
    """Title and text of each section."""
    parts = re.split(r"(?m)^##? (.*)\n", re.sub(r"(?ms)^```.*?^```", "", PAGES[page]))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def exists(command: str) -> bool:
    """Whether there is such a script or command."""
    program, name, *_ = command.split()
    return name in COMMANDS if program == "rnn-tui" else (ROOT / name).is_file()


@pytest.mark.parametrize("page", PAGES)
def test_every_figure_is_tied(page: str) -> None:
    text = PAGES[page]
    tied = {
        place
        for claim in CLAIMS if claim.page == page
        for words in places(claim)
        for place in range(*words.span())
    }  # fmt: skip
    loose = [found for found in figures(text) if found.start() not in tied]
    assert [text[max(found.start() - 40, 0) : found.end() + 30] for found in loose] == []


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.words[:40])
def test_a_claim_is_said_as_computed(claim: Claim) -> None:
    assert places(claim), f"{claim.page} does not say: {claim.words}"
    if claim.command:
        assert exists(claim.command)
        for words in places(claim) if claim.page != HELP else ():
            start = PAGES[claim.page].rindex("\n## ", 0, words.start())
            assert f"`{claim.command}" in PAGES[claim.page][start:].split("\n## ")[1]


def test_every_default_is_said_as_it_is() -> None:
    for parser in all_parsers():
        for action in parser._actions:
            if said := re.search(r"\(([\d.]+)\)$", action.help or ""):
                homes = (action, "default"), (Config(), action.dest), (SampleOptions(), action.dest)
                value = next(filter(None, (getattr(*home, None) for home in homes)), 0)
                assert said[1] == (value if isinstance(value, str) else f"{value:g}"), parser.prog


def test_every_row_of_figures_names_a_command() -> None:
    rows = [line for line in sections(EN)["Figures"].splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 3
    assert all(exists(re.findall(r"`([^`]+)` \|$", row)[0]) for row in rows)


def test_both_languages_name_the_same_figures() -> None:
    english, korean = sections(EN), sections(KO)
    assert list(korean) == list(SECTIONS)
    for theirs, ours in SECTIONS.items():
        one, other = (
            {VALUES.get(found[0].lower(), found[0]) for found in figures(text)}
            for text in (english[ours], korean[theirs])
        )
        assert one == other, ours


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in 9 seconds, 0.5 % or 2,097 symbols", ["9", "0.5", "2,097"]),
        ("Fifty updates, 1 % and a fifth", ["Fifty", "1", "fifth"]),
        ("시드 12개로 4~9초, 글 열 개", ["12", "4", "9", "열"]),
        ("`python 3`, Python 3.11, HDF5, 80×24, screen 2, h_1, exit code 3, 1 at its place", []),
    ],
)
def test_the_scan_sees_figures_and_leaves_the_rest(text: str, found: list[str]) -> None:
    assert [figure[0] for figure in figures(text)] == found
