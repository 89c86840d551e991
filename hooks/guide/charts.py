"""Values → the view models of charts: bars here, other sorts beside it; overrides/macros/charts.html draws them.

A further sort of chart is a further view in `plotview`, a function that makes it, and a macro that draws it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from . import chartframe
from .chartview import Bar, BarChart, BarRow, ChartSpec
from .linechart import lines
from .ranges import ranges
from .scales import text_width
from .scatter import scatter
from .timeline import timeline

__all__ = ["bars", "lines", "ranges", "scatter", "timeline"]

_COMPACT_EM = 15.0
"""Of label and value, so that a phone has a third of its width for the bar between them."""


def bars(rows: Sequence[BarRow], spec: ChartSpec) -> BarChart:
    """Draw horizontal bars from zero, in the order of the rows.

    Args:
        rows: Labels with their values; None shows as not published.
        spec: Title, language, unit and sources.

    Raises:
        ValueError: There is no row.
    """
    if not rows:
        raise ValueError("a bar chart needs a row")
    values = [chartframe.amount(row.value, spec) for row in rows if row.value is not None]
    low, high = min([*values, Decimal(0)]), max([*values, Decimal(0)])
    drawn = tuple(_bar(row, rows, spec, low, high - low or Decimal(1)) for row in rows)
    label_width = max(text_width(bar.label) for bar in drawn)
    value_width = max(text_width(bar.text) for bar in drawn)
    return BarChart(
        frame=chartframe.frame(
            spec,
            table=chartframe.bar_table(rows, spec),
            description=chartframe.bar_description(rows, spec),
            has_estimates=any(row.is_estimate for row in rows),
            unit=chartframe.unit_of_bars(spec),
        ),
        bars=drawn,
        zero=_per_cent(-low, high - low or Decimal(1)),
        label_width=label_width,
        value_width=value_width,
        is_compact=label_width + value_width <= _COMPACT_EM,
    )


def _bar(row: BarRow, rows: Iterable[BarRow], spec: ChartSpec, low: Decimal, span: Decimal) -> Bar:
    value = chartframe.amount(row.value, spec) if row.value is not None else Decimal(0)
    return Bar(
        label=row.label,
        href=row.href,
        text=chartframe.cell(row.value, spec, is_estimate=row.is_estimate),
        start=_per_cent(min(value, Decimal(0)) - low, span),
        length=_per_cent(abs(value), span),
        is_estimate=row.is_estimate,
        is_missing=row.value is None,
        is_muted=not row.is_highlight and any(other.is_highlight for other in rows),
    )


def _per_cent(part: Decimal, whole: Decimal) -> float:
    return round(float(part / whole) * 100, 2)
