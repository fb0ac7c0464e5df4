"""The weights themselves, which can be turned."""

import math
from collections.abc import Callable, Hashable
from typing import ClassVar, get_args

from textual.content import Content
from textual.strip import Strip

from rnn_tui.inspection.names import layer_of, on_paper
from rnn_tui.language import mark, tr
from rnn_tui.models.turning.turns import ScaleRecurrent, SetForgetBias, SetWeight, Turn, ZeroUnit
from rnn_tui.protocol.commands import TurnWeights
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.turned import RUNS
from rnn_tui.protocol.weights import WeightsSeen, WeightsView
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.messages import CommandRequested
from rnn_tui.tui.renderables.lines import fitting, sentence
from rnn_tui.tui.renderables.memory import weight_labels as labels
from rnn_tui.tui.renderables.memory import weight_words as words
from rnn_tui.tui.renderables.memory import weights as drawn
from rnn_tui.tui.renderables.memory import weights_beside as beside
from rnn_tui.tui.renderables.memory.turned import NO_STATE
from rnn_tui.tui.widgets.memory.look_panel import LookPanel
from rnn_tui.tui.widgets.memory.number_bar import NumberBar, as_number

NOT_YET = mark("The weights are being fetched; one moment.")
NO_UNIT = mark("This weight belongs to no hidden unit: {weights.next} goes to another parameter.")
NO_GATE = mark("This network has no gate that decides how much is kept, so it has no such bias.")
OF_W_HH = ("weights.scale_down", "weights.scale_up", "weights.factor")
OF_THE_GATE = ("weights.bias_down", "weights.bias_up")
"""Keys that not every network has something for."""
FACTOR = 0.9
STEP = 0.5
"""What one key adds to the bias of the keeping gate."""


