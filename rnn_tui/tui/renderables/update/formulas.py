"""The equations of a micro-step with its numbers filled in."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.language import mark, padded, tr
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.equations import Equation
from rnn_tui.protocol.update import Opened
from rnn_tui.text.steady import steady
from rnn_tui.training.settings.config import Config
from rnn_tui.tui.renderables.glyphs import NOTHING
from rnn_tui.tui.renderables.lines import Part, cells, fill, line, spread, wrap
from rnn_tui.tui.renderables.update.equations import equations
from rnn_tui.tui.renderables.update.filled import decimals_of, filled
from rnn_tui.tui.renderables.update.matrices import unit
from rnn_tui.tui.theme.palette import Palette

LEFT = 6
"""Cells for the left sides, at least."""
START = mark(
    "This is one update, laid open. {backprop.on} does the next micro-step, "
    "{backprop.back} takes it back; {backprop.step_on} and {backprop.step_back} go a "
    "whole time step; {backprop.last} makes the update, {backprop.first} goes back to "
    "before it."
)


def draw(
    part: Opened, config: Config, symbols: Sequence[str], width: int, height: int, palette: Palette
) -> list[Strip]:
    """Draw the equations of the last of the steps done into `height` lines of `width` cells."""
    step = part.steps[part.done - 1]
    said = wrap(tr(spec_of(config).way_back), width - 2) if step.phase == "backward" else []
    said = said if len(written(part, step, config, symbols)) + len(said) <= height else []
    lines = page(part, [step], config, symbols, width, height - len(said), palette)
    return [*lines, *(line([(f" {row}", palette.text)], width) for row in said)]


def page(
    part: Opened,
    steps: Sequence[MicroStep],
    config: Config,
    symbols: Sequence[str],
    width: int,
    height: int,
    palette: Palette,
) -> list[Strip]:
    """Draw the equations of several steps of one direction, one below the other."""
    all_of_them = [one for step in steps for one in written(part, step, config, symbols)]
    hue = palette.backward if steps[-1].phase == "backward" else palette.forward
    left = max(LEFT, *(cell_len(tr(equation.left)) + 1 for equation in all_of_them))
    return Page(part, width, left, palette, hue).lines(all_of_them, height)


def written(
    part: Opened, step: MicroStep, config: Config, symbols: Sequence[str]
) -> list[Equation]:
    """Return the equations of a step in letters."""

    def symbol(t: int) -> str:
        ids, at = (part.inputs, t) if t >= 0 else (part.earlier, len(part.earlier) + t)
        return NOTHING if ids[at] < 0 else steady(symbols[int(ids[at])])

    target = int(part.targets[step.t]) if step.t >= 0 else -1
    answer = steady(symbols[target]) if target >= 0 else "?"
    return equations(step, config, len(part.inputs), symbol, answer, part.batch_size)


@dataclass(frozen=True, slots=True)
class Page:
    """What equations are written on."""

    part: Opened
    width: int
    left: int
    """Cells for the left sides."""
    palette: Palette
    hue: Style
    """Of the left sides."""

    def lines(self, equations: Sequence[Equation], height: int) -> list[Strip]:
        """Write equations into `height` lines, as roomily as they fit."""
        roomy = [self._equation(equation) for equation in equations]
        if (total := sum(len(block) for block in roomy)) > height:
            roomy = [self._tight(equation) for equation in equations]
        elif total + len(roomy) - 1 <= height:
            roomy = [[*block, Strip.blank(self.width)] for block in roomy]
        return fill([one for block in roomy for one in block], self.width, height)

    def _equation(self, equation: Equation) -> list[Strip]:
        """Write letters and meaning on the first line, the numbers below, the result last."""
        palette, width = self.palette, self.width
        head, words = self._head(equation, palette.strong), self._words(equation)
        decimals, room = decimals_of(equation, self.part), width - self.left - 3
        if not equation.letters:
            return [self._short(equation, head, "= ")]
        numbers = [filled(text, self.part, room, decimals) for text in equation.filled]
        if equation.letters.startswith("+="):
            return [line([*head, (f"   {numbers[0]}", palette.text)], width)]
        *steps, result = numbers
        body: list[list[Part]] = [[(f"= {text}", palette.text)] for text in steps]
        last = (f"= {result}", palette.strong)
        if body and cells([*body[-1], (" ", palette.text), last]) <= width - self.left - 1:
            body[-1] += [(" ", palette.text), last]
        else:
            body.append([last])
        blank = (" " * (self.left + 1), palette.text)
        return [spread(head, words, width), *(line([blank, *parts], width) for parts in body)]

    def _tight(self, equation: Equation) -> list[Strip]:
        """Write letters and result on one line."""
        head = self._head(equation, self.palette.text)
        if not equation.letters:
            return [self._short(equation, head, "= ")]
        sign = "   " if equation.letters.startswith("+=") else " = "
        room = self.width - cells(head) - len(sign)
        result = filled(equation.filled[-1], self.part, room, decimals_of(equation, self.part))
        parts: list[Part] = [*head, (sign + result, self.palette.strong)]
        return [spread(parts, self._words(equation), self.width)]

    def _short(self, equation: Equation, head: list[Part], sign: str) -> Strip:
        """Write what has no letters: as many numbers as leave room for its meaning."""
        words = self._words(equation)
        room = self.width - cells(head) - len(sign) - cells(words) - 1
        result = filled(equation.filled[-1], self.part, room, decimals_of(equation, self.part))
        return spread([*head, (sign + result, self.palette.strong)], words, self.width)

    def _words(self, equation: Equation) -> list[Part]:
        """Write what it means."""
        if not equation.words:
            return []
        return [(f"{filled(equation.words, self.part, self.width)} ", self.palette.dim)]

    def _head(self, equation: Equation, style: Style) -> list[Part]:
        """Write the left side and the letters."""
        head: list[Part] = [(f" {padded(tr(equation.left), self.left)}", self.hue)]
        if equation.letters:
            sign = "" if equation.letters.startswith("+=") else "= "
            head.append((sign + tr(equation.letters), style))
        return head


TIME_STEP = mark("time step {step}")
IN_UNIT = mark("gradients {unit}")


def title(part: Opened, layer: str = "hidden layer") -> str:
    """Say which micro-step it is, and in which unit its gradients are told.

    Args:
        part: The update.
        layer: What one of the network's layers is called.
    """
    if not part.done:
        return tr("One update")
    step = part.steps[part.done - 1]
    if step.t < 0:
        return {"loss": tr("Loss"), "clip": tr("Clipping"), "update": tr("The update")}[step.phase]
    layers = sum(other.group == step.group for other in part.steps) - 1
    where = tr("output") if step.layer is None else tr(layer)
    if step.layer is not None and layers > 1:
        where += f" {step.layer + 1}"
    phase = tr("Forward") if step.phase == "forward" else tr("Backward")
    words = f"{phase} · {tr(TIME_STEP, step=step.t + 1)} · {where}"
    told = unit(part.limit) if step.phase == "backward" else ""
    return f"{words} · {tr(IN_UNIT, unit=told)}" if told else words
