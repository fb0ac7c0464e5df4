"""What an app can put beside every screen that shows the run."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rnn_tui.keys.key import Scope

if TYPE_CHECKING:
    from textual.widget import Widget

    from rnn_tui.protocol.inside import InsideView


class Accompanied:
    """An app; usually there is nothing."""

    more_scopes: tuple[Scope, ...] = ()
    """Whose keys work on every screen, too."""
    also_seen: "tuple[InsideView, ...]" = ()
    """What has to be seen of the network's inside for it."""

    @property
    def relabeled(self) -> Mapping[str, str]:
        """The labels of keys that do something else now; empty: nothing."""
        return {}

    def companions(self) -> "Iterable[Widget]":
        """Return the widgets beside the panels of a screen that is being laid out."""
        return ()


NOBODY = Accompanied()


def companions_of(app: object) -> Accompanied:
    """Return what an app has to put beside a screen."""
    return app if isinstance(app, Accompanied) else NOBODY
