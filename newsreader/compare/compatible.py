"""Whether two values can both be true of the same thing.

$13.6 million and $13,625,777, "more than 5,000" and 5,200, "2 to 3" and 2.5 are no contradictions: taken as such, most
of what two articles are said to contradict each other in would be rounding.
"""

from __future__ import annotations

from decimal import Decimal

from newsreader.compare.value import Value

ABOUT = Decimal("0.1")
"""Share of an amount by which "about" widens it; and how far "nearly" may be below."""
SAME_BOUND = Decimal("0.05")
"""Share of an amount by which two bounds may differ: "at least 8" and "at least 9" are two reports of a figure, though
both can be true."""
CUT_OFF = Decimal("0.99")
"""Of the last digit that counts, what may have been cut off: 226 for 226.7."""

_INFINITE = Decimal("Infinity")
_UPWARDS = ("above", "at least")
_DOWNWARDS = ("below", "at most", "nearly")


def comparable(one: Value, other: Value) -> bool:
    """Whether they are of one kind and measure: two currencies can't contradict each other."""
    return (one.kind, one.unit) == (other.kind, other.unit)


def compatible(one: Value, other: Value) -> bool:
    """Whether both can be true of the same thing. Symmetric.

    Dates: whether they can be the same day, month … Figures are intervals: a range from end to end, "more than"
    without an upper end, "about" a tenth wider. The rougher one of two is read as rounded or cut off. Values that
    are not `comparable` are compatible.
    """
    if not comparable(one, other) or one.equals(other):
        return True
    if not one.bounds or not other.bounds:
        return False
    if one.qualifier == other.qualifier == "about":
        return _are_near(one.bounds[-1], other.bounds[-1], ABOUT)
    for direction in (_UPWARDS, _DOWNWARDS):
        if one.qualifier in direction and other.qualifier in direction:
            return close(one, other)
    rough = max(one.step, other.step)
    first = _interval(one, rough if other.step < rough else Decimal(0))
    second = _interval(other, rough if one.step < rough else Decimal(0))
    return first[0] <= second[1] and second[0] <= first[1]


def close(one: Value, other: Value) -> bool:
    """Whether two figures are nearly equal, whatever is said of them. False for dates."""
    return any(_are_near(a, b, SAME_BOUND) for a in one.bounds for b in other.bounds)


def _are_near(one: Decimal, other: Decimal, share: Decimal) -> bool:
    return abs(one - other) <= share * max(abs(one), abs(other))


def _interval(value: Value, rounded: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the greatest amount that is meant; `rounded` to that step."""
    low, high = value.bounds[0] - rounded / 2, value.bounds[-1] + rounded * CUT_OFF
    if value.qualifier == "about":
        return low - ABOUT * abs(low), high + ABOUT * abs(high)
    if value.qualifier == "nearly":
        return low - ABOUT * abs(low), high
    return -_INFINITE if value.qualifier in _DOWNWARDS else low, _INFINITE if value.qualifier in _UPWARDS else high
