"""What moved a prediction, worked out while training goes on: of the moment it was begun at."""

from rnn_tui.live.run import Run
from rnn_tui.live.views.influence import slices
from rnn_tui.protocol.influence import InfluenceView
from rnn_tui.protocol.reading import Reading
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.trainer import Trainer
from tests.training.test_validation import CONFIG


def test_it_is_of_the_network_that_it_was_begun_with(prose: Corpus) -> None:
    run = Run(Trainer(CONFIG, prose), paused=True)
    run.trainer.step()
    view = InfluenceView(Reading(), place=30, back=13)
    before = [*slices(run, view)]
    begun = slices(run, view)
    parts = [next(begun)]
    run.trainer.step()
    parts += begun
    assert len(parts) == len(before) > 3
    for part, known in zip(parts, before, strict=True):
        assert part.exchange.tobytes() == known.exchange.tobytes()
        assert part.slope.tobytes() == known.slope.tobytes()
