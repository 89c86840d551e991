"""What stands around every chart: title, unit, sources, text alternative, table, and the words of each language."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from . import formats
from .chartview import At, BarRow, ChartSpec, Frame, Link, Point, Series, Table
from .chartwords import WORDS
from .figures import Value, decimal
from .model import Lang
from .scales import day_of

_MOST_DECIMALS, _DIGITS = 6, 4
_MOST_TOLD = 8
"""Rows that a text alternative lists; of more it tells the ends."""


def amount(value: Value, spec: ChartSpec) -> Decimal:
    """The value in the unit in which it is drawn: 5 million-tokens are 5,000,000 tokens."""
    return decimal(value) * (spec.units.units[spec.unit].factor if spec.unit else 1)


def digits_of(value: Value, spec: ChartSpec) -> int | None:
    """The significant digits asked for; where none are, a fraction longer than any measurement is cut (373.3)."""
    exponent = decimal(value).as_tuple().exponent
    is_endless = isinstance(exponent, int) and -exponent > _MOST_DECIMALS
    return spec.digits or (_DIGITS if is_endless else None)


def shown(value: Value, spec: ChartSpec) -> str:
    """A value beside its mark: with its symbol or currency, without a word that the subtitle tells."""
    digits = digits_of(value, spec)
    if spec.currency:
        return formats.money(value, spec.currency, spec.lang, digits=digits, in_full=True, units=spec.units)
    if spec.unit and spec.units.units[spec.unit].symbol:
        return formats.number(value, spec.lang, unit=spec.unit, digits=digits, in_full=True, units=spec.units)
    return formats.number(amount(value, spec), spec.lang, digits=digits, in_full=True)


def told(value: Value | None, spec: ChartSpec, *, is_estimate: bool = False) -> str:
    """A value in a sentence, with its unit."""
    if value is None:
        return WORDS[spec.lang].no_data
    per, digits, units = spec.per, digits_of(value, spec), spec.units
    if spec.currency:
        text = formats.money(value, spec.currency, spec.lang, per=per, digits=digits, units=units)
    else:
        text = formats.number(value, spec.lang, unit=spec.unit, per=per, digits=digits, units=units)
    return marked(text, spec) if is_estimate else text


def cell(value: Value | None, spec: ChartSpec, *, is_estimate: bool = False) -> str:
    """A value in the table and beside its bar."""
    if value is None:
        return WORDS[spec.lang].no_data
    text = shown(value, spec)
    return marked(text, spec) if is_estimate else text


def marked(text: str, spec: ChartSpec) -> str:
    """A value with what its dashes or hollow dot mean: 13 亿美元（估计） · $1.3 billion (reported)."""
    if not spec.marked:
        return formats.estimated(text, spec.lang)
    return f"{text}（{spec.marked}）" if spec.lang == "zh" else f"{text} ({spec.marked})"


def frame(spec: ChartSpec, *, table: Table, description: str, has_estimates: bool, unit: str) -> Frame:
    """Put the frame together."""
    return Frame(
        id=spec.id,
        title=spec.title,
        subtitle=spec.subtitle,
        unit=_bracketed(unit, spec) if unit else "",
        description=spec.alt or description,
        note=spec.note,
        sources=spec.sources,
        date=spec.date,
        csv=spec.csv,
        has_estimates=has_estimates,
        estimate=_estimate(spec),
        table=spec.table or table,
        words=WORDS[spec.lang],
    )


def _estimate(spec: ChartSpec) -> str:
    words = WORDS[spec.lang]
    word = spec.marked[:1].upper() + spec.marked[1:] or words.estimate
    return word + (words.colon + words.comma.join(spec.authors) if spec.authors else "")


def unit_of_bars(spec: ChartSpec) -> str:
    """The unit, where neither the values nor the subtitle tell it."""
    return heading(spec) if spec.per or not (_has_symbol(spec) or spec.subtitle) else ""


def unit_of_axis(spec: ChartSpec, scale: str) -> str:
    """The unit of an axis with its 亿 or billion, where the subtitle does not tell it."""
    return heading(spec, scale) if scale or spec.per or _has_symbol(spec) or not spec.subtitle else ""


def _has_symbol(spec: ChartSpec) -> bool:
    return bool(spec.currency or (spec.unit and spec.units.units[spec.unit].symbol))


def bar_table(rows: Sequence[BarRow], spec: ChartSpec) -> Table:
    """The values with dates and sources, where rows have them."""
    words = WORDS[spec.lang]
    has_date, has_source = any(row.as_of for row in rows), any(row.source for row in rows)
    columns = [spec.item or words.item, _value_heading(spec)]
    columns += [words.as_of] * has_date + [words.origin] * has_source
    cells = [
        (
            Link(text=row.label, href=row.href),
            Link(text=cell(row.value, spec, is_estimate=row.is_estimate)),
            *([Link(text=row.as_of)] * has_date),
            *([row.source or Link(text="")] * has_source),
        )
        for row in rows
    ]
    return Table(columns=tuple(columns), rows=tuple(cells))


def line_table(series: Sequence[Series], spec: ChartSpec) -> Table:
    """One row a date or number, one column a series."""
    places = sorted({point.at for one in series for point in one.points}, key=lambda at: (place_of(at), str(at)))
    known = [{point.at: point for point in one.points} for one in series]
    rows = [
        (Link(text=told_at(at, spec)), *(Link(text=_point_cell(points.get(at), spec)) for points in known))
        for at in places
    ]
    return Table(columns=(spec.item or WORDS[spec.lang].time, *(one.label for one in series)), rows=tuple(rows))


def bar_description(rows: Sequence[BarRow], spec: ChartSpec) -> str:
    """All bars in a sentence; of many, the longest and the shortest."""
    known = sorted((row for row in rows if row.value is not None), key=lambda row: -decimal(row.value or 0))
    ends = rows if len(rows) <= _MOST_TOLD else [*known[:3], known[-1]]
    pair = "{}：{}" if spec.lang == "zh" else "{}: {}"
    items = [pair.format(row.label, told(row.value, spec, is_estimate=row.is_estimate)) for row in ends]
    text = {
        "zh": ("横向条形图，共 {} 项。", "横向条形图，共 {} 项，以下为最大的三项和最小的一项。"),
        "en": (
            "Horizontal bar chart. ",
            "Horizontal bar chart of {} items; the three longest and the shortest: ",
        ),
    }[spec.lang][ends is not rows]
    return sentence(text.format(len(rows)), items, spec.lang)


def line_description(series: Sequence[Series], spec: ChartSpec) -> str:
    """First and last value of each line in a sentence, and what the axis counts."""
    items = [_line_told(one, spec) for one in series]
    across = spec.item if series and has_numbers(series) else ""
    if spec.lang == "zh":
        lead = f"折线图，共 {len(series)} 条线{f'，横轴为{across}' if across else ''}。"
    else:
        lead = f"Line chart of {len(series)} series{f' over {across}' if across else ''}. "
    return sentence(lead, items, spec.lang)


def has_numbers(series: Sequence[Series]) -> bool:
    """Whether the points lie at numbers, not at dates."""
    return not any(isinstance(point.at, str) for one in series for point in one.points)


def in_order(points: Sequence[Point]) -> list[Point]:
    """Points from left to right."""
    return sorted(points, key=lambda point: place_of(point.at))


def place_of(at: At) -> Decimal:
    """A date as its day, a number as it is."""
    return Decimal(day_of(at).toordinal()) if isinstance(at, str) else decimal(at)


def told_at(at: At, spec: ChartSpec) -> str:
    """A date, or a number with its unit, in a sentence."""
    if isinstance(at, str):
        return formats.date(at, spec.lang)
    return formats.number(at, spec.lang, unit=spec.x_unit, units=spec.units)


def _line_told(one: Series, spec: ChartSpec) -> str:
    known = [point for point in in_order(one.points) if point.value is not None]
    ends = known[:1] + known[-1:] if len(known) > 1 else known
    told_ends = [_end_told(point, spec) for point in ends] or [WORDS[spec.lang].no_data]
    return f"{one.label}：{'，'.join(told_ends)}" if spec.lang == "zh" else f"{one.label}: {', '.join(told_ends)}"


def _end_told(point: Point, spec: ChartSpec) -> str:
    value, at = told(point.value, spec, is_estimate=point.is_estimate), told_at(point.at, spec)
    if spec.lang == "zh":
        return f"{at} {value}" if isinstance(point.at, str) else f"{at} 处 {value}"
    return f"{value} {'in' if isinstance(point.at, str) else 'at'} {at}"


def sentence(lead: str, items: Sequence[str], lang: Lang) -> str:
    """A lead, and items with semicolons between."""
    return lead + WORDS[lang].semicolon.join(items) + ("。" if lang == "zh" else ".")


def _point_cell(point: Point | None, spec: ChartSpec) -> str:
    return cell(point.value, spec, is_estimate=point.is_estimate) if point else WORDS[spec.lang].no_data


def heading(spec: ChartSpec, scale: str = "") -> str:
    """The unit alone, with its 亿 or billion."""
    return formats.heading(
        spec.lang, unit=spec.unit, currency=spec.currency, per=spec.per, scale=scale, units=spec.units
    )


def _value_heading(spec: ChartSpec) -> str:
    unit, word = heading(spec), WORDS[spec.lang].value
    if not unit or (_has_symbol(spec) and not spec.per):
        return word
    return f"{word}（{unit}）" if spec.lang == "zh" else f"{word} ({unit})"


def _bracketed(unit: str, spec: ChartSpec) -> str:
    if spec.lang == "zh":
        return f"（单位：{unit}）" if spec.subtitle else f"单位：{unit}"
    return f"({unit})" if spec.subtitle else unit[:1].upper() + unit[1:]
