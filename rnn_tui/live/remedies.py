"""What can be done after divergence, worked out before it is offered."""

from rnn_tui.inspection.diagnosis.report import Finding, figure
from rnn_tui.language import mark, phrase
from rnn_tui.protocol.remedies import Remedies
from rnn_tui.training.timeline import Timeline

DIVERGED = "diverged"
"""Label of the mark that stays on the curve."""
BACK = 50
"""Updates."""
CLIP = 1.0
"""Gradient norm: in the runs of `corpora/` it is 0.1 to 1 once the first updates are over."""
KEYS = mark(
    "{diverged.back} goes back with half the learning rate, {diverged.clip} clips the gradient, "
    "{diverged.anyway} goes on regardless"
)
"""In the names of the table of keys; the screen puts the keys themselves in their place."""


def remedies(timeline: Timeline, finding: Finding) -> Remedies:
    """Return what to offer at the present moment."""
    trainer = timeline.trainer
    here, back = trainer.update, max(trainer.update - BACK, timeline.start)
    then = timeline.knobs_at(back).base_rate * trainer.decay_at(back)
    clip, rate = trainer.config.clip_norm, min(trainer.learning_rate, then)
    return Remedies(
        back_to=back,
        rate=rate / 2,
        rate_before=rate,
        clip=CLIP if clip is None or clip > CLIP else clip / 2,
        clip_at=here if finding.kind == "high" else back,
    )


def told(finding: Finding) -> str:
    """Return what happened and the keys, for one line."""
    return phrase("{what} So it was not made: {keys}.", what=finding.what, keys=phrase(KEYS))


def clip_words(before: float | None, after: float) -> str:
    """Say how clipping was turned."""
    if before is None:
        return phrase(
            "The gradient is clipped to a norm of {norm} from here on.", norm=figure(after)
        )
    return phrase(
        "The gradient is clipped to a norm of {norm} from here on, before {before}.",
        norm=figure(after),
        before=figure(before),
    )
