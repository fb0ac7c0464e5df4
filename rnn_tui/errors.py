"""Errors whose message is meant for the person at the keyboard."""


class InputError(Exception):
    """Something the user gave cannot be used; the message says what, where and what to do.

    The command line prints it as one line and leaves with exit code 2.
    """


def reason(error: Exception) -> str:
    """Return what an error says as it was made: `str` would take a phrase's template away."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, str) else str(error)
