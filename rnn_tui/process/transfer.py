"""Large things through a pipe without large copies: arrays go beside the pickle, piece by piece.

Pickling a corpus of 100 MB in one go would hold the interpreter's lock for a third of a second,
while the screen wants to paint its first frame.
"""

import pickle
from multiprocessing.connection import Connection
from typing import Any

PIECE = 1 << 20


def send_object(pipe: Connection, content: Any) -> None:
    """Send anything that can be pickled; `receive_object` takes it at the other end.

    Raises:
        OSError: The other end is gone.
    """
    buffers: list[pickle.PickleBuffer] = []
    head = pickle.dumps(content, protocol=5, buffer_callback=buffers.append)
    blocks = [buffer.raw() for buffer in buffers]
    pipe.send((head, [len(block) for block in blocks]))
    for block in blocks:
        for start in range(0, len(block), PIECE):
            pipe.send_bytes(block[start : start + PIECE])


def receive_object(pipe: Connection) -> Any:
    """Take what `send_object` sent.

    Raises:
        EOFError: The other end is gone.
        OSError: The same, in the middle of it.
    """
    head, sizes = pipe.recv()
    return pickle.loads(head, buffers=[_receive_block(pipe, size) for size in sizes])


def _receive_block(pipe: Connection, size: int) -> bytearray:
    block = bytearray(size)
    filled = 0
    while filled < size:
        filled += pipe.recv_bytes_into(block, filled)
    return block
