"""Years, months and days as the data says them, and faults at their place."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from . import model
from .issues import Issue


def at(place: model.Place, problem: str, *, field: str = "", hint: str = "") -> Issue:
    """A fault at a place of the model."""
    return Issue(path=place.path, line=place.line, column=place.column, field=field, problem=problem, hint=hint)


def latest_day(text: str) -> dt.date:
    """The last day of '2026', '2026-03' or '2026-03-06'."""
    parts = [int(p) for p in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return dt.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def first_day(text: str) -> dt.date:
    """The first day of '2026', '2026-03' or '2026-03-06'."""
    parts = [int(p) for p in text.split("-")]
    return dt.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def is_date(text: str) -> bool:
    """Whether a text is a year, month or day that exists."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    try:
        latest_day(text)
    except ValueError:
        return False
    return True
