"""Record the real program as a moving picture, one SVG: `python scripts/make_recording.py`.

The screen runs as in `make_pictures.py`. Of its rows each different one is written down once, a
frame is a list of rows, and CSS shows one frame after the other: half a minute takes less room
than three still pictures.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from html import escape
from itertools import pairwise

from make_pictures import FOLDER, FONT, ROOT, until
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot

from rnn_tui.commands.runs.pace import HELLO_PACE
from rnn_tui.process.session import Session
from rnn_tui.text.corpus import read_corpus
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.tui.app import RnnApp

SIZE = 100, 30
WIDTH, HEIGHT, FONT_SIZE = 8.4, 18, 14
BACKGROUND, FOREGROUND = "#121212", "#e0e0e0"
WORDS = re.compile(r"\S+(?: \S+)*")
LOOKS: dict[str, str] = {}
"""Names of the styles in use."""
Frame = tuple[float, tuple[str, ...]]
"""Seconds it stays, and its rows as SVG."""


async def record() -> list[Frame]:
    """Watch hello being learned; then step, type a prefix, and look inside."""
    corpus = read_corpus(ROOT / "corpora" / "hello.txt")
    config, notes = choose_config(corpus, None, {})
    config = replace(config, updates=100, speed=HELLO_PACE)
    app = RnnApp(lambda listener: Session(config, corpus, listener, notes=notes))
    app.session.start()
    try:
        async with app.run_test(size=SIZE) as pilot:
            await until(app, lambda snapshot: snapshot.update > 0)
            return [frame async for frame in film(app, pilot)]
    finally:
        app.session.close()


async def film(app: RnnApp, pilot: "Pilot[None]") -> AsyncIterator[Frame]:
    """Return the frames, in the order in which somebody would see them."""
    for wanted in range(2, 101, 7):
        await until(app, lambda snapshot, wanted=wanted: snapshot.update >= wanted)
        yield 7 / HELLO_PACE, rows(app)
    for key, seconds in (
        ("slash", 0.5), ("h", 0.6), ("e", 0.6), ("l", 1.6), ("escape", 0.8), ("2", 3.0), ("3", 1.0),
        *[("right", 0.4)] * 12, ("4", 3.0), ("1", 1.0),
        *[("left_square_bracket", 0.25)] * 8, ("right_square_bracket", 1.5),
    ):  # fmt: skip
        await pilot.press(key)
        await pilot.pause(0.3)
        yield seconds, rows(app)


def rows(app: RnnApp) -> tuple[str, ...]:
    """Return what is painted, row by row."""
    strips = app.screen._compositor.render_strips()
    return tuple(row(strip) for strip in strips)


def row(segments: Iterable[Segment]) -> str:
    """One row: its backgrounds, then its texts, each where its cells are."""
    boxes, texts, column = [], [], 0
    for segment in Segment.simplify(segments):
        style, width = segment.style or Style(), cell_len(segment.text)
        front, back = color(style.color, FOREGROUND), color(style.bgcolor, BACKGROUND)
        front, back = (back, front) if style.reverse else (front, back)
        place, length = round(column * WIDTH, 1), round(width * WIDTH, 1)
        if back != BACKGROUND:
            boxes.append(f'<rect x="{place}" width="{length}" height="{HEIGHT}" fill="{back}"/>')
        if segment.text.strip():
            look = f"fill:{front}"
            look += ";font-weight:bold" if style.bold else ""
            look += ";opacity:.6" if style.dim else ""
            texts += [word(place, look, found) for found in WORDS.finditer(segment.text)]
        column += width
    return "".join(boxes + texts)


def word(place: float, look: str, found: re.Match[str]) -> str:
    """One run of characters without gaps, as wide as its cells where a font might not agree."""
    before, text = found.string[: found.start()], found[0]
    x = round(place + cell_len(before) * WIDTH, 1)
    fit = "" if text.isascii() else f' textLength="{round(cell_len(text) * WIDTH, 1)}"'
    name = LOOKS.setdefault(look, f"c{len(LOOKS)}")
    return f'<text x="{x:g}" class="{name}"{fit}>{escape(text, quote=False)}</text>'


def color(value: Color | None, default: str) -> str:
    """Return a color as SVG writes it."""
    if value is None or value.is_default:
        return default
    return value.get_truecolor().hex


def moving(frames: list[Frame]) -> str:
    """Return the frames as one SVG."""
    merged = [frames[0]]
    for (_, before), frame in pairwise(frames):
        if frame[1] == before:
            merged[-1] = (merged[-1][0] + frame[0], before)
        else:
            merged.append(frame)
    names: dict[str, str] = {}
    for _, shown in merged:
        for one in shown:
            names.setdefault(one, f"r{len(names)}")
    total, start, pictures, steps = sum(seconds for seconds, _ in merged), 0.0, [], []
    for index, (seconds, shown) in enumerate(merged):
        used = "".join(
            f'<use href="#{names[one]}" y="{y * HEIGHT}"/>' for y, one in enumerate(shown) if one
        )
        pictures.append(f'<g class="f" style="animation-name:f{index}">{used}</g>')
        begin, end = 100 * start / total, 100 * (start + seconds) / total
        before = f"0%,{begin:.3f}%{{visibility:hidden}}" if index else ""
        steps.append(
            f"@keyframes f{index}{{{before}{begin + 0.001:.3f}%,{end:.3f}%{{visibility:visible}}"
            f"{end + 0.001:.3f}%,100%{{visibility:hidden}}}}"
        )
        start += seconds
    width, height = round(SIZE[0] * WIDTH), SIZE[1] * HEIGHT
    parts = "".join(f'<g id="{name}">{one}</g>' for one, name in names.items() if one)
    style = f"text{{font:{FONT_SIZE}px {FONT};white-space:pre;transform:translateY({FONT_SIZE}px)}}"
    style += f".f{{visibility:hidden;animation:{total:.2f}s step-end infinite}}" + "".join(steps)
    style += "".join(f".{name}{{{look}}}" for look, name in LOOKS.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f"<style>{style}</style><defs>{parts}</defs>"
        f'<rect width="{width}" height="{height}" fill="{BACKGROUND}"/>{"".join(pictures)}</svg>\n'
    )


def main() -> None:
    svg = moving(asyncio.run(record()))
    (FOLDER / "recording.svg").write_text(svg, encoding="utf-8")
    print(f"docs/pictures/recording.svg, {len(svg.encode()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
