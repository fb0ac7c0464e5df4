"""How far back the error reaches, in a picture, in words, and the gradient's norm over training."""

from collections.abc import Hashable
from typing import ClassVar, NamedTuple

from textual.content import Content
from textual.strip import Strip

from rnn_tui.language import mark, phrase, tr
from rnn_tui.protocol.curves import Floats
from rnn_tui.protocol.gradient_flow import Gradients
from rnn_tui.protocol.reading import BEGINNING, Reading
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables import flow
from rnn_tui.tui.renderables.axes import Range, settle
from rnn_tui.tui.renderables.lines import Part, fill, line, wrap
from rnn_tui.tui.renderables.loss import chart
from rnn_tui.tui.renderables.loss.losses import Guide, wanted_range
from rnn_tui.tui.renderables.numbers import significant
from rnn_tui.tui.renderables.whereabouts import places
from rnn_tui.tui.widgets.inside_panel import InsidePanel


class Picture(NamedTuple):
    """Norms of derivatives, all by one kind of thing."""

    by: str
    """Its sign."""
    what: str
    way: str
    """Where the error goes, in a sentence."""
    norms: Floats


def pictures(part: Gradients) -> list[Picture]:
    """Return what there is of a network: hidden states, top first, cell state, what was read."""
    found = []
    for layer in reversed(range(len(part.h))):
        state = phrase("the hidden state of layer {layer}", layer=layer + 1)
        if len(part.h) < 2:
            state = phrase("the hidden state")
        found.append(Picture("h_k", state, _along(state), part.h[layer]))
    if part.c is not None:
        state = phrase("the cell state of layer {layer}", layer=len(part.c))
        if len(part.c) < 2:
            state = phrase("the cell state")
        found.append(Picture("c_k", state, _along(state), part.c[-1]))
    to_what = mark("The error on its way to what is read.")
    return [*found, Picture("x_k", phrase("what is read"), to_what, part.x)]


def _along(state: str) -> str:
    return phrase("The error on its way along {state}.", state=state)


