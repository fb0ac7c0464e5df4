"""The help's words, the same as in the documentation: short, and for a beginner."""

from rnn_tui.keys.key import Group, Scope

INTRODUCTION = (
    "A {network} reads a text one character at a time. After each one it says how "
    "likely every character of the text's alphabet is to come next. {memory} When it was "
    "wrong, its weights are moved a little so that it would have been less wrong. That is one "
    "update, and the program does one after the other while you watch."
)
CARRIES = (
    "It carries a few numbers, its hidden state, from step to step: that is all it remembers of "
    "what it has read."
)
LOOKS_BACK = (
    "It has no hidden state: what it says follows from the last {reach} it has read, and "
    "nothing before them can help it."
)


def introduction(reach: str = "") -> str:
    """Return what a network does, one that sees so much of what it has read, or a recurrent one."""
    if not reach:
        return INTRODUCTION.format(network="recurrent neural network", memory=CARRIES)
    return INTRODUCTION.format(network="neural network", memory=LOOKS_BACK.format(reach=reach))


COPYING = (
    "Copying",
    "{app.copy} copies what the page shows to your clipboard, over ssh, too. The characters "
    "are the true ones, also where the screen shows stand-ins; controls other than newline "
    "stay pictures, so that pasting them does nothing. It goes by a sequence named OSC 52, "
    "which a terminal may not support (macOS Terminal, older GNOME Terminals) or allow only "
    "in its settings (iTerm2); tmux needs set -g set-clipboard on, a browser https or "
    "localhost. The mouse selects whatever stands on the screen: hold shift while dragging, "
    "in iTerm2 option, in macOS Terminal fn.",
)

TRIALS: tuple[str, ...] = (
    "Press {train.pause}, then {train.step} several times: single updates, and what each one does "
    "to the bars.",
    "Press {rate.raise} several times and watch the loss: where does a larger learning rate stop "
    "helping?",
    "Press {train.new_seed}: another seed starts from other weights. Does it learn the same way?",
    "Press {time.back} some ten times: the run goes back in time. Raise the rate there with "
    "{rate.raise} and press {train.pause}: a branch begins, the old curve stays as a ghost, and "
    "{time.branch} goes from one to the other.",
    "Press {rate.raise} until the rate is 50, then {train.restart}: the loss leaps, and training "
    "stops before it does more harm (with hello, for each of 12 seeds). The panel says why; "
    "{diverged.back} goes back up to fifty updates with half the rate.",
    "In hello the letter after l is l once and o once. The letter alone does not tell which; "
    "the hidden state has to. Watch the two l columns come apart, last of all.",
)

GROUPS: dict[Group, tuple[str, str]] = {
    "Divergence": (
        "Keys: when training diverges",
        "An update whose loss or gradient is not finite, or whose loss is far above that of blind "
        "guessing, is not made: training stands still, and a panel says where in the update it "
        "began and what probably did it. These keys work then.",
    ),
    "Knobs": ("Keys: knobs", "Turning one needs no restart and leaves a mark on the curve."),
    "Unrolled": ("Keys: the network unrolled ({screen.unrolled})", ""),
    "Backprop": (
        "Keys: one update ({screen.backprop})",
        "Training stands still while you walk through it.",
    ),
    "Lesson": (
        "Keys: lessons",
        "rnn-tui learn opens one: a panel beside the pictures asks, and the answer is worked out "
        "from the run. These keys work then.",
    ),
    "Weights": (
        "Keys: memory, the weights ({screen.memory})",
        "Weights are turned while training stands still: the curve gets a mark and a branch "
        "begins. "
        "{time.back} takes a turn back, {time.branch} goes to the network without it.",
    ),
    "Influence": ("Keys: memory, what moved a prediction ({screen.memory})", ""),
    "Units": ("Keys: memory, what each unit follows ({screen.memory})", ""),
    "Surprise": ("Keys: memory, what surprises it ({screen.memory})", ""),
}
"""Title and what goes for all keys of a group, where the title is not `about_group`'s."""


def about_group(group: Group, scope: Scope) -> tuple[str, str]:
    """Return the title of the keys of a group that work in a scope, and what goes for all."""
    opened_by = f" ({{screen.{scope}}})" if group.lower() == scope else ""
    return GROUPS.get(group, (f"Keys: {group.lower()}{opened_by}", ""))
