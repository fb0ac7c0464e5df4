import threading

from rnn_tui.process.outbox import MOST, Outbox
from rnn_tui.protocol.commands import Close, Look, Pause, Request, Resume, View

OLD, NEW = Look(View(prefix="h")), Look(View(prefix="he"))


def drained(outbox: Outbox) -> list[Request]:
    outbox.close()
    found = []
    while request := outbox.take():
        found.append(request)
    return found


def test_requests_come_out_in_order() -> None:
    outbox = Outbox()
    requests = [Request(1, Pause()), Request(2, Resume()), Request(3, Pause())]
    assert all(outbox.put(request) for request in requests)
    assert drained(outbox) == requests


def test_a_newer_look_takes_the_place_of_an_older_one() -> None:
    outbox = Outbox()
    for ticket, command in enumerate((OLD, Pause(), NEW)):
        outbox.put(Request(ticket, command))
    assert outbox.take() == Request(1, Pause())
    assert outbox.take() == Request(2, NEW)


def test_it_never_grows_long() -> None:
    outbox = Outbox()
    taken = [outbox.put(Request(ticket, Pause())) for ticket in range(MOST + 3)]
    assert taken == [True] * MOST + [False] * 3
    assert len(drained(outbox)) == MOST


def test_closing_lets_one_last_request_through_and_nothing_after_it() -> None:
    outbox = Outbox()
    outbox.put(Request(1, Pause()))
    outbox.put(Request(2, OLD))
    outbox.close(Request(3, Close()))
    outbox.close(Request(4, Close()))
    assert not outbox.put(Request(5, Resume()))
    assert drained(outbox) == [Request(1, Pause()), Request(3, Close())]
    assert outbox.take() is None


def test_taking_waits_for_a_request() -> None:
    outbox, found = Outbox(), list[Request | None]()
    taker = threading.Thread(target=lambda: found.extend([outbox.take(), outbox.take()]))
    taker.start()
    outbox.put(Request(1, Pause()))
    outbox.close()
    taker.join(10.0)
    assert found == [Request(1, Pause()), None]
