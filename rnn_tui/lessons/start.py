"""What a step begins with: a text, and a network that is new or was trained before."""

import re
from dataclasses import dataclass

from rnn_tui.inspection.microsteps import micro_steps
from rnn_tui.lessons.facts import WEIGHTS
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer

_PLACE = re.compile(r"(\w+)\[(\d{1,3})(?:, ?(\d{1,3}))?\]", re.ASCII)


@dataclass(frozen=True, eq=False, slots=True)
class Start:
    """One network; steps that begin with the same one have the same object."""

    corpus: Corpus
    config: Config
    checkpoint: Checkpoint | None = None
    """Where it goes on, with the settings of `config`; None: untrained."""

    @property
    def update(self) -> int:
        """How many updates it has behind it."""
        return 0 if self.checkpoint is None else self.checkpoint.update

    def trainer(self) -> Trainer:
        """Return it, ready to be trained on.

        Raises:
            InputError: The checkpoint is of another text, or damaged.
        """
        if self.checkpoint is None:
            return Trainer(self.config, self.corpus)
        return self.checkpoint.trainer(self.corpus)

    @property
    def micro_steps(self) -> int:
        """How many there are in one of its updates."""
        return len(micro_steps(self.config.seq_length, self.config.num_layers))

    def weight(self, text: str) -> tuple[int, int, int] | None:
        """Return number of the matrix, row and column, from 0, of W_hh[3, 1]; None: it has none."""
        parameters = self.trainer().model.parameters
        found = _PLACE.fullmatch(text)
        if found is None or WEIGHTS.get(found[1]) not in parameters:
            return None
        shape = parameters[WEIGHTS[found[1]]].shape
        place = [int(number) - 1 for number in found.groups()[1:] if number]
        if len(place) != len(shape) or not all(map(range.__contains__, map(range, shape), place)):
            return None
        row, column = (*place, 0)[:2]
        return list(parameters).index(WEIGHTS[found[1]]), row, column
