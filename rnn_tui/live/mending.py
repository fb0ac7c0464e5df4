"""Going on after divergence."""

from collections.abc import Callable
from typing import Literal

from rnn_tui.language import mark, phrase
from rnn_tui.live.remedies import clip_words, remedies
from rnn_tui.live.run import RefusalError, Run
from rnn_tui.live.status import Diverged
from rnn_tui.protocol.remedies import Divergence, Remedies


def divergence(run: Run) -> Divergence | None:
    """Return why the next update was not made, and what can be done; None: it can be made."""
    if not isinstance(run.status, Diverged):
        return None
    return Divergence(run.status.finding, remedies(run.timeline, run.status.finding))


def mend(run: Run, how: Literal["back", "clip", "anyway"]) -> str:
    """Go on after divergence: back with half the rate, clipped, or regardless."""
    if (found := divergence(run)) is None:
        raise RefusalError(mark("Nothing has gone wrong here: this key is for when it does."))
    match how:
        case "back":
            return _back(run, found.remedies)
        case "clip":
            return _clipped(run, found.remedies)
        case "anyway":
            return _anyway(run, high=found.finding.kind == "high")


def _back(run: Run, offered: Remedies) -> str:
    def halve_rate() -> None:
        run.trainer.stop_for(run.trainer.watch)
        run.set_learning_rate(offered.rate)

    _go_on_from(run, offered.back_to, halve_rate)
    return phrase(
        "Back to update {update}, with a learning rate of {rate}.",
        update=f"{offered.back_to:,}",
        rate=f"{offered.rate:.3g}",
    )


def _clipped(run: Run, offered: Remedies) -> str:
    def clip() -> None:
        if run.trainer.diverged:  # at the moment itself, where the loss is as high as before
            run.trainer.stop_for("finite")
        run.set_clip_norm(offered.clip)

    before = run.trainer.config.clip_norm
    _go_on_from(run, offered.clip_at, clip)
    return clip_words(before, offered.clip)


def _anyway(run: Run, *, high: bool) -> str:
    # Making the same update again, it would be stopped by the same at once.
    run.trainer.stop_for("finite" if high else "nothing")
    run.timeline.knob_turned()
    run.go_on()
    if high:
        return mark("Going on: from here on only what is not finite stops it.")
    return mark("Going on: what is not finite spreads to every weight; {time.back} goes back.")


def _go_on_from(run: Run, update: int, turn_knob: Callable[[], object]) -> None:
    """Turn a knob at a moment and go on from there."""

    def turn_and_go_on() -> None:
        turn_knob()
        run.go_on()

    if update == run.trainer.update:
        turn_and_go_on()
    else:
        run.set_out(update, then=turn_and_go_on)
