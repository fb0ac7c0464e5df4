"""What the numbers of the marked time step of screen 2 are made of: the formulas, filled in."""

from collections.abc import Hashable
from dataclasses import replace
from typing import ClassVar

from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.lessons.lesson import Step
from rnn_tui.models.spec import Feature
from rnn_tui.protocol.formula import FormulaSeen, FormulaView
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.steady import steady
from rnn_tui.tui.messages import ViewChanged
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.renderables.update import formulas
from rnn_tui.tui.widgets.inside_panel import InsidePanel
from rnn_tui.tui.widgets.unrolled.experiment import ExperimentPanel

NOTHING_READ = mark("Nothing is read here, so there is no formula.")
OPEN = "-made-of"
"""The class of a screen on which it stands."""


class MadeOfPanel(InsidePanel[FormulaSeen]):
    """One layer and the output, at the step that the figure marks."""

    KIND = FormulaSeen
    FEATURE: ClassVar[Feature | None] = "unrolled"
    SAYS_SO = False
    EMPTY: ClassVar[str] = mark("The formulas of the marked time step will stand here.")
    ABOUT: ClassVar[tuple[str, str]] = (
        mark("Made of"),
        mark(
            "The formulas that the marked time step's numbers come from, with the numbers in them: "
            "what the layer reads, the past and the bias, the hidden numbers, the logits, the "
            "probabilities, the loss. Of more than eight hidden units the marked one is told, of "
            "more than eight characters the one that comes next."
        ),
    )

    @property
    def wants(self) -> FormulaView:
        """What the figure marks."""
        figure = self.screen.query_one("#unrolled", ExperimentPanel)
        layer, change = figure.shown_layer, figure.change
        return FormulaView(figure.reading, figure.cursor, layer, figure.unit, change)

    def point_out(self, step: Step, *, answered: bool) -> None:
        """Open the formulas with the answer, where a lesson wants them, or close them."""
        if (answered and step.formulas) != self.screen.has_class(OPEN):
            self.toggle()

    def toggle(self) -> str:
        """Open the formulas, or close them."""
        self.screen.toggle_class(OPEN)
        self.call_after_refresh(self._toggled)
        return ""

    def _toggled(self) -> None:
        """Stand where there is one panel, too, and ask for what is to be drawn."""
        screen = self.screen
        if screen.maximized is not None:
            screen.maximized = self if self.display else screen.query_one("#unrolled")
        self.post_message(ViewChanged())

    def looks_of(self, part: FormulaSeen, info: RunInfo) -> Hashable:
        """Return all numbers shown."""
        opened = part.opened
        vectors = {} if opened is None else opened.vectors
        return (
            part.step,
            part.layer,
            part.unit,
            part.symbol,
            part.by_hand,
            None if opened is None else (opened.inputs.tobytes(), opened.targets.tobytes()),
            *((name, vector.values.tobytes()) for name, vector in vectors.items()),
        )

    def draw_part(self, part: FormulaSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the equations, the layer's first."""
        opened = part.opened
        if opened is None:
            return sentence(tr(NOTHING_READ), width, height, self.palette.dim)
        steps = opened.steps[part.by_hand : 1 if self.covered else None]
        if not steps:
            return sentence(self.question, width, height, self.palette.dim)
        asked = sentence(self.question, width, 2, self.palette.dim) if self.covered else []
        room = (width, height - len(asked), self.palette)
        whole = replace(info.config, dropout=0.0)  # reading leaves nothing out
        return [*formulas.page(opened, steps, whole, info.symbols, *room), *asked]

    def titles(self) -> tuple[str, ...]:
        """Say of which step, and which layer, unit and character alone are told."""
        part, info = self.part, self.info
        if part is None or info is None or part.opened is None:
            return (tr("Made of"),)
        parts = [tr("What the numbers of step {step} are made of", step=part.step + 1)]
        if info.config.num_layers > 1:
            parts.append(tr("layer {number}", number=part.layer + 1))
        if part.by_hand:
            parts.append(tr("h was put there by hand"))
        elif part.unit is not None:
            parts.append(tr("unit {number}", number=part.unit + 1))
        if part.symbol is not None and not self.covered:
            parts.append(tr("of {symbol}", symbol=steady(info.symbols[part.symbol])))
        ways = (" · ".join(parts[:count]) for count in range(len(parts), 0, -1))
        return (*ways, tr("Made of"))
