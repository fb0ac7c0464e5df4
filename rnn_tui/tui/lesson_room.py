"""How a screen is divided between a lesson and the pictures."""

from rnn_tui.tui.screens.run_screen import HEIGHTS, LEAST_HEIGHT, WIDTHS, RunScreen
from rnn_tui.tui.widgets.lesson_panel import BESIDE, HEIGHT, WIDTH


def arrange(front: RunScreen, width: int, height: int, *, lesson_open: bool) -> None:
    """Arrange the pictures for the room that the panel leaves."""
    beside = lesson_open and width >= BESIDE
    right, below = (WIDTH if beside else 0), (HEIGHT if lesson_open and not beside else 0)
    wide = [(at and at + right, name) for at, name in WIDTHS]
    # As low as it may be, the smallest pictures still go above the panel.
    high = [(at if at <= LEAST_HEIGHT else at + below, name) for at, name in HEIGHTS]
    front.HORIZONTAL_BREAKPOINTS, front.VERTICAL_BREAKPOINTS = wide, high
    now = {name: False for _, name in (*WIDTHS, *HEIGHTS)}
    for size, steps in ((width, wide), (height, high)):
        now[max(step for step in steps if step[0] <= size)[1]] = True
    front.update_classes({**now, "-beside": beside})
    front.fit()
