"""What reaches the screen from the worker."""

from collections.abc import Callable

from textual.message import Message as TextualMessage

from rnn_tui.protocol.commands import Command
from rnn_tui.protocol.replies import Done, Failed, Lost, Message, Notice, Refused, Started
from rnn_tui.protocol.session import Listener, SessionLike
from rnn_tui.protocol.snapshot import RunInfo, Snapshot

SessionFactory = Callable[[Listener], SessionLike]


class RunStarted(TextualMessage):
    """The network is built."""

    def __init__(self, info: RunInfo, update: int) -> None:
        super().__init__()
        self.info, self.update = info, update


class SnapshotArrived(TextualMessage):
    """One moment of the run; the latest wins."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self.snapshot = snapshot

    def can_replace(self, message: TextualMessage) -> bool:
        """Take the place of an older snapshot that nobody has drawn yet."""
        return isinstance(message, SnapshotArrived)


class ReplyArrived(TextualMessage):
    """A command was carried out or refused."""

    def __init__(self, reply: Done | Refused) -> None:
        super().__init__()
        self.reply = reply


class WorkerFailed(TextualMessage):
    """The worker is gone though nobody asked it to go."""

    def __init__(self, fault: Failed | Lost) -> None:
        super().__init__()
        self.fault = fault


class InputEnded(TextualMessage):
    """The keyboard is not read any more, though nobody left the screen."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error


def textual_message(message: Message) -> TextualMessage:
    """Return what the screen's message queue carries for a message of the worker."""
    match message:
        case Snapshot():
            return SnapshotArrived(message)
        case Started(info, update):
            return RunStarted(info, update)
        case Done() | Refused():
            return ReplyArrived(message)
        case Failed() | Lost():
            return WorkerFailed(message)
        case Notice(text):
            return StatusText(text)


class ViewChanged(TextualMessage):
    """A screen looks at something else now: ask at once, paused or not."""


class CommandRequested(TextualMessage):
    """A screen has a command for the worker."""

    def __init__(self, command: Command) -> None:
        super().__init__()
        self.command = command


class ShareGiven(TextualMessage):
    """So much of a processor may painting take: there are other viewers."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share


class Led(TextualMessage):
    """Whoever leads the class asks all viewers for something."""

    def __init__(self, what: str, value: str = "") -> None:
        super().__init__()
        self.what, self.value = what, value


class StatusText(TextualMessage):
    """A screen has something to say on the status line."""

    def __init__(self, text: str, *, instead_of: str | None = None) -> None:
        """Make it.

        Args:
            text: What is said.
            instead_of: What must still stand there; None: whatever does.
        """
        super().__init__()
        self.text, self.instead_of = text, instead_of
