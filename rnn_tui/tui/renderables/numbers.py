"""Numbers as a screen shows them: at most three significant digits, and never a jump in width."""

import math


def significant(value: float, digits: int = 3) -> str:
    """Write `value` with `digits` significant digits, zeros kept: 0.100, 1.39, 12.3, 1,234."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    mantissa, exponent = f"{abs(value):.{digits - 1}e}".split("e")
    sign, power = "−" if value < 0 else "", int(exponent)
    if power < -4 or power > 5:
        return f"{sign}{mantissa}e{power}".replace("e-", "e−")
    return f"{sign}{abs(value):,.{max(digits - 1 - power, 0)}f}"


def beside(value: float, other: float) -> str:
    """Write `value` with so many digits that two of its difference from `other` are seen."""
    apart = abs(value - other)
    if not math.isfinite(apart) or apart == 0:
        return significant(value)
    digits = math.floor(math.log10(max(abs(value), apart))) - math.floor(math.log10(apart)) + 2
    return significant(value, min(max(digits, 3), 9))


def trimmed(value: float, digits: int = 3) -> str:
    """Write `value` with at most `digits` significant digits: 0.03, 1, 2.5, 2e−5."""
    text, e, power = significant(value, digits).partition("e")
    return (text.rstrip("0").rstrip(".") if "." in text else text) + e + power


def loss(value: float) -> str:
    """Write a loss, three decimals where it is small: 0.071, 1.39, 12.3, 4e−5."""
    if 0.0005 <= value < 0.9995:
        return f"{value:.3f}"
    return significant(value, 1 if value < 0.0005 else 3)


def thousands(count: int) -> str:
    """Write a count with its thousands separated: 1,204."""
    return f"{count:,}"


def compact(value: float) -> str:
    """Write a count in few characters: 950, 1k, 2.5M."""
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size * 0.9995:
            return trimmed(value / size) + unit
    return trimmed(value)


def rate(per_second: float) -> str:
    """Write how many a second: 0.25/s, 20/s, 12.3k/s."""
    return f"{compact(per_second)}/s"


def percent(probability: float) -> str:
    """Write a probability as percent in three cells: "100", " 96", "0.4", "  0"."""
    if math.isnan(probability):
        return "NaN"
    value = 100 * probability
    tenths = 0.05 <= value < 0.95
    return f"{value:.1f}" if tenths else f"{value:3.0f}"
