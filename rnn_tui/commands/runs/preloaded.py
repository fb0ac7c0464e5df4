"""Imports what a viewer's program and its worker need, in the process they are forked from."""

import gc
from importlib import import_module

gc.disable()  # nothing here is garbage, and what a collection touches is shared no longer

from rnn_tui.keys.in_force import PAGES  # noqa: E402
from rnn_tui.tui.pages import HELP, PALETTE, found  # noqa: E402

MODULES = (
    "rich._unicode_data.unicode17-0-0",
    "rnn_tui.cli",
    "rnn_tui.commands.options.appearance",
    "rnn_tui.commands.options.order",
    "rnn_tui.commands.options.sources",
    "rnn_tui.commands.options.targets",
    "rnn_tui.commands.learn",
    "rnn_tui.commands.runs.leaving",
    "rnn_tui.commands.runs.lessons",
    "rnn_tui.commands.runs.pace",
    "rnn_tui.commands.runs.viewer",
    "rnn_tui.commands.runs.worker",
    "rnn_tui.process.connection",
    "rnn_tui.process.service",
    "rnn_tui.process.shared_text",
    "rnn_tui.race.session",
    "rnn_tui.tui.launch",
    "rnn_tui.tui.lesson_app",
    "rnn_tui.tui.terminal.web_driver",
    "textual.layouts.horizontal",
    "textual.pilot",
    "textual.scrollbar",
)
for name in MODULES:
    import_module(name)
for name in (*(f"{page}.{page.capitalize()}Screen" for page in PAGES), HELP, PALETTE):
    found(name)
gc.freeze()
gc.enable()
