"""What a step begins with: a text, and a network that is new or was trained before."""

from dataclasses import dataclass

from rnn_tui.text.corpus import Corpus
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer


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
