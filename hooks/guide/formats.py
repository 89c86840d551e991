"""Numbers, money, ranges and dates as each language says them.

Chinese follows GB/T 15835-2011 (numerals in public texts) and GB/T 15834-2011 (punctuation):

- 万, 亿 and 万亿 may stand for zeros beside Arabic figures, 千 and 百万 may not;
- a range of values has ～ and says 万, 亿 and % at both ends (15%～30%, 9 亿～16 亿美元);
  a unit that both ends share stands once;
- a range of dates has —.

English follows the Chicago Manual: an en dash without blanks in a range, and "to" where a dash would be misread.
The yuan is 元 in Chinese and CNY in English, since ¥ is also the yen, and the code is the one that the open data bears.

Nothing is rounded unless the caller names significant digits; 万 or million stands only where the value stays exact.
Blanks are ordinary ones, so that a reader finds and copies what is seen; templates keep a figure on one line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from .dates import as_of, date, date_range
from .figures import Figure, Value, axis_scale, decimal, figure, filled, joined, rounded
from .model import Lang, Money, Range
from .units import Units

__all__ = ["about", "as_of", "axis_scale", "date", "date_range", "estimated", "heading", "money", "number"]
__all__ += ["quantity", "range_"]

_NO_UNITS = Units()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measure:
    """What a language puts around a figure."""

    before: str = ""
    after: str = ""
    one: str = ""
    """Instead of `after` when the figure is 1."""
    tight: bool = False
    """Whether `after` follows without a blank, and at both ends of a range."""
    decimals: int = 0
    """To how many decimals a fraction is filled up: $2.50."""
    factor: int = 1


def number(
    value: Value, lang: Lang, *, unit: str | None = None, per: str | None = None, digits: int | None = None,
    in_full: bool = False, units: Units = _NO_UNITS,
) -> str:  # fmt: skip
    """Say a number with its unit: 1,234 · 13 亿 · 1.3 billion · 80 GB · 15% · 2 years.

    Args:
        value: Decimal, int or float; a float counts as its shortest decimal form.
        lang: Language.
        unit: Id of a unit.
        per: Id of the unit after "per".
        digits: Significant digits to round to, half up; None keeps the value.
        in_full: Whether what is below a million has all its digits, as columns of figures want it.
        units: Where units are looked up; KeyError for one that is not there.
    """
    measure = _measure(lang, units, unit=unit, per=per)
    return _say(_figure(value, lang, digits, measure, in_full=in_full), measure)


def money(
    value: Value, currency: str, lang: Lang, *, per: str | None = None, digits: int | None = None,
    in_full: bool = False, units: Units,
) -> str:  # fmt: skip
    """Say an amount in its currency: 13 亿美元 · $1.3 billion · 2.5 美元/百万 token · $2.50 per million tokens."""
    measure = _measure(lang, units, currency=currency, per=per)
    return _say(_figure(value, lang, digits, measure, in_full=in_full), measure)


def range_(
    low: Value | None, high: Value | None, lang: Lang, *, unit: str | None = None, currency: str | None = None,
    per: str | None = None, digits: int | None = None, units: Units = _NO_UNITS,
) -> str:  # fmt: skip
    """Say from low to high: 10～20 GB · 10–20 GB · 9 亿～16 亿美元 · $1.2–$1.5 billion; an end that is None is open."""
    measure = _measure(lang, units, unit=unit, currency=currency, per=per)
    ends = [_figure(end, lang, digits, measure) for end in (low, high) if end is not None]
    if not ends:
        raise ValueError("a range needs an end")
    if low is None or high is None:
        words = {"zh": ("至少", "不超过"), "en": ("at least", "up to")}[lang]
        return joined(words[low is None], _say(ends[0], measure))
    if ends[0] == ends[1]:
        return _say(ends[0], measure)
    has_fraction = any(end.fraction for end in ends)
    first, last = (filled(end, measure.decimals, always=has_fraction) for end in ends)
    return (_span_zh if lang == "zh" else _span_en)(first, last, measure)


def quantity(
    value: Decimal | Range | Money, lang: Lang, *, unit: str | None = None, per: str | None = None,
    digits: int | None = None, units: Units,
) -> str:  # fmt: skip
    """Say the value of a record, of whichever sort it is."""
    amount, currency = (value.amount, value.currency) if isinstance(value, Money) else (value, None)
    if isinstance(amount, Range):
        ends = amount.low, amount.high
        return range_(*ends, lang, unit=unit, currency=currency, per=per, digits=digits, units=units)
    if currency:
        return money(amount, currency, lang, per=per, digits=digits, units=units)
    return number(amount, lang, unit=unit, per=per, digits=digits, units=units)


def about(text: str, lang: Lang) -> str:
    """Say that a value is only nearly so: 约 13 亿美元 · about $1.3 billion."""
    return joined({"zh": "约", "en": "about"}[lang], text)


def estimated(text: str, lang: Lang) -> str:
    """Say that a value is an estimate of its source: 13 亿美元（估计） · $1.3 billion (estimate)."""
    return text + {"zh": "（估计）", "en": " (estimate)"}[lang]


def heading(
    lang: Lang, *, unit: str | None = None, currency: str | None = None, per: str | None = None, scale: str = "",
    units: Units,
) -> str:  # fmt: skip
    """Name the unit alone, for an axis or a column: 亿美元 · billions of US dollars · US dollars per million tokens."""
    measured = units.currencies[currency] if currency else None
    if lang == "zh":
        name = measured.name.zh if measured else _unit_measure(lang, units, unit).after
        return joined(scale, name) + (f"/{units.units[per].per.zh}" if per else "")
    name = measured.plural if measured else _unit_measure(lang, units, unit).after
    scaled = f"{scale}s{' of' if name else ''}" if scale else ""
    return joined(scaled, name, f"per {units.units[per].per.en}" if per else "")


def _measure(
    lang: Lang, units: Units, *, unit: str | None = None, currency: str | None = None, per: str | None = None
) -> _Measure:
    measure = _currency_measure(lang, units, currency) if currency else _unit_measure(lang, units, unit)
    if not per:
        return measure
    rate = units.units[per].per[lang]
    after, one = (
        f"{end}/{rate}" if lang == "zh" else joined(end, f"per {rate}") for end in (measure.after, measure.one)
    )
    return replace(measure, after=after, one=one)


def _currency_measure(lang: Lang, units: Units, code: str) -> _Measure:
    currency = units.currencies[code]
    if lang == "zh":
        return _Measure(after=currency.name.zh, one=currency.name.zh)
    if currency.position == "after":
        return _Measure(after=currency.symbol, one=currency.symbol, decimals=currency.decimals)
    return _Measure(before=currency.symbol + ("" if currency.tight else " "), decimals=currency.decimals)


def _unit_measure(lang: Lang, units: Units, id: str | None) -> _Measure:
    if id is None:
        return _Measure()
    unit = units.units[id]
    if unit.of:
        return replace(_unit_measure(lang, units, unit.of), factor=unit.factor)
    many = unit.symbol or (unit.plural if lang == "en" else unit.name.zh)
    return _Measure(after=many, one=unit.symbol or unit.name[lang], tight=unit.tight)


def _figure(value: Value, lang: Lang, digits: int | None, measure: _Measure, *, in_full: bool = False) -> Figure:
    exact = rounded(decimal(value) * measure.factor, digits)
    return filled(figure(exact, lang, in_full=in_full), measure.decimals)


def _signed(before: str, digits: str) -> str:
    return f"−{before}{digits[1:]}" if digits.startswith("−") else before + digits


def _say(figure: Figure, measure: _Measure) -> str:
    text = joined(_signed(measure.before, figure.digits), figure.scale)
    after = measure.one if figure.is_one else measure.after
    return text + after if measure.tight else joined(text, after)


def _span_zh(low: Figure, high: Figure, measure: _Measure) -> str:
    end = measure if measure.tight else replace(measure, after="", one="")
    return f"{_say(low, end)}～{_say(high, measure)}"


def _span_en(low: Figure, high: Figure, measure: _Measure) -> str:
    many = replace(measure, one=measure.after)
    if low.scale != high.scale or low.is_closed or high.is_closed:
        end = many if measure.tight else replace(many, after="", one="")
        return f"{_say(low, end)} to {_say(high, many)}"
    repeated = "" if measure.before.endswith(" ") else measure.before
    return f"{_signed(measure.before, low.digits)}–{_say(high, replace(many, before=repeated))}"
