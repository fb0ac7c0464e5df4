"""A screen that ends up with the size of its window, however fast that changes."""

from typing import TYPE_CHECKING, Any

from textual import events

if TYPE_CHECKING:
    from textual.screen import Screen

    Base = Screen[Any]
else:
    Base = object


class ResizeGuard(Base):
    """Passes over news of a size that the window no longer has; to be named before the screen.

    Laying out for one size sends the screen the news of it once more (Textual 8.2.8). With two
    sizes on their way that never ends: each layout brings back the other, hundreds of events wait
    for every widget, and no key is heard any more.
    """

    async def on_event(self, event: events.Event) -> None:
        """Hear an event."""
        if isinstance(event, events.Resize) and event.size != self.app.size:
            return
        await super().on_event(event)
