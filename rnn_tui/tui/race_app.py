"""The program with a screen, opened on a race."""

from rnn_tui.tui.app import RnnApp


class RaceApp(RnnApp):
    """Begins with all networks; the other screens show the one that is chosen."""

    DEFAULT_MODE = "race"
