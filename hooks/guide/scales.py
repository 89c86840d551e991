"""From values to places: scales with round ticks, dates on an axis, and labels that fit and do not meet.

Logarithmic scales are in `logscale`; a further kind of axis is a further class with `at` and `ticks`.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Protocol, TypeVar

from .dates import date, date_parts, month_name
from .logscale import LogScale, tick_labels
from .model import Lang
from .units import Units

_Place = TypeVar("_Place")

_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_MONTH_STEPS = (1, 2, 3, 6, 12)
_MOST_TICKS = 8
_TICK_GAP = 0.8
_NOT_FIRST, _NOT_LAST = "，。、；：？！）》”", "（《“"
_WIDTHS = {" ": 0.32, "i": 0.3, "l": 0.3, "j": 0.3, ".": 0.32, ",": 0.32, "m": 0.97, "w": 0.82, "M": 0.87, "W": 0.99}
_UPPER, _OTHER = 0.72, 0.64
"""Widths in em of a wide font (DejaVu Sans): what fits in it fits in all that readers have."""


class Scale(Protocol):
    """Values → places from 0 to 1, and the ticks to show."""

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        """Round values, rising; the first lies at 0 and the last at 1."""

    def at(self, value: Decimal) -> float:
        """Where a value lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearScale:
    """Equal steps for equal differences."""

    ticks: tuple[Decimal, ...]

    @classmethod
    def over(cls, values: Iterable[Decimal], *, from_zero: bool = True, count: int = 5) -> LinearScale:
        """A scale with about `count` round steps that holds all values, and zero where asked for."""
        known = [*values, *([Decimal(0)] if from_zero else [])] or [Decimal(0)]
        low, high = min(known), max(known)
        if low == high == 0:
            high = Decimal(1)
        raw = (high - low or abs(high)) / count
        step = next(power for step in _STEPS if (power := step.scaleb(raw.adjusted())) >= raw)
        first = (low / step).to_integral_value(ROUND_FLOOR)
        last = max((high / step).to_integral_value(ROUND_CEILING), first + 1)
        return cls(ticks=tuple(step * i for i in range(int(first), int(last) + 1)))

    def at(self, value: Decimal) -> float:
        """Where a value lies, from 0 to 1."""
        return float((value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeScale:
    """Days from the first date to the last."""

    first: dt.date
    last: dt.date
    has_months: bool
    """Whether a date says more than its year."""

    @classmethod
    def over(cls, dates: Sequence[str]) -> TimeScale:
        """A scale that holds all dates."""
        days = [day_of(date) for date in dates]
        return cls(first=min(days), last=max(days), has_months=any(len(date) > len("2026") for date in dates))

    def at(self, place: str) -> float:
        """Where a date lies, from 0 to 1; in the middle where it is the only one."""
        span = self.last - self.first
        return (day_of(place) - self.first) / span if span else 0.5

    def ticks(self, lang: Lang, width: float, margin: float = 0) -> tuple[tuple[str, str], ...]:
        """(date, label) of years, or of months where there are few years.

        Args:
            lang: Language of the labels.
            width: How wide the axis is, in em; as many labels stand as fit.
            margin: How far the first label may reach over its left end, in em.
        """
        years = [year for year in range(self.first.year, self.last.year + 1) if dt.date(year, 1, 1) >= self.first]
        are_enough = len(years) > 2 or not self.has_months
        counts = range(_MOST_TICKS, 0, -1)
        months = [] if are_enough else [self._months(lang, count) for count in counts]
        tries = [*months, *(self._years(years, count) for count in counts if years), self._days(lang)]
        return fitting(tries, self.at, width, margin)

    @staticmethod
    def _years(years: Sequence[int], count: int) -> tuple[tuple[str, str], ...]:
        step = -(-len(years) // count)
        return tuple((f"{year:04}", str(year)) for year in years[::-1][::step][::-1])

    def _months(self, lang: Lang, count: int) -> tuple[tuple[str, str], ...]:
        begin, end = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        months = range(begin + (self.first.day > 1), end + 1)
        step = next((step for step in _MONTH_STEPS if len(months) <= count * step), _MONTH_STEPS[-1])
        shown = [month for month in months if month % step == 0]
        firsts = {month // 12: month for month in reversed(shown)}
        return tuple(_month_tick(month, lang, has_year=firsts[month // 12] == month) for month in shown)

    def _days(self, lang: Lang) -> tuple[tuple[str, str], ...]:
        ends = (self.first, self.last) if self.first < self.last else (self.first,)
        return tuple((day.isoformat(), date(day.isoformat(), lang)) for day in ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberScale:
    """Numbers from the first to the last, for lines over something other than time."""

    places: tuple[Decimal, ...]
    """Where there are values, rising."""
    is_log: bool = False

    def at(self, place: Decimal) -> float:
        """Where a number lies, from 0 to 1; in the middle where it is the only one."""
        first, last, here = (n.log10() if self.is_log else n for n in (self.places[0], self.places[-1], place))
        return float((here - first) / (last - first)) if last > first else 0.5

    def ticks(self, lang: Lang, width: float, margin: float = 0) -> tuple[tuple[Decimal, str], ...]:
        """(number, label) of the places themselves, or of as many round numbers as fit; arguments as of TimeScale."""
        tries = [self._labeled(self.places, lang)]
        for count in range(_MOST_TICKS, 0, -1):
            round_ones = self._round(count)
            tries.append(self._labeled([n for n in round_ones if self.places[0] <= n <= self.places[-1]], lang))
        return fitting(tries, self.at, width, margin)

    def _round(self, count: int) -> tuple[Decimal, ...]:
        if self.is_log:
            return LogScale.over(self.places, most=max(count, 2)).ticks
        return LinearScale.over(self.places, from_zero=False, count=count).ticks

    @staticmethod
    def _labeled(numbers: Sequence[Decimal], lang: Lang) -> tuple[tuple[Decimal, str], ...]:
        return tuple(zip(numbers, tick_labels(numbers, lang, units=Units()), strict=True))


def fitting(
    tries: Sequence[tuple[tuple[_Place, str], ...]], at: Callable[[_Place], float], width: float, margin: float
) -> tuple[tuple[_Place, str], ...]:
    """The first of the tries whose labels do not meet; else the last label of the last."""

    def fit(ticks: tuple[tuple[_Place, str], ...]) -> bool:
        halves = [(at(place) * width, text_width(label) / 2) for place, label in ticks]
        begins = [max(middle - half, -margin) for middle, half in halves]
        ends = [begin + 2 * half for begin, (_, half) in zip(begins, halves, strict=True)]
        return all(end + _TICK_GAP < begin for end, begin in zip(ends, begins[1:], strict=False))

    return next((ticks for ticks in tries if ticks and fit(ticks)), tries[-1][-1:])


def _month_tick(month: int, lang: Lang, *, has_year: bool) -> tuple[str, str]:
    year, index = divmod(month, 12)
    return f"{year:04}-{index + 1:02}", month_name(index + 1, lang, year if has_year else None)


def day_of(date: str) -> dt.date:
    """The first day of a year or month, or the day."""
    year, month, day = date_parts(date)
    return dt.date(year, month or 1, day or 1)


def text_width(text: str) -> float:
    """About how wide a text is, in em; rather too much than too little."""
    return round(sum(_character_width(character) for character in text), 2)


def wrapped(text: str, limit: float) -> tuple[str, ...]:
    """The text in lines of at most `limit` em, broken at blanks, after hyphens and between Han characters."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line.strip() and text_width((line + piece).rstrip()) > limit:
            lines.append(line.strip())
            line = ""
        line += piece
    return (*lines, line.strip())


def spread(targets: Sequence[float], heights: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Middles of labels, each as near to its target as the others and the ends allow, in the order of the targets."""
    order = sorted(range(len(targets)), key=lambda i: (targets[i], i))
    middles = list(targets)
    edge = low
    for i in order:
        middles[i] = max(middles[i], edge + heights[i] / 2)
        edge = middles[i] + heights[i] / 2
    edge = high
    for i in reversed(order):
        middles[i] = min(middles[i], edge - heights[i] / 2)
        edge = middles[i] - heights[i] / 2
    return tuple(middles)


def _character_width(character: str) -> float:
    if _is_wide(character):
        return 1.0
    return _WIDTHS.get(character) or (_UPPER if character.isupper() else _OTHER)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _pieces(text: str) -> Iterator[str]:
    """Parts that may not be broken."""
    piece = ""
    for character in text:
        if piece and _may_break(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    yield piece


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
        return False
    return before in " -/" or _is_wide(before) or _is_wide(after)
