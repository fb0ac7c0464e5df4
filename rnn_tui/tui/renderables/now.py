"""What is going on, in a sentence, and one key to try next."""

from rnn_tui.inspection.now import Name, Now, Standing, now
from rnn_tui.language import counted, mark, tr
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.renderables.numbers import loss, thousands

SAID: dict[Name, tuple[str, str, str]] = {
    "untrained": (
        mark("Not trained yet: it guesses blindly, which costs {uniform} nats a {unit}."),
        mark("Not trained yet: it guesses blindly."),
        mark("Try: {train.step} makes one update."),
    ),
    "worse": (
        mark("Worse than blind guessing ({uniform}): its steps are too large."),
        mark("Worse than blind guessing ({uniform})."),
        mark("Try: {rate.lower} lowers the learning rate."),
    ),
    "blind": (
        mark("Hardly better than blind guessing ({uniform}) so far."),
        mark("Hardly better than blind guessing."),
        mark("Try: {rate.raise} raises the learning rate."),
    ),
    "frequencies": (
        mark("Better than blind guessing: it learns how often each {unit} comes."),
        mark("It learns how often each {unit} comes."),
        mark("Try: {temperature.lower} makes samples safer."),
    ),
    "pairs": (
        mark("Below the unigram line: it is learning which {unit} follows which."),
        mark("Below the unigram line."),
        mark("Try: {prefix.enter} asks what it expects after a text."),
    ),
    "more": (
        mark("Below the bigram line ({bigram}): it uses more than the last {unit}."),
        mark("Below the bigram line ({bigram})."),
        mark("Try: {screen.memory} shows what a prediction rests on."),
    ),
    "bigram wall": (
        mark("At the bigram line for {updates} updates: it uses the last {unit} alone."),
        mark("Stuck at the bigram line."),
        mark("Try: {screen.gradients} shows how far back an error reaches."),
    ),
    "still": (
        mark("No better for {updates} updates."),
        mark("No better for {updates} updates."),
        mark("Try: {rate.lower} or {rate.raise} turns the learning rate."),
    ),
    "by heart": (
        mark("Validation was lowest {updates} updates ago: it learns the text by heart."),
        mark("It learns the text by heart."),
        mark("Try: {time.back} goes back."),
    ),
    "foreseen": (
        mark("Nearly every {unit} is foreseen: gradients are small, little is left."),
        mark("Nearly every {unit} is foreseen."),
        mark("Try: {screen.memory} shows what a prediction rests on."),
    ),
    "learned": (
        mark("Gradients are small because the loss is: nothing is left to learn."),
        mark("Nothing is left to learn."),
        mark("Try: {prefix.enter} asks what it expects after a text."),
    ),
    "floor": (
        mark("As good as anybody can be: the least loss possible on this text is {floor}."),
        mark("As good as can be ({floor})."),
        mark("Try: {prefix.enter} asks what it expects after a text."),
    ),
    "saturated": (
        mark("Nearly every h is near ±1: saturated, little of an error gets through."),
        mark("Nearly every h is near ±1."),
        mark("Try: {train.new_seed} begins again with other weights."),
    ),
}
"""By what goes on: the sentence, the same in fewer words, and what a key does (in braces)."""


REACHES = mark("Try: {screen.gradients} shows an error reach {steps} back.")
FURTHER = mark("Try: {screen.gradients} shows an error reach {steps} or more.")
"""What to try below the bigram line, where it is known how far back an error gets."""


def standing(snapshot: Snapshot, info: RunInfo) -> Standing:
    """Return what there is to judge by, of the moment that is looked at."""
    curves, update = snapshot.curves, snapshot.update
    past, validated = curves.update <= update, curves.val_update <= update
    return Standing(
        update=update,
        loss=snapshot.smoothed,
        updates=curves.update[past],
        smoothed=curves.smoothed[past],
        val_updates=curves.val_update[validated],
        validation=curves.validation[validated],
        uniform=info.uniform,
        unigram=info.unigram,
        bigram=info.bigram,
        floor=info.floor,
        flat=snapshot.flat,
    )


def sentences(found: Now, info: RunInfo, *, covered: bool = False) -> tuple[str, str, str]:
    """Return what goes on, in many and in few words, and what to try; names of keys in braces."""
    known = {
        "uniform": loss(info.uniform),
        "bigram": loss(info.bigram),
        "floor": "0" if not info.floor else loss(info.floor),
    }
    values = {
        "unit": tr(info.unit),
        "updates": thousands(found.updates),
        **(dict.fromkeys(known, "·") if covered else known),
    }
    said, short, trial = SAID[found.name]
    return tr(said, **values), tr(short, **values), tr(trial)


def told(snapshot: Snapshot, info: RunInfo, *, covered: bool = False) -> tuple[str, str, str]:
    """Return them for a moment; nothing of one that has diverged, of which a panel tells.

    `covered`: the levels that losses are held against are not to be seen.
    """
    if snapshot.state == "diverged":
        return "", "", ""
    found = now(standing(snapshot, info))
    said, short, trial = sentences(found, info, covered=covered)
    if found.name == "more" and (reach := snapshot.reach) and reach.steps:
        trial = tr(FURTHER if reach.more else REACHES, steps=counted(reach.steps, "step"))
    return said, short, trial
