"""The keys as Textual's bindings; the table itself is `rnn_tui.keys.table`."""

from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from rnn_tui.keys.in_force import KeyTable
from rnn_tui.keys.key import Key, Scope
from rnn_tui.keys.strokes import textual_name


def bindings(scope: Scope) -> list[BindingType]:
    """Return Textual's bindings for the keys of `scope`, as they are where nobody remaps them."""
    return [
        Binding(
            _textual_keys(key),
            key.action,
            key.title,
            id=key.id,
            key_display=key.face,
            show=False,
            priority=key.urgent,
        )
        for key in KeyTable().of([scope])
    ]


def keymap(table: KeyTable) -> dict[str, str]:
    """Return what the user has remapped, as `App.set_keymap` wants it."""
    changed = {name: _textual_keys(table[name]) for name in table.changed}
    if table.changed and "help.close" not in changed:
        # The key that opened the help closes it, and the one that leaves the program leaves that.
        names = ("help.close", "app.help", "app.quit")
        every = ",".join(_textual_keys(table[name]) for name in names)
        changed["help.close"] = ",".join(dict.fromkeys(every.split(",")))
    return changed


def table_of(node: DOMNode) -> KeyTable:
    """Return the keys in force in the app of `node`."""
    table = getattr(node.app, "keys", None)
    return table if isinstance(table, KeyTable) else KeyTable()


def _textual_keys(key: Key) -> str:
    return ",".join(map(textual_name, key.strokes))
