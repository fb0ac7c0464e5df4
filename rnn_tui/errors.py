"""Errors whose message is meant for the person at the keyboard."""


class InputError(Exception):
    """Something the user gave cannot be used; the message says what, where and what to do.

    The command line prints it as one line and leaves with exit code 2.
    """
