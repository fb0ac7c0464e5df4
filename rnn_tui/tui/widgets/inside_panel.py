"""What the panels that look inside the network share."""

from collections.abc import Hashable
from typing import ClassVar, Generic, TypeVar

from textual.strip import Strip

from rnn_tui.models.registry import spec_of
from rnn_tui.models.spec import Feature
from rnn_tui.protocol.inside import Inside
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.theme.diverging_scale import Diverging, make_diverging
from rnn_tui.tui.widgets.panel import Panel

Kind = TypeVar("Kind", bound=Inside)


class InsidePanel(Panel, Generic[Kind]):
    """A panel for one kind of look inside; it keeps the last one it was shown."""

    OF_NETWORK: ClassVar[bool] = True
    KIND: type[Kind]
    FEATURE: ClassVar[Feature | None] = None
    """What a network must have to be drawn so; None: every network has it."""
    SAYS_SO: ClassVar[bool] = True
    """Whether this is the panel of its screen that says what is lacking; others give it room."""
    _scale: Diverging | None = None

    def part_of(self, snapshot: Snapshot | None) -> Kind | None:
        """Return the snapshot's part for this panel, None where it looks elsewhere."""
        inside = snapshot.inside if snapshot else ()
        return next((part for part in inside if isinstance(part, self.KIND)), None)

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw this moment; what was asked for by the screen before is no part of it."""
        if self.snapshot is None or self.part_of(snapshot) is not None:
            super().show(snapshot, info)
            if self.lacking:
                self.display, self.styles.height = self.SAYS_SO, "1fr"

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return what the picture depends on; None where the snapshot has no such part."""
        part = self.part_of(snapshot)
        return None if part is None else self.looks_of(part, info)

    def looks_of(self, part: Kind, info: RunInfo) -> Hashable:
        """Return everything of the part that the picture depends on."""
        raise NotImplementedError

    def draw_moment(
        self, snapshot: Snapshot, info: RunInfo, width: int, height: int
    ) -> list[Strip]:
        """Draw the snapshot's part for this panel, once it has come."""
        part = self.part_of(snapshot)
        if part is None:
            return self.draw_empty(width, height)
        return self.draw_part(part, info, width, height)

    def draw_part(self, part: Kind, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw `height` lines of `width` cells of one look inside."""
        raise NotImplementedError

    @property
    def part(self) -> Kind | None:
        """What is shown now."""
        return self.part_of(self.snapshot)

    @property
    def lacking(self) -> str:
        """What this network would need for the panel; empty where it has it."""
        if self.info is None or self.FEATURE is None:
            return ""
        return spec_of(self.info.config).lacks(self.FEATURE, self.info.config)

    def draw(self, width: int, height: int) -> list[Strip]:
        """Draw the panel, or say what this network would need for it."""
        if self.lacking:
            return sentence(self.lacking, width, height, self.palette.dim)
        return super().draw(width, height)

    def label(self) -> None:
        """Write title and legend on the frame, or nothing of what is not there."""
        if not self.lacking:
            super().label()
        else:
            self._labels = None
            self.border_title = self.border_subtitle = ""

    @property
    def scale(self) -> Diverging:
        """The scale of numbers that can be negative, in the present theme."""
        if self._scale is None:
            negative, positive = (
                self.screen.get_component_styles(f"role--{role}").color
                for role in ("backward", "forward")
            )
            self._scale = make_diverging(
                self.background_colors[1], self.colors[3], negative, positive
            )
        return self._scale

    def notify_style_update(self) -> None:
        """Forget the colors of the theme there was."""
        super().notify_style_update()
        self._scale = None
