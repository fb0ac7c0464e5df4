"""`rnn-tui inspect FILE TEXT`: what a network does with a text, looked at closely."""

import argparse
from typing import Any

from rnn_tui.commands.options.known_text import add_known_text, read_known_text
from rnn_tui.commands.options.parser import Parser, path
from rnn_tui.commands.options.shared import add_checkpoint_file
from rnn_tui.errors import InputError
from rnn_tui.language import phrase

NAME = "inspect"
DOES = "what a network does with a text, looked at closely"
MORE = (
    "--influence: for each of the characters before a place, by how much the character that "
    "stands there was likelier than with another in this one's place (ln p, in nats, the mean "
    "over the others of its kind, digits for digits, capitals for capitals; – where there are "
    "none); and what the gradient foretells of it. --surprise: how the bits (−log₂ p) of the text "
    "divide among line starts, word starts, digits and other kinds of place, and which characters "
    "cost most. A name is a word that begins with a capital inside a sentence. --memorized: the "
    "stretches of a sample that stand word for word in the text it learned, where they are longer "
    "than what nearly all of the validation text has in common with it. --units: for each label of "
    "the text the unit that follows it best, as AUC (how probably the unit is higher where it is "
    "so than where it is not) or, of numbers, as correlation; found in the first half of the text "
    "and measured in the second, and claimed only where it is more than the same labels give when "
    "they are moved along the text, and as much as an AUC of 0.55 or a correlation of 0.1. "
    "--memory-span: how much of the past can be read out of the state that the network hands on: "
    "for each k how often a linear read-out (ridge regression, as "
    "if the state had noise of 3 % of its deviation) has the character k back right, learned "
    "on one half of the text and tested on the other; what one guesses who knows the present "
    "character alone; and the places where most is read of what guessing misses. These are put "
    "together so that what is near tells nothing more: the same character is present, and the same "
    "two follow the one that is sought. The span is the furthest k where half of what guessing "
    "misses there is read."
)
BACK_OF_PLACE, BACK_OF_STATE = 20, 40
"""Characters that one looks back, unless asked otherwise."""
GOES_WITH = {
    "of": ("units",),
    "regex": ("units",),
    "back": ("influence", "memory_span"),
    "before": ("surprise",),
    "length": ("memorized",),
    "temperature": ("memorized",),
    "seed": ("memorized",),
}
"""What each option that not every look has belongs to; none of them has a default."""


def add_options(parser: Parser) -> None:
    """Add its options."""
    add_checkpoint_file(parser)
    add_known_text(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--influence",
        type=int,
        metavar="N",
        help="what the characters before character N did for its prediction; N counts from 0, "
        "-1 is the last",
    )
    what.add_argument(
        "--surprise",
        action="store_true",
        help="which characters of TEXT cost most bits, and how all of them divide among kinds of "
        "place",
    )
    what.add_argument(
        "--memorized",
        action="store_true",
        help="what of a sample stands word for word in TEXT, which it learned",
    )
    what.add_argument(
        "--units",
        action="store_true",
        help="what each unit follows in TEXT: lines, quotes, brackets, capitals, single characters",
    )
    what.add_argument(
        "--memory-span",
        action="store_true",
        help="how far back the characters of TEXT can be read out of the state",
    )
    parser.add_argument(
        "--of",
        metavar="X",
        help="with --units: h, c of an LSTM, or a gate by its letter (h)",
    )
    parser.add_argument(
        "--regex",
        metavar="PATTERN",
        help="with --units: which units are on, or off, where this regular expression matches",
    )
    parser.add_argument(
        "--back",
        type=int,
        metavar="K",
        help=f"with --influence: how many characters before it ({BACK_OF_PLACE}); with "
        f"--memory-span: how far back ({BACK_OF_STATE}, at most 60)",
    )
    parser.add_argument(
        "--before",
        type=path,
        metavar="FILE",
        help="with --surprise: a checkpoint to compare with, such as an earlier one",
    )
    sample = parser.add_argument_group("with --memorized")
    sample.add_argument("--length", type=int, metavar="N", help="symbols to write (500)")
    sample.add_argument("--temperature", type=float, metavar="X", help="as of sample (0.8)")
    sample.add_argument("--seed", type=int, metavar="N", help="as of sample (0)")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui inspect FILE TEXT`."""
    from rnn_tui.plain.dearest import print_dearest
    from rnn_tui.plain.influence import print_influence
    from rnn_tui.plain.memorized import print_memorized
    from rnn_tui.plain.memory_span import print_memory_span
    from rnn_tui.plain.units.printed import print_units
    from rnn_tui.plain.writing import SampleOptions
    from rnn_tui.training.checkpoint.file import load

    asked = _asked(options)
    checkpoint = load(options.file)
    corpus = read_known_text(options, checkpoint)
    if options.memorized:
        return print_memorized(checkpoint, corpus, SampleOptions(**asked), as_json=options.json)
    if options.surprise:
        earlier = load(options.before) if options.before else None
        return print_dearest(checkpoint, corpus, earlier, as_json=options.json)
    if options.units:
        kind = asked.get("of", "h")
        return print_units(checkpoint, corpus, kind, options.regex, as_json=options.json)
    if options.memory_span:
        back = asked.get("back", BACK_OF_STATE)
        return print_memory_span(checkpoint, corpus, back, as_json=options.json)
    back = asked.get("back", BACK_OF_PLACE)
    return print_influence(checkpoint, corpus, options.influence, back, as_json=options.json)


def _asked(options: argparse.Namespace) -> dict[str, Any]:
    """Return the options of this look that were given.

    Raises:
        InputError: One belongs to another look.
    """
    asked = {name: value for name in GOES_WITH if (value := getattr(options, name)) is not None}
    for name in asked:
        # Not by truth, nor by ==: --influence 0 is a look, too.
        given = (getattr(options, look) for look in GOES_WITH[name])
        if not any(value is not None and value is not False for value in given):
            looks = " or ".join(f"--{look.replace('_', '-')}" for look in GOES_WITH[name])
            raise InputError(phrase("{option} goes with {looks}", option=f"--{name}", looks=looks))
    return asked
