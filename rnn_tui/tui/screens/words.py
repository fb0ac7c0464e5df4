"""The help's words, the same as in the documentation: short, and for a beginner."""

from rnn_tui.keys.key import Group, Scope
from rnn_tui.language import mark, tr

INTRODUCTION = mark(
    "A {network} reads a text one character at a time. After each one it says how likely "
    "every character of the text's alphabet is to come next. {memory} When it was wrong, "
    "its weights are moved a little so that it would have been less wrong. That is one "
    "update, and the program does one after the other while you watch."
)
CARRIES = mark(
    "It carries a few numbers, its hidden state, from step to step: that is all it "
    "remembers of what it has read."
)
LOOKS_BACK = mark(
    "It has no hidden state: what it says follows from the last {reach} it has read, and "
    "nothing before them can help it."
)


def introduction(reach: str = "") -> str:
    """Return what a network does, one that sees so much of what it has read, or a recurrent one."""
    if not reach:
        return tr(INTRODUCTION, network=tr("recurrent neural network"), memory=tr(CARRIES))
    sees = tr(LOOKS_BACK, reach=reach)
    return tr(INTRODUCTION, network=tr("neural network"), memory=sees)


COPYING = (
    mark("Copying"),
    mark(
        "{app.copy} copies what the page shows to your clipboard, over ssh, too. The "
        "characters are the true ones, also where the screen shows stand-ins; controls other "
        "than newline stay pictures, so that pasting them does nothing. It goes by a sequence "
        "named OSC 52, which a terminal may not support (macOS Terminal, older GNOME "
        "Terminals) or allow only in its settings (iTerm2); tmux needs set -g set-clipboard "
        "on, a browser https or localhost. The mouse selects whatever stands on the screen: "
        "hold shift while dragging, in iTerm2 option, in macOS Terminal fn."
    ),
)

TRIALS: tuple[str, ...] = (
    mark(
        "Press {train.pause}, then {train.step} several times: single updates, and what each "
        "one does to the bars."
    ),
    mark(
        "Press {rate.raise} several times and watch the loss: where does a larger learning "
        "rate stop helping?"
    ),
    mark(
        "Press {train.new_seed}: another seed starts from other weights. Does it learn the "
        "same way?"
    ),
    mark(
        "Press {time.back} some ten times: the run goes back in time. Raise the rate there "
        "with {rate.raise} and press {train.pause}: a branch begins, the old curve stays as a "
        "ghost, and {time.branch} goes from one to the other."
    ),
    mark(
        "Press {rate.raise} until the rate is 50, then {train.restart}: the loss leaps, and "
        "training stops before it does more harm (with hello, for each of 12 seeds). The "
        "panel says why; {diverged.back} goes back up to fifty updates with half the rate."
    ),
    mark(
        "In hello the letter after l is l once and o once. The letter alone does not tell "
        "which; the hidden state has to. Watch the two l columns come apart, last of all."
    ),
)

GROUPS: dict[Group, tuple[str, str]] = {
    "Divergence": (
        mark("Keys: when training diverges"),
        mark(
            "An update whose loss or gradient is not finite, or whose loss is far above that "
            "of blind guessing, is not made: training stands still, and a panel says where in "
            "the update it began and what probably did it. These keys work then."
        ),
    ),
    "Text": (
        mark("Keys: where in the text"),
        mark(
            "The screens look at one window on the text, all at the same place. Where it does "
            "not begin a part of the text, the 256 characters before it are read first, from "
            "an empty memory; at the beginning of a part the memory is empty."
        ),
    ),
    "Knobs": (
        mark("Keys: knobs"),
        mark("Turning one needs no restart and leaves a mark on the curve."),
    ),
    "Unrolled": (mark("Keys: the network unrolled ({screen.unrolled})"), ""),
    "Backprop": (
        mark("Keys: one update ({screen.backprop})"),
        mark("Training stands still while you walk through it."),
    ),
    "Lesson": (
        mark("Keys: lessons"),
        mark(
            "rnn-tui learn opens one: a panel beside the pictures asks, and the answer is "
            "worked out from the run. These keys work then."
        ),
    ),
    "Weights": (
        mark("Keys: memory, the weights ({screen.memory})"),
        mark(
            "Weights are turned while training stands still: the curve gets a mark and a "
            "branch begins. {time.back} takes a turn back, {time.branch} goes to the network "
            "without it."
        ),
    ),
    "Compare": (
        mark("Keys: runs compared"),
        mark("rnn-tui compare draws runs that there were on one chart. These keys work there."),
    ),
    "Influence": (mark("Keys: memory, what moved a prediction ({screen.memory})"), ""),
    "Units": (mark("Keys: memory, what each unit follows ({screen.memory})"), ""),
    "Surprise": (mark("Keys: memory, what surprises it ({screen.memory})"), ""),
}
"""Title and what goes for all keys of a group."""
PLAIN_GROUPS: dict[Group, str] = {
    "Training": mark("Keys: training"),
    "Panels": mark("Keys: panels"),
    "Screens": mark("Keys: screens"),
    "Gradients": mark("Keys: gradients"),
    "Memory": mark("Keys: memory"),
    "Race": mark("Keys: race"),
    "Program": mark("Keys: program"),
}
"""Titles of the others."""


def about_group(group: Group, scope: Scope) -> tuple[str, str]:
    """Return the title of the keys of a group that work in a scope, and what goes for all."""
    if group in GROUPS:
        title, text = GROUPS[group]
        return tr(title), tr(text)
    opened_by = f" ({{screen.{scope}}})" if group.lower() == scope else ""
    return tr(PLAIN_GROUPS[group]) + opened_by, ""
