"""Values of several things → the view model of a chart of ranges: from the lowest to the highest, a dot for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from . import chartframe, formats
from .axes import NARROW, WIDE, number_scale, ticks
from .chartview import ChartSpec, Link, Table
from .chartwords import WORDS
from .figures import decimal
from .logscale import LogScale
from .plotview import DrawnRange, RangeChart, Spread
from .scales import LinearScale, text_width

_EDGE, _LABEL_SHARE = 8, 0.38
_MOST_TOLD = 8


def ranges(rows: Sequence[Spread], spec: ChartSpec, *, is_log: bool = False) -> RangeChart:
    """Draw a bar from the lowest to the highest value of each row, and a dot for each value.

    Args:
        rows: Names with their values; a row without a value shows as not published.
        spec: Title, language, unit and sources.
        is_log: Whether the scale is logarithmic; else it begins at zero.

    Raises:
        ValueError: There is no row, or a logarithmic scale would have to show zero or less.
    """
    if not rows:
        raise ValueError("a chart of ranges needs a row")
    values = [chartframe.amount(value, spec) for row in rows for value in row.values]
    scale = number_scale(values, is_log=is_log)
    unit = spec.unit if spec.unit and spec.units.units[spec.unit].tight else None
    wide, narrow = WIDE * (1 - _LABEL_SHARE) - 2 * _EDGE, NARROW - 2.0 * _EDGE
    return RangeChart(
        frame=chartframe.frame(
            spec,
            table=_table(rows, spec),
            description=_description(rows, spec),
            has_estimates=any(row.is_estimate for row in rows),
            unit=chartframe.unit_of_axis(spec, ""),
        ),
        rows=tuple(_drawn(row, scale, spec) for row in rows),
        label_width=max(text_width(text) for row in rows for text in (row.label, said(row, spec))),
        ticks=ticks(scale, spec.lang, wide, unit=unit, units=spec.units),
        narrow_ticks=ticks(scale, spec.lang, narrow, unit=unit, units=spec.units),
    )


def said(row: Spread, spec: ChartSpec, *, in_sentence: bool = False) -> str:
    """The values of a row in short: from the lowest to the highest."""
    if not row.values:
        return WORDS[spec.lang].no_data
    low, high = _ends(row)
    per = spec.per if in_sentence else None
    told = replace(spec, per=per)
    if low == high:
        text = (chartframe.told if in_sentence else chartframe.shown)(low, told)
    else:
        text = formats.range_(
            low, high, spec.lang, unit=_unit(spec, in_sentence=in_sentence), currency=spec.currency, per=per,
            digits=spec.digits, units=spec.units,
        )  # fmt: skip
    return chartframe.marked(text, spec) if row.is_estimate else text


def _unit(spec: ChartSpec, *, in_sentence: bool) -> str | None:
    """The unit, unless it is a noun that the subtitle tells."""
    return spec.unit if in_sentence or (spec.unit and spec.units.units[spec.unit].symbol) else None


def _ends(row: Spread) -> tuple[Decimal, Decimal]:
    values = [decimal(value) for value in row.values]
    return min(values), max(values)


def _drawn(row: Spread, scale: LinearScale | LogScale, spec: ChartSpec) -> DrawnRange:
    places = [round(scale.at(chartframe.amount(value, spec)) * 100, 2) for value in sorted(map(decimal, row.values))]
    return DrawnRange(
        label=row.label,
        href=row.href,
        text=said(row, spec),
        start=places[0] if places else 0,
        length=round(places[-1] - places[0], 2) if places else 0,
        dots=tuple(dict.fromkeys(places)),
        is_estimate=row.is_estimate,
        is_missing=not places,
    )


def _description(rows: Sequence[Spread], spec: ChartSpec) -> str:
    """All rows in a sentence; of many, the first and the last."""
    words = WORDS[spec.lang]
    ends = rows if len(rows) <= _MOST_TOLD else [*rows[:3], rows[-1]]
    items = [row.label + words.colon + said(row, spec, in_sentence=True) for row in ends]
    if spec.lang == "zh":
        lead = f"范围图，共 {len(rows)} 项{'' if ends is rows else '，以下为前三项和最后一项'}。"
    else:
        lead = f"Chart of {len(rows)} ranges{'' if ends is rows else '; the first three and the last'}: "
    return chartframe.sentence(lead, items, spec.lang)


def _table(rows: Sequence[Spread], spec: ChartSpec) -> Table:
    words = WORDS[spec.lang]
    has_source = any(row.source for row in rows)
    cells = []
    for row in rows:
        ends = [chartframe.cell(end, spec, is_estimate=row.is_estimate) for end in _ends(row)] if row.values else []
        texts = (row.label, *(ends or [words.no_data] * 2), _singles(row, spec))
        links = [Link(text=text, href=row.href if i == 0 else "") for i, text in enumerate(texts)]
        cells.append((*links, *([row.source or Link(text="")] * has_source)))
    columns = (spec.item or words.item, words.low, words.high, words.singles, *([words.origin] * has_source))
    return Table(columns=columns, rows=tuple(cells))


def _singles(row: Spread, spec: ChartSpec) -> str:
    return WORDS[spec.lang].semicolon.join(chartframe.shown(value, spec) for value in sorted(map(decimal, row.values)))
