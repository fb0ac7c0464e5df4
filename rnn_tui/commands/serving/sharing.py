"""What viewers of one server can share, and what is refused because they cannot."""

import argparse

from rnn_tui.commands import learn, screen
from rnn_tui.commands.serving.viewer_words import is_given, options_of
from rnn_tui.errors import InputError
from rnn_tui.language import phrase
from rnn_tui.text.visible import visible

PORTS = range(1, 65536)


def require_shared(options: argparse.Namespace) -> None:
    """Refuse what viewers cannot share."""
    from rnn_tui.commands.options.text_source import is_pipe

    if options.corpus == "-" or (options.corpus and is_pipe(options.corpus)):
        raise InputError(phrase("serve reads the text once for every viewer: name a file, not -"))
    for name in ("checkpoint", "checkpoint_every", "keep", "log", "tensorboard"):
        if getattr(options, name, None) is not None:
            option = name.replace("_", "-")
            raise InputError(
                phrase(
                    "{option} has no place here: viewers write nothing to this machine",
                    option=f"--{option}",
                )
            )
    if options.lesson is not None:
        require_lesson_alone(options)
    if options.port not in PORTS:
        raise InputError(
            phrase("--port is a number from 1 to 65535, not {port}", port=options.port)
        )
    if options.viewers < 1:
        raise InputError(
            phrase("{option} is at least 1, not {given}", option="--viewers", given=options.viewers)
        )
    for name in allowed(options):
        if not is_host(name):
            raise InputError(
                phrase(
                    "--allow-host is a name or an address, without http:// and port, not {given}",
                    given=repr(visible(name)),
                )
            )


def require_lesson_alone(options: argparse.Namespace) -> None:
    """Refuse what a lesson says itself."""
    if options.corpus is not None:
        raise InputError(phrase("--lesson has a text of its own: leave CORPUS out"))
    known = {action.dest for action in options_of(learn)}
    for action in options_of(screen):
        if action.dest not in known and is_given(options, action):
            raise InputError(
                phrase("{option} has no place beside --lesson", option=action.option_strings[0])
            )


def allowed(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the names that visitors may call this machine by, beside its own."""
    names = (options.allow_host or "").split(",")
    return tuple(name.strip() for name in names if name.strip())


def is_host(name: str) -> bool:
    """Return whether it is what a URL has between its slashes and its port."""
    import ipaddress

    try:
        return bool(ipaddress.ip_address(name.strip("[]")))
    except ValueError:
        return not set(name) & set("/:@?#[]*\\ ")