class WeightsPicture(LookPanel[WeightsSeen]):
    """One parameter; one of its weights is marked."""

    KIND = WeightsSeen
    EMPTY: ClassVar[str] = mark("The weights will stand here, each a color.")
    number = 0
    """Of the parameter."""
    place = (0, 0)
    """Row and column of the marked weight."""
    what: drawn.What = "now"
    """Which number of each weight is seen."""
    _bias: tuple[WeightsSeen, float] | None = None
    """What was sent last, and the answer that it was worked out from."""

    @property
    def wants(self) -> WeightsView:
        """The part around the mark."""
        return WeightsView(self.number, *self.place, *drawn.fit(*self.size))

    @property
    def of_layer(self) -> int:
        """Of the marked weight; the last one's for the output."""
        if self.part is None or self.info is None:
            return 0
        layer = layer_of(self.part.names[self._number(self.part)])
        return self.info.config.num_layers - 1 if layer is None else layer

    @property
    def idle(self) -> tuple[str, ...]:
        """Those of W_hh and of the gate that keeps, where there is none."""
        if self.part is None or self.info is None:
            return ()
        idle = () if self._marked(self.part, self.info).unit else ("weights.zero",)
        if self.info.config.network != "recurrent":
            return (*idle, *OF_W_HH, *OF_THE_GATE)
        return (*idle, *OF_THE_GATE) if math.isnan(self.part.keeping) else idle

    def move(self, by: tuple[int, int]) -> str:
        """Mark another weight, so far down and right."""

        def go(part: WeightsSeen, info: RunInfo) -> str:
            self.place = labels.moved(part, info, self._number(part), self.place, by)
            return ""

        return self._do(go)

    def next_parameter(self, by: int) -> str:
        """Show another parameter."""

        def go(part: WeightsSeen, info: RunInfo) -> str:
            self.number, self.place = (self._number(part) + by) % len(part.names), (0, 0)
            return ""

        return self._do(go)

    def show_next(self) -> str:
        """Show what the last update added, then what it began with, then the weights again."""
        if self.part is not None and beside.fits(self.part, *self.size):
            return words.ALL
        kinds = get_args(drawn.What)
        self.what = kinds[(kinds.index(self.what) + 1) % len(kinds)]
        self.label()
        self.redraw()
        return ""

    def type_value(self) -> str:
        """Ask for a value of the marked weight."""

        def take(part: WeightsSeen, info: RunInfo) -> str:
            weight = self._marked(part, info)
            return self._ask(
                f"{weight.name} =", lambda value: SetWeight(weight.parameter, weight.index, value)
            )

        return self._do(take)

    def type_factor(self) -> str:
        """Ask for a factor of W_hh."""
        layer = self.of_layer

        def take(part: WeightsSeen, info: RunInfo) -> str:
            if info.config.network != "recurrent":
                return NO_STATE
            name = on_paper(f"rnn.weight_hh_l{layer}", info.config.num_layers)
            return self._ask(f"{name} ×", lambda value: ScaleRecurrent(layer, value))

        return self._do(take)

    def zero_unit(self) -> str:
        """Set all that goes in and out of the marked weight's unit to 0."""

        def zero(part: WeightsSeen, info: RunInfo) -> str:
            unit = self._marked(part, info).unit
            return NO_UNIT if unit is None else self._turn(ZeroUnit(*unit))

        return self._do(zero)

    def scale_recurrent(self, by: int) -> str:
        """Multiply W_hh of the layer, or take that back."""
        factor = FACTOR if by < 0 else 1 / FACTOR
        return self._do(lambda part, info: self._turn(ScaleRecurrent(self.of_layer, factor)))

    def turn_bias(self, by: int) -> str:
        """Give the keeping gate of all units the next lower or higher bias."""

        def turn(part: WeightsSeen, info: RunInfo) -> str:
            if part.number != self._number(part):
                return NOT_YET
            if math.isnan(part.keeping):
                return NO_GATE
            # A second press comes before the answer to the first.
            here = self._bias[1] if self._bias and self._bias[0] is part else part.keeping
            nearest = math.floor(here / STEP + 1e-6) if by > 0 else math.ceil(here / STEP - 1e-6)
            value = (nearest + by) * STEP
            self._bias = part, value
            return self._turn(SetForgetBias(self.of_layer, value))

        return self._do(turn)

    def _number(self, part: WeightsSeen) -> int:
        # Another network of a race may have fewer.
        return min(self.number, len(part.names) - 1)

    def _marked(self, part: WeightsSeen, info: RunInfo) -> labels.Marked:
        """Return the weight that is marked, be it shown yet or not."""
        number = self._number(part)
        place = labels.moved(part, info, number, self.place, (0, 0))
        return labels.marked(part, info, number, place)

    def _do(self, act: Callable[[WeightsSeen, RunInfo], str]) -> str:
        if self.part is None or self.info is None:
            return NOT_YET
        return act(self.part, self.info)

    def _turn(self, turn: Turn) -> str:
        self.post_message(CommandRequested(TurnWeights(turn)))
        return ""

    def _ask(self, prompt: str, turn: Callable[[float], Turn]) -> str:
        if self.snapshot is not None and self.snapshot.state == "running":
            return RUNS
        bar = self.screen.query_one(NumberBar)
        bar.ask(prompt, as_number(lambda value: self._turn(turn(value))))
        return ""

    def looks_of(self, part: WeightsSeen, info: RunInfo) -> Hashable:
        """Return all numbers shown."""
        return tuple(drawn.looks(part))

    def draw_part(self, part: WeightsSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the parameter."""
        if beside.fits(part, width, height):
            return beside.draw(part, info, width, height, self.palette, self.scale)
        if self.what != "now" and math.isnan(part.most):
            past = self.snapshot.past if self.snapshot else None
            said = table_of(self).named(words.unknown(part, past))
            return sentence(said, width, height, self.palette.dim)
        return drawn.draw(part, info, self.what, width, height, self.palette, self.scale)

    def titles(self) -> tuple[str, ...]:
        """Name what is seen of which parameter, and the scale."""
        part, info = self.part, self.info
        if part is None or info is None:
            return (tr("Weights"),)
        return words.titles(part, info, self.what, *self.size)

    def legend(self) -> Content:
        """Say everything about the marked weight."""
        part, info = self.part, self.info
        if part is None or info is None:
            return Content("")
        return Content(fitting(self.size.width - 4, *words.about(part, info, table_of(self))))

    @property
    def copied(self) -> Copied | None:
        """Return the marked weight, with a minus that programs read."""
        if self.part is None or self.info is None:
            return None
        name = labels.marked(self.part, self.info, self.part.number, self.part.place).name
        return Copied(name, f"{name} = {self.part.value:.9g}")
