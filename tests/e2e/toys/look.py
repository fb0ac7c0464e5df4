"""Open the extended screen headless on a real worker, strike keys, and print what is painted.

    python look.py TEXT

Prints a JSON object: what stood on the screen after each key.
"""

import asyncio
import json
import sys

from textual.pilot import Pilot

from rnn_tui.process.session import Session
from rnn_tui.text.corpus import read_corpus
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.tui.app import RnnApp

KEYS = (
    ("", "Toy norms", "rnn.weight"),
    ("o", "shortest toy first"),
    ("s", "update       1", "read 4 characters"),
    ("m", "weights are halved"),
    ("6", "Toy norms", "rnn.weight"),
    ("question_mark", "The toy", "Toy pace"),
)
"""A key, and what is painted once it has done what it does."""
LONGEST = 60.0
"""Seconds."""


def painted(app: RnnApp) -> str:
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in line) for line in lines)


async def wait(app: RnnApp, pilot: Pilot[None], texts: tuple[str, ...]) -> None:
    while not all(text in painted(app) for text in texts):
        if app.fault:
            raise TimeoutError
        await pilot.pause()


async def look(app: RnnApp) -> dict[str, str]:
    found = {}
    async with app.run_test(size=(120, 400)) as pilot:
        for key, *texts in KEYS:
            if key:
                await pilot.press(key)
            try:
                await asyncio.wait_for(wait(app, pilot, tuple(texts)), LONGEST)
            except TimeoutError:
                sys.exit(f"{key} {texts} did not come:\n{painted(app)}")
            found[key] = painted(app)
    return found


def main(text: str) -> None:
    corpus = read_corpus(text)
    config, _ = choose_config(corpus)
    app = RnnApp(lambda listener: Session(config, corpus, listener, paused=True))
    app.session.start()
    try:
        print(json.dumps(asyncio.run(look(app))))
    finally:
        app.session.close()


if __name__ == "__main__":
    main(sys.argv[1])