class FlowPanel(InsidePanel[Gradients]):
    """The norms for all pairs of time steps, and one row of them as bars."""

    KIND = Gradients
    FEATURE = "flow"
    EMPTY: ClassVar[str] = mark("How far back each error reaches will be drawn here.")
    chosen: int | None = None
    """Which target's error the bars show, from 0; None: the last."""
    shown: int = 0
    """Which of the pictures, of those that this network has."""

    @property
    def steps(self) -> int:
        """How many time steps fit."""
        return flow.visible_steps(*self.size, self.info.symbols if self.info else ())

    def move(self, by: int) -> None:
        """Choose another target."""
        part = self.part
        if part is not None and len(part.inputs):
            last = min(len(part.inputs), self.steps) - 1
            now = last if self.chosen is None else self.chosen
            self.chosen = min(max(now + by, 0), last)
            self._changed()

    def point_out(self, at: int | None, unit: int, *, unfolded: bool) -> None:
        """Choose the target of a time step."""
        self.chosen, self.shown = None if at is None else at - 1, 0
        self._changed()

    def next_layer(self) -> str:
        """Show the layer below; then the LSTM's cell state; then what was read; then the top."""
        if self.part is None:
            return ""
        self.shown = (self.shown + 1) % len(pictures(self.part))
        self._changed()
        return self._norms_of(self.part).way

    @property
    def span(self) -> int:
        """As many as fit of a window."""
        return min(self.steps, self.info.config.seq_length) if self.info else self.steps

    def read_anew(self, reading: Reading, found: int | None = None) -> None:
        """Look at another text; the bars are of the step that foresees what was found."""
        if reading != self.reading or found is not None:
            self.chosen = None if found is None else max(found - 1, 0)
        super().read_anew(reading, found)
        self._changed()

    def _changed(self) -> None:
        self.label()
        self.redraw()

    def _norms_of(self, part: Gradients) -> "Picture":
        found = pictures(part)
        return found[min(self.shown, len(found) - 1)]

    def looks_of(self, part: Gradients, info: RunInfo) -> Hashable:
        """Return the norms."""
        arrays = (part.inputs, part.targets, part.h, part.x, part.least)
        return (part.unknown, *(array.tobytes() for array in arrays))

    def draw_part(self, part: Gradients, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw triangle and bars."""
        norms = self._norms_of(part).norms
        chosen = len(part.inputs) - 1 if self.chosen is None else self.chosen
        return flow.draw(part, norms, info.symbols, chosen, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name what is differentiated by what."""
        by, what = "h_k", phrase("the hidden state")
        if self.part is not None:
            picture = self._norms_of(self.part)
            by, what = picture.by, picture.what
        norm = f"‖∂L_t/∂{by}‖"
        if self.info is not None and self.reading.typed is None and self.reading != BEGINNING:
            count = self.span if self.part is None else len(self.part.inputs)
            long, mid, short, least = places(self.reading, count, self.info)
            named = tr("{norm} · row t, column k", norm=norm)
            full = tr("{norm} · row t, column k · {what}", norm=norm, what=what)
            return (
                f"{full} · {long}",
                f"{named} · {mid}",
                f"{norm} · {mid}",
                f"{norm} · {short}",
                f"{norm} · {least}",
            )
        return (
            tr(
                "{norm} · row: whose error · column: where it arrives · {what}",
                norm=norm,
                what=what,
            ),
            tr("{norm} · row t, column k · {what}", norm=norm, what=what),
            tr("{norm} · row t, column k", norm=norm),
        )


class WordsPanel(InsidePanel[Gradients]):
    """What the numbers say."""

    KIND = Gradients
    FEATURE = "flow"
    SAYS_SO = False
    EMPTY: ClassVar[str] = mark("What becomes of an error on its way back will be said here.")

    def looks_of(self, part: Gradients, info: RunInfo) -> Hashable:
        """Return the sentences."""
        return (part.sentences, part.layers, part.clip)

    def draw_part(self, part: Gradients, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Write the sentences, once the error has been followed all the way."""
        if not part.sentences and len(part.inputs):
            return self.draw_empty(width, height)
        lines: list[Strip] = []
        for head, text in self._sentences(part):
            rows = wrap(text, width - 2)
            if lines and len(lines) + len(rows) + bool(head) > height:
                break
            if head:
                lines.append(line([(f" {head}", self.palette.dim)], width))
            lines += [line(self._row(row), width) for row in rows]
        return fill(lines, width, height)

    @property
    def copied(self) -> Copied | None:
        """Return all sentences, with their headings; a low window shows fewer."""
        said = self._sentences(self.part) if self.part is not None else []
        lines = [f"{head}: {text}" if head else text for head, text in said if text]
        return Copied(mark("what the gradients say"), "\n".join(lines)) if lines else None

    def _row(self, row: str) -> list[Part]:
        return [(f" {row}", self.palette.strong)]

    def _sentences(self, part: Gradients) -> list[tuple[str, str]]:
        """Return heading and sentence, the most important first."""
        heads = ("", tr("cell state"))
        found = list(zip(heads, map(tr, part.sentences), strict=False))
        numbers = range(len(part.layers), 0, -1)
        layers = [
            (tr("layer {number}", number=n), tr(text))
            for n, text in zip(numbers, part.layers, strict=True)
        ]
        said = tr(part.clip)
        clip = [(tr("last update"), said[:1].upper() + said[1:])] if said else []
        return [*found, *clip, *layers]

    def titles(self) -> tuple[str, ...]:
        """Name the panel."""
        return (tr("What that means"),)


class NormChart(InsidePanel[Gradients]):
    """The gradient's norm over training, and where it is cut."""

    KIND = Gradients
    EMPTY: ClassVar[str] = mark("The gradient's norm will be drawn here.")
    _range: Range | None = None

    def looks_of(self, part: Gradients, info: RunInfo) -> Hashable:
        """Return the curve."""
        return (part.norms.update.tobytes(), part.norms.high.tobytes(), part.limit)

    def draw_part(self, part: Gradients, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw curve and limit on a logarithmic axis."""
        levels = () if part.limit is None else (Guide(tr("clip"), part.limit),)
        self._range = settle(self._range, wanted_range(part.norms, levels, log=True))
        return chart.draw(part.norms, levels, self._range, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name the curve."""
        return (tr("Gradient norm before clipping · log"), tr("Gradient norm · log"), tr("Norm"))

    def legend(self) -> Content:
        """Say the last norm."""
        norm = self.snapshot.grad_norm if self.snapshot else float("nan")
        return Content("" if norm != norm else tr("last {norm}", norm=significant(norm)))
