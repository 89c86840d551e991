"""Axes that charts of points, events and ranges share: air around dates, round numbers that fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .chartview import Tick
from .logscale import LogScale, tick_labels
from .model import Lang
from .periods import latest_day
from .scales import LinearScale, TimeScale, day_of, fitting
from .units import Units

TICK_FONT = 12
NARROW, WIDE = 288, 600
"""Pixels: the least width of a chart, and the least at which the style sheet shows what is for wide ones (40em)."""
_AIR, _LEAST_AIR = 0.04, dt.timedelta(days=15)

Axis = TimeScale | LinearScale | LogScale


def number_scale(values: Sequence[Decimal], *, is_log: bool) -> LinearScale | LogScale:
    """A scale from zero, or a logarithmic one; ValueError where that would have to show zero or less."""
    return LogScale.over(values) if is_log else LinearScale.over(values)


def time_scale(dates: Sequence[str]) -> TimeScale:
    """A scale that holds all days of all dates, with air at both ends."""
    scale = TimeScale.over(dates)
    last = max(latest_day(date) for date in dates)
    air = max((last - scale.first) * _AIR, _LEAST_AIR)
    return replace(scale, first=scale.first - air, last=last + air)


def span(date: str, scale: TimeScale) -> tuple[float, float]:
    """From where to where a day, month or year reaches, from 0 to 1."""
    whole = (scale.last - scale.first).days
    first, last = ((end - scale.first).days / whole for end in (day_of(date), latest_day(date)))
    return first, last


def ticks(scale: Axis, lang: Lang, width: float, *, unit: str | None = None, units: Units) -> tuple[Tick, ...]:
    """As many dates or round numbers as fit in so many pixels."""
    room = width / TICK_FONT
    if isinstance(scale, TimeScale):
        shown = [(scale.at(at), label) for at, label in scale.ticks(lang, room)]
    else:
        shown = _numbers(scale, lang, room, unit, units)
    return tuple(Tick(x=round(x * 100, 2), label=label, is_first=False) for x, label in shown)


def _numbers(
    scale: LinearScale | LogScale, lang: Lang, room: float, unit: str | None, units: Units
) -> list[tuple[float, str]]:
    """All round numbers, or the powers of ten, or every second, or fewer, until they fit."""
    labels = [*zip(scale.ticks, tick_labels(scale.ticks, lang, unit=unit, units=units), strict=True)]
    powers = tuple(pair for pair in labels if isinstance(scale, LogScale) and pair[0].log10() % 1 == 0)
    tries = [tuple(labels), *([powers] if len(powers) > 1 else [])]
    tries += [tuple(labels[::stride]) for stride in range(2, len(labels) + 1)]
    return [(scale.at(tick), label) for tick, label in fitting(tries, scale.at, room, 2)]
