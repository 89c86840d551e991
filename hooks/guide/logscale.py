"""Logarithmic scales: equal steps for equal ratios, ticks at 1-2-5 or at powers of ten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from . import formats
from .model import Lang
from .units import Units

_MOST_TICKS = 8
_FINE = (1, 2, 5)
_STRIDES = (1, 2, 3, 5, 10, 20)
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LEAST_POWER = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class LogScale:
    """Equal steps for equal ratios."""

    ticks: tuple[Decimal, ...]

    @classmethod
    def over(cls, values: Iterable[Decimal], *, most: int = _MOST_TICKS) -> LogScale:
        """A scale that holds all values, with the finest ticks of which no more than `most` are needed.

        Raises:
            ValueError: A value is not above zero.
        """
        known = [*values] or [Decimal(1)]
        low, high = min(known), max(known)
        if low <= 0:
            raise ValueError("a logarithmic axis has no place for zero and below")
        tries = [_fine(low, high), *(_powers(low, high, stride) for stride in _STRIDES)]
        return cls(ticks=next((ticks for ticks in tries if len(ticks) <= most), tries[-1]))

    def at(self, value: Decimal) -> float:
        """Where a value lies, from 0 to 1."""
        first, last = self.ticks[0].log10(), self.ticks[-1].log10()
        return float((value.log10() - first) / (last - first))


def tick_labels(ticks: Sequence[Decimal], lang: Lang, *, unit: str | None = None, units: Units) -> tuple[str, ...]:
    """Round numbers as an axis says them: 20 · 1 万 · 10²⁴; all as powers of ten where one of them must be."""
    labels = [formats.number(tick, lang, unit=unit, units=units) for tick in ticks]
    if any("×10" in label for label in labels):
        labels = [_power(tick) if tick >= _LEAST_POWER else label for tick, label in zip(ticks, labels, strict=True)]
    return tuple(label.removeprefix("1×") for label in labels)


def _power(value: Decimal) -> str:
    power = value.adjusted()
    return f"{value.scaleb(-power).normalize():f}×10{str(power).translate(_SUPERSCRIPTS)}"


def _fine(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    powers = range(low.adjusted() - 1, high.adjusted() + 2)
    return _holding([Decimal(step).scaleb(power) for power in powers for step in _FINE], low, high)


def _powers(low: Decimal, high: Decimal, stride: int) -> tuple[Decimal, ...]:
    first = low.adjusted() // stride * stride
    return _holding([Decimal(1).scaleb(p) for p in range(first, high.adjusted() + 2 * stride, stride)], low, high)


def _holding(ticks: Sequence[Decimal], low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """From the last tick that is not above the lowest value to the first that is not below the highest: two or more."""
    first = max(i for i, tick in enumerate(ticks) if tick <= low)
    last = next(i for i, tick in enumerate(ticks) if tick >= high and i > first)
    return tuple(ticks[first : last + 1])
