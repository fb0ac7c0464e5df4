"""Between the thread that reads from the worker and the screen's message queue."""

import contextlib
from collections.abc import Callable
from threading import Lock

from textual.message import Message as TextualMessage

from rnn_tui.protocol.replies import Message
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.tui.messages import textual_message


class Inbox:
    """Keeps what arrives before the screen stands, passes on what arrives later, in order.

    The worker is started before the screen: its first words may come before there is anybody to
    read them, its last ones after everybody has gone.
    """

    def __init__(self, post: Callable[[TextualMessage], bool]) -> None:
        self._post = post
        self._lock = Lock()
        self._early: list[Message] | None = []
        self.unseen = False
        """A snapshot has come that the screen has not got to yet."""

    def put(self, message: Message) -> None:
        """Take a message; from any thread."""
        with self._lock:
            self.unseen = self.unseen or isinstance(message, Snapshot)
            if self._early is None:
                self._pass_on(message)
            else:
                self._early.append(message)

    def open(self) -> None:
        """Pass on what has come so far, and from now on everything at once."""
        with self._lock:
            early, self._early = self._early or [], None
            for message in early:
                self._pass_on(message)

    def _pass_on(self, message: Message) -> None:
        with contextlib.suppress(RuntimeError):  # the screen's loop has ended
            self._post(textual_message(message))
