"""The next position of a knob."""

import math

LOWEST_RATE, HIGHEST_RATE = 1e-7, 100.0
HIGHEST_TEMPERATURE = 5.0
LOWEST_SPEED = 0.1
_LADDER = (1.0, 2.0, 5.0)


def turn_rate(value: float, *, up: bool) -> float:
    """Return the next learning rate of 1, 2, 5, 10, 20, … times a power of ten.

    A round number is easier to speak about than a factor, and three steps are a factor of ten.
    """
    exponents = range(round(math.log10(LOWEST_RATE)), round(math.log10(HIGHEST_RATE)) + 1)
    rungs = [float(f"{rung}e{exponent}") for exponent in exponents for rung in _LADDER]
    rungs = [rung for rung in rungs if LOWEST_RATE <= rung <= HIGHEST_RATE]
    slack = 1e-6 * value  # 0.02 of a float32 is not 0.02
    if up:
        return min((rung for rung in rungs if rung > value + slack), default=HIGHEST_RATE)
    return max((rung for rung in rungs if rung < value - slack), default=LOWEST_RATE)


def turn_temperature(value: float, *, up: bool) -> float:
    """Return the temperature 0.1 away."""
    return min(max(round(value + (0.1 if up else -0.1), 1), 0.0), HIGHEST_TEMPERATURE)


def halve(limit: float, present: float) -> float:
    """Return half the speed in updates a second; without a limit (0), half the `present` one."""
    return max(_round(limit / 2 if limit else present / 2), LOWEST_SPEED)


def double(limit: float) -> float:
    """Return twice the speed; no limit (0) stays none."""
    return _round(2 * limit)


def _round(value: float) -> float:
    """Return `value` with two figures."""
    return float(f"{value:.2g}")
