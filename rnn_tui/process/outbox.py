"""What waits to be sent to the worker; never long, however little the worker listens."""

from collections import deque
from threading import Condition

from rnn_tui.protocol.commands import Look, Request

MOST = 1_000
"""Commands that wait; a worker that far behind has been stopped."""


class Outbox:
    """A queue between threads in which a newer look takes the place of an older one."""

    def __init__(self) -> None:
        self._requests: deque[Request] = deque()
        self._changed = Condition()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether nothing more is taken."""
        return self._closed

    def put(self, request: Request) -> bool:
        """Add a request; say whether there was room for it."""
        with self._changed:
            if isinstance(request.command, Look):
                self._drop_looks()
            if self._closed or len(self._requests) >= MOST:
                return False
            self._requests.append(request)
            self._changed.notify()
            return True

    def take(self) -> Request | None:
        """Wait for the next request; None once the box is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._requests or self._closed)
            return self._requests.popleft() if self._requests else None

    def close(self, last: Request | None = None) -> None:
        """Take nothing more but, perhaps, one last request; looks that wait are dropped."""
        with self._changed:
            self._drop_looks()
            if last is not None and not self._closed:
                self._requests.append(last)
            self._closed = True
            self._changed.notify()

    def _drop_looks(self) -> None:
        self._requests = deque(
            request for request in self._requests if not isinstance(request.command, Look)
        )
