"""Dates as each language says them; a range of dates has the dash of GB/T 15834-2011 or of the Chicago Manual."""

from __future__ import annotations

import datetime as dt
import re

from .figures import joined
from .model import Lang

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


def date(text: str, lang: Lang) -> str:
    """Say a year, month or day: 2026 年 3 月 6 日 · March 6, 2026; ValueError for what is none."""
    year, month, day = date_parts(text)
    if lang == "zh":
        return f"{year} 年" + (f" {month} 月" if month else "") + (f" {day} 日" if day else "")
    return f"{_month_day(month, day)}{', ' if day else ' ' if month else ''}{year}"


def date_range(start: str, end: str, lang: Lang) -> str:
    """Say from when to when: 2026 年 3 月 3 日—10 日 · March 3–10, 2026; what both share stands once."""
    first, last = date_parts(start), date_parts(end)
    if first == last:
        return date(end, lang)
    if len(start) != len(end) or first[0] != last[0]:
        dash = "—" if lang == "zh" else "–"
        head = str(first[0]) if len(start) == len(end) == len("2026") else date(start, lang)
        return f"{head}{dash}{date(end, lang)}"
    return (_within_year_zh if lang == "zh" else _within_year_en)(first, last)


def as_of(record_as_of: str | None, read: str | dt.date, lang: Lang, *, sentence: bool = False) -> str:
    """Say for which date a record speaks; where its source names none, no later than the day it was read.

    Args:
        record_as_of: Year, month or day; None where the source names none.
        read: The day the source was read.
        lang: Language.
        sentence: Whether a preposition leads a known date: 截至 2026 年 3 月 · as of March 2026.
    """
    if record_as_of is None:
        return joined({"zh": "不晚于", "en": "no later than"}[lang], date(str(read), lang))
    return joined({"zh": "截至", "en": "as of"}[lang] if sentence else "", date(record_as_of, lang))


def month_name(month: int, lang: Lang, year: int | None = None) -> str:
    """Name a month for an axis: 3 月 · Mar; with its year where it stands for a change of years."""
    if lang == "zh":
        return (f"{year} 年 " if year else "") + f"{month} 月"
    return _MONTHS[month - 1][:3] + (f" {year}" if year else "")


def date_parts(text: str) -> tuple[int, int, int]:
    """Year, month and day, 0 for what is not said; ValueError for what is no date."""
    found = _DATE.match(text)
    if not found:
        raise ValueError(f"not a date: {text!r}")
    year, month, day = (int(part or 0) for part in found.groups())
    dt.date(year, month if found[2] else 1, day if found[3] else 1)
    return year, month, day


def _month_day(month: int, day: int) -> str:
    return (_MONTHS[month - 1] if month else "") + (f" {day}" if day else "")


def _within_year_zh(first: tuple[int, int, int], last: tuple[int, int, int]) -> str:
    year, month, day = last
    head = f"{year} 年 {first[1]} 月" + (f" {first[2]} 日" if day else "")
    tail = ("" if month == first[1] else f"{month} 月") + (f" {day} 日" if day else "")
    return f"{head}—{tail.strip()}"


def _within_year_en(first: tuple[int, int, int], last: tuple[int, int, int]) -> str:
    year, month, day = last
    tail = str(day) if month == first[1] else _month_day(month, day)
    return f"{_month_day(*first[1:])}–{tail}{',' if day else ''} {year}"
