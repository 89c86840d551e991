"""Points over two measures → the view model of a scatter chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from . import chartframe, formats
from .axes import NARROW, TICK_FONT, WIDE, Axis, number_scale, span, ticks, time_scale
from .chartview import At, ChartSpec, Gridline, Link, Table
from .chartwords import WORDS
from .figures import decimal
from .linechart import COLORS
from .logscale import LogScale, tick_labels
from .plotview import Entry, Group, Measure, Naming, Pin, ScatterChart, Spot, Tag
from .scales import LinearScale, TimeScale, text_width
from .spots import Placed, place

_TOP, _HEIGHT, _TALL, _AXIS, _RIGHT = 12, 330, 410, 24, 14
_MANY, _MOST_TOLD = 20, 8
"""Points from which the drawing is tall, and up to which all are told."""


def scatter(spots: Sequence[Spot], spec: ChartSpec, *, x: Measure, y: Measure) -> ScatterChart:
    """Draw points over two measures, each with its name beside it or a number with its key beneath.

    Args:
        spots: Points with their names.
        spec: Title, language and sources; its unit and currency are not asked.
        x: What lies across; dates have neither unit nor currency.
        y: What goes up.

    Raises:
        ValueError: There is no point, some lie at dates and some at numbers, or a logarithmic axis would have to
            show zero or less.
    """
    if not spots:
        raise ValueError("a scatter chart needs a point")
    plot = _plot(spots, spec, x, y)
    gridlines = _gridlines(plot)
    left = round(max(text_width(line.label) for line in gridlines) * TICK_FONT + 8)
    pins = tuple(_pin(spot, plot) for spot in spots)
    has_groups = len(plot.groups) > 1
    return ScatterChart(
        frame=chartframe.frame(
            spec,
            table=_table(spots, plot),
            description=_description(spots, plot),
            has_estimates=any(spot.is_estimate for spot in spots),
            unit="",
        ),
        height=plot.floor + _AXIS,
        floor=plot.floor,
        axis=_axis(plot.x_spec, x, ""),
        rise=_axis(plot.y_spec, y, plot.divisor[1]),
        left=left,
        right=_RIGHT,
        gridlines=gridlines,
        ticks=ticks(plot.across, spec.lang, WIDE - left - _RIGHT, units=spec.units),
        narrow_ticks=ticks(plot.across, spec.lang, NARROW - left - _RIGHT, units=spec.units),
        groups=tuple(Group(color=color, label=label) for label, color in plot.legend) if has_groups else (),
        pins=pins,
        namings=tuple(
            _naming(name, width - left - _RIGHT, spots, pins, plot)
            for name, width in (("narrow", NARROW), ("wide", WIDE))
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """Where points lie, and what their values are called."""

    across: Axis
    up: LinearScale | LogScale
    spec: ChartSpec
    x_spec: ChartSpec
    y_spec: ChartSpec
    x: Measure
    y: Measure
    groups: tuple[str, ...]
    """From the largest."""
    floor: float

    @property
    def divisor(self) -> tuple[Decimal, str]:
        """What the rising axis divides by, and its word."""
        if isinstance(self.up, LogScale):
            return Decimal(1), ""
        return formats.axis_scale(max(map(abs, self.up.ticks)), self.spec.lang)

    @property
    def legend(self) -> tuple[tuple[str, int], ...]:
        """Groups with their colors; where there are more than colors, the last one stands for all others."""
        if len(self.groups) <= COLORS:
            return tuple((name, i) for i, name in enumerate(self.groups, 1))
        named = tuple((name, i) for i, name in enumerate(self.groups[: COLORS - 1], 1))
        return (*named, (WORDS[self.spec.lang].others, 0))

    def color(self, group: str) -> int:
        """The color of a group."""
        return dict(self.legend).get(group, 0)

    def x_at(self, at: At) -> float:
        """Share of the width; the middle of a year or month."""
        if not isinstance(self.across, TimeScale):
            return self.across.at(chartframe.amount(_number(at), self.x_spec))
        first, last = span(str(at), self.across)
        return (first + last) / 2

    def y_at(self, value: Decimal) -> float:
        """Pixels from the top."""
        return round(self.floor - self.up.at(value) * (self.floor - _TOP), 1)


def _number(at: At) -> Decimal:
    if isinstance(at, str):
        raise ValueError("points lie at dates or at numbers, not at both")
    return decimal(at)


def _plot(spots: Sequence[Spot], spec: ChartSpec, x: Measure, y: Measure) -> _Plot:
    x_spec, y_spec = (replace(spec, unit=m.unit, currency=m.currency, per=m.per, subtitle="") for m in (x, y))
    dates = [spot.x for spot in spots if isinstance(spot.x, str)]
    if dates and (x.is_log or len(dates) < len(spots)):
        raise ValueError("points lie at dates or at numbers, not at both; an axis of dates is not logarithmic")
    across: Axis
    if dates:
        across = time_scale(dates)
    else:
        across = number_scale([chartframe.amount(_number(spot.x), x_spec) for spot in spots], is_log=x.is_log)
    up = number_scale([chartframe.amount(spot.y, y_spec) for spot in spots], is_log=y.is_log)
    groups = [name for name, _ in Counter(spot.group for spot in spots if spot.group).most_common()]
    floor = _TALL if len(spots) > _MANY else _HEIGHT
    return _Plot(
        across=across, up=up, spec=spec, x_spec=x_spec, y_spec=y_spec, x=x, y=y, groups=tuple(groups), floor=floor
    )


def _axis(spec: ChartSpec, measure: Measure, scale: str) -> str:
    """The name of an axis with its unit; the year needs none."""
    unit = chartframe.heading(spec, scale) if measure.unit or measure.currency or scale else ""
    if not unit or unit in measure.label:
        return measure.label
    return f"{measure.label}（{unit}）" if spec.lang == "zh" else f"{measure.label} ({unit})"


def _gridlines(plot: _Plot) -> tuple[Gridline, ...]:
    divisor, spec = plot.divisor[0], plot.y_spec
    labels = tick_labels([tick / divisor for tick in plot.up.ticks], spec.lang, units=spec.units)
    return tuple(
        Gridline(y=plot.y_at(tick), label=label, is_base=i == 0)
        for i, (tick, label) in enumerate(zip(plot.up.ticks, labels, strict=True))
    )


def _pin(spot: Spot, plot: _Plot) -> Pin:
    ends = span(spot.x, plot.across) if isinstance(spot.x, str) and isinstance(plot.across, TimeScale) else (0, 0)
    return Pin(
        x=round(plot.x_at(spot.x) * 100, 2),
        y=plot.y_at(chartframe.amount(spot.y, plot.y_spec)),
        start=round(ends[0] * 100, 2),
        length=round((ends[1] - ends[0]) * 100, 2),
        color=plot.color(spot.group) if plot.groups else 1,
        is_estimate=spot.is_estimate,
        text=_told(spot, plot),
    )


def _naming(name: str, width: float, spots: Sequence[Spot], pins: Sequence[Pin], plot: _Plot) -> Naming:
    points = [(pin.x * width / 100, pin.y) for pin in pins]
    halves = [pin.length * width / 200 for pin in pins]
    words = WORDS[plot.spec.lang]
    placed = place(points, halves, [spot.label for spot in spots], (0, 0, width + _RIGHT, plot.floor - 2), words.comma)
    tags = tuple(
        Tag(
            x=(pin := pins[one.members[0]]).x,
            y=pin.y,
            color=pin.color,
            dx=one.dx,
            dy=one.dy,
            anchor=one.anchor,
            text=one.text,
            is_number=one.is_number,
            is_far=one.is_far,
        )
        for one in placed
    )
    numbered = sorted((one for one in placed if one.is_number), key=lambda one: int(one.text))
    key = tuple(Entry(number=one.text, color=pins[one.members[0]].color, names=_links(one, spots)) for one in numbered)
    return Naming(width=name, tags=tags, key=key)


def _links(one: Placed, spots: Sequence[Spot]) -> tuple[Link, ...]:
    return tuple(Link(text=spots[i].label, href=spots[i].href) for i in one.members)


def _told(spot: Spot, plot: _Plot) -> str:
    """A point in words: name, group and both values."""
    words = WORDS[plot.spec.lang]
    x = chartframe.told_at(spot.x, plot.spec) if isinstance(spot.x, str) else chartframe.told(spot.x, plot.x_spec)
    y = chartframe.told(spot.y, plot.y_spec, is_estimate=spot.is_estimate)
    return spot.label + words.colon + words.comma.join((x, y))


def _description(spots: Sequence[Spot], plot: _Plot) -> str:
    """All points in a sentence; of many, those with the highest values."""
    ends = spots
    if len(spots) > _MOST_TOLD:
        ends = sorted(spots, key=lambda spot: -chartframe.amount(spot.y, plot.y_spec))[:4]
    x, y, count = plot.x.label, plot.y.label, len(spots)
    if plot.spec.lang == "zh":
        lead = f"散点图，共 {count} 个点，横轴为{x}，纵轴为{y}{'' if ends is spots else '；以下为最高的四个'}。"
    else:
        lead = f"Scatter chart of {count} points, {x} across, {y} up{'' if ends is spots else '; the highest four'}: "
    return chartframe.sentence(lead, [_told(spot, plot) for spot in ends], plot.spec.lang)


def _table(spots: Sequence[Spot], plot: _Plot) -> Table:
    words, spec = WORDS[plot.spec.lang], plot.spec
    has_group, has_note = bool(plot.groups), any(spot.note for spot in spots)
    origins = max(len(spot.sources) for spot in spots)
    columns = [spec.item or words.item, _column(plot.x_spec, plot.x), _column(plot.y_spec, plot.y)]
    columns += [words.group] * has_group + [words.note] * has_note
    columns += [f"{words.origin}{words.colon}{m.label}" for m in (plot.x, plot.y)] if origins > 1 else []
    columns += [words.origin] * (origins == 1)
    rows = [
        (
            Link(text=spot.label, href=spot.href),
            Link(
                text=chartframe.told_at(spot.x, spec)
                if isinstance(spot.x, str)
                else chartframe.cell(_number(spot.x), plot.x_spec)
            ),
            Link(text=chartframe.cell(spot.y, plot.y_spec, is_estimate=spot.is_estimate)),
            *([Link(text=spot.group)] * has_group),
            *([Link(text=spot.note)] * has_note),
            *(spot.sources if len(spot.sources) == origins else [*spot.sources, Link(text="")][:1] * origins),
        )
        for spot in spots
    ]
    return Table(columns=tuple(columns), rows=tuple(rows))


def _column(spec: ChartSpec, measure: Measure) -> str:
    """The heading of a column, with a unit that its cells do not show."""
    has_symbol = measure.currency or not measure.unit or spec.units.units[measure.unit].symbol
    return measure.label if has_symbol and not measure.per else _axis(spec, measure, "")
