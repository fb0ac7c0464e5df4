"""What stands for the characters that we paint where a terminal has only ASCII."""

SINGLE = {
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
    **dict.fromkeys("─━┄╌‒–—−‐", "-"),
    **dict.fromkeys("═╍", "="),
    **dict.fromkeys("│┃║‖╎╏", "|"),
    **dict(zip("▏▎▍▌▋▊▉█", "..::==##", strict=True)),
    **dict(zip("▁▂▃▄▅▆▇", "__.-==#", strict=True)),
    **dict(zip("░▒▓■▀▐", ".:*##:", strict=True)),
    **dict(zip("▶▸►‹›⏸✗×★◆◇◌●○□", ">>><>=xx*@oooo_", strict=True)),
    **dict(zip("←→↑↓↵⇥⇧␣⍽␠␉", "<>^v\\>^___>", strict=True)),
    **dict(zip("·•…′“”‘’√∂⊙∞∅", "..~'\"\"''vd*I0", strict=True)),
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", strict=True)),
    **dict(zip("₀₁₂₃₄₅₆₇₈₉₋₊", "0123456789-+", strict=True)),
    **dict(zip("αβγδεζηθικλμνξοπρςστυφχψω", "abgdezntiklmnxoprsstufcyw", strict=True)),
    **dict(zip("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", "ABGDEZHTIKLMNXOPRSTUFCYW", strict=True)),
    **dict(zip("ᵀ±≈≤≥≠⌫⁞", "T+~<>!<:", strict=True)),
}
"""One column for one."""

LONGER = {
    "…": "...",
    "→": "->",
    "←": "<-",
    "⇧": "S-",
    "∞": "inf",
    **{raised: "^" + plain for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵀ", "0123456789-T", strict=True)},
    "±": "+-",
    "√": "sqrt",
    "‖": "||",
    "σ": "sigm",
    "Σ": "sum",
    "η": "eta",
    "ε": "eps",
    "θ": "th",
    "≤": "<=",
    "≥": ">=",
    "⇥": "tab",
}
"""What is clearer, where the blanks after it in the line give the columns."""

RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀ")
"""Only the first of several in a row gets its `^`."""

_LEFT, _RIGHT = (1, 2, 4, 64), (8, 16, 32, 128)
"""The dots of a braille cell from top to bottom."""


def braille(code: int) -> str:
    """Return the ASCII character that looks most like a braille cell; `code` is 0 to 255."""
    left = [row for row, dot in enumerate(_LEFT) if code & dot]
    right = [row for row, dot in enumerate(_RIGHT) if code & dot]
    rows = {*left, *right}
    if not rows:
        return " "
    if code.bit_count() >= 6:
        return "#"
    if max(rows) - min(rows) < 2:
        return "'" if max(rows) <= 1 and min(rows) == 0 else "." if min(rows) >= 2 else "-"
    if left and right and (tilt := sum(left) * len(right) - sum(right) * len(left)):
        return "/" if tilt > 0 else "\\"
    return "|"
