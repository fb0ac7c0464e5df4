"""Changing for once what the unrolled network hands on or reads: wiped, typed, exchanged."""

from collections.abc import Callable

from rnn_tui.inspection.experiment.changes import MOST, Change, Exchanged, Typed, Wiped
from rnn_tui.inspection.names import unit_on_paper
from rnn_tui.language import mark, tr
from rnn_tui.nn.cells import CELLS
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.text.steady import steady
from rnn_tui.tui.messages import StatusText, ViewChanged
from rnn_tui.tui.renderables.glyphs import typed
from rnn_tui.tui.renderables.unrolled import compared
from rnn_tui.tui.widgets.inside_panel import InsidePanel
from rnn_tui.tui.widgets.memory.number_bar import NumberBar, as_number
from rnn_tui.tui.widgets.panel import NOT_LOGGED

ONLY_HERE = mark("Only in this picture: training is not touched. {unrolled.put_back} puts it back.")
NOTHING = mark("Nothing is changed here.")
OVER = mark("All is as the network says it.")
NO_STATE = mark(
    "This network hands nothing on from step to step; {unrolled.exchange} exchanges what it reads."
)
NO_C = mark("This cell has only h; {unrolled.type} types another one.")
MOST_NAMED = 20
"""Symbols of the vocabulary that are named where one has to be typed."""


class ExperimentPanel(InsidePanel[Unrolled]):
    """A panel that asks what the network would say if one thing were otherwise."""

    KIND = Unrolled
    change: Change | None = None
    """What is changed for its picture; None: nothing."""
    cursor: int = 0
    """The marked time step."""
    unit: int = 0
    shown_layer: int = -1

    def wipe(self) -> str:
        """Make all 0 that the marked time step hands on; again: put it back."""
        return self._with_state(lambda info: self._change(Wiped(self.cursor)))

    def type_number(self, letter: str) -> str:
        """Ask for another value of the marked unit."""

        def ask(info: RunInfo) -> str:
            config = info.config
            if letter not in CELLS[config.cell].state:
                return NO_C
            unit = min(self.unit, config.hidden_size - 1)
            layer, step = self.shown_layer % config.num_layers, self.cursor
            number = letter + unit_on_paper(config, layer, unit)[1:]
            prompt = tr("{number} at step {step} =", number=number, step=step + 1)

            def take(value: float) -> str:
                if abs(value) > MOST:
                    return tr("Type a number from −{most} to {most}.", most=f"{MOST:,}")
                return self._told(self._change(Typed(step, layer, unit, value, letter)))

            self.screen.query_one(NumberBar).ask(prompt, as_number(take))
            return ""

        return self._with_state(ask)

    def exchange(self) -> str:
        """Ask for another symbol at the marked time step."""

        def ask(info: RunInfo) -> str:
            step = self.cursor

            def take(text: str) -> str:
                id = id_of(text, info)
                if id is None:
                    symbols = " ".join(steady(symbol) for symbol in info.symbols[:MOST_NAMED])
                    symbols += " …" if len(info.symbols) > MOST_NAMED else ""
                    return tr("Type one of these: {symbols}", symbols=symbols)
                if self._reads(step) == id:
                    return tr("That is what step {step} reads anyway.", step=step + 1)
                return self._told(self._change(Exchanged(step, id)))

            self.screen.query_one(NumberBar).ask(tr("step {step} reads:", step=step + 1), take)
            return ""

        return self._known(ask)

    def _reads(self, step: int) -> int | None:
        """Return what a time step reads where nothing is changed; None: it is not seen."""
        if self.part is None:
            return None
        part = self.part.unchanged or self.part
        return dict(enumerate(part.inputs.tolist(), part.first)).get(step)

    def put_back(self) -> str:
        """Change nothing any more."""
        return self._change(self.change) if self.change else NOTHING

    def _change(self, change: Change) -> str:
        """Change this alone, or what is changed so no more."""
        self.change = None if change == self.change else change
        self.changed()
        return ONLY_HERE if self.change else OVER

    def changed(self) -> None:
        """Draw what is seen now."""
        self.label()
        self.redraw()

    def _told(self, message: str) -> str:
        self.post_message(StatusText(message))
        self.post_message(ViewChanged())
        return ""

    def _with_state(self, act: Callable[[RunInfo], str]) -> str:
        return self._known(
            lambda info: act(info) if info.config.network == "recurrent" else NO_STATE
        )

    def _known(self, act: Callable[[RunInfo], str]) -> str:
        if self.snapshot is None or self.info is None:
            return ""
        return NOT_LOGGED if self.snapshot.replayed else act(self.info)

    def _experiment(self) -> str:
        """Say what is changed in what is shown; empty: nothing."""
        part, info, snapshot = self.part, self.info, self.snapshot
        if part is None or info is None or part.change is None or part.unchanged is None:
            return ""
        what = compared.said(part.change, info, part.unchanged.inputs.tolist(), part.first)
        if snapshot is not None and snapshot.state == "running":
            return tr("Experiment, training goes on without it: {what}", what=what)
        return tr("Experiment: {what}", what=what)


def id_of(text: str, info: RunInfo) -> int | None:
    """Return which symbol is typed, as itself or as it is shown; None: no single one is."""
    for symbols, sought in ((info.letters, "".join(map(typed, text))), (info.symbols, text)):
        if sought in symbols:
            return symbols.index(sought)
    return None
