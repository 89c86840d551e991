"""Series over time or numbers → the view model of a line chart: heights in pixels, widths in per cent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from . import chartframe, formats
from .chartview import At, ChartSpec, Dot, Gridline, LabelLine, Line, LineChart, Point, Series, Tick
from .logscale import LogScale, tick_labels
from .scales import LinearScale, NumberScale, TimeScale, spread, text_width, wrapped

COLORS = 6
"""Colors that the style sheet has for series."""
_LABEL_FONT, _LEADING, _ASCENT = 13, 16, 12
_BOLD = 1.08
"""How much wider bold is."""
_TICK_FONT = 12
_TOP, _MIN_HEIGHT, _AXIS = 12, 200, 28
_LABEL_EM = 8.0
_PHONE, _WIDE = 320, 480
"""Pixels: the least width of a chart, and the least from which it has room for more (32em in the style sheet)."""
_MANY_DOTS = 16


def lines(
    series: Sequence[Series],
    spec: ChartSpec,
    *,
    from_zero: bool = True,
    log: Collection[str] = (),
    is_stepped: bool = False,
) -> LineChart:
    """Draw lines over time, each with its name and last value at its end.

    Args:
        series: Named points; a None breaks the line, an estimate dashes it.
        spec: Title, language, unit and sources.
        from_zero: Whether the axis of values holds zero.
        log: The logarithmic axes: "x", "y" or both.
        is_stepped: Whether a value stays until the next one, and the last to the right end, as a sum does.

    Raises:
        ValueError: There is no point, or a logarithmic axis would have to show zero or less.
    """
    points = [point for one in series for point in one.points]
    if not points:
        raise ValueError("a line chart needs a point")
    values = [chartframe.amount(point.value, spec) for point in points if point.value is not None]
    labels = [_label(one, spec) for one in series]
    floor = float(max(_MIN_HEIGHT, sum(map(_height, labels)) + _TOP))
    scale = LogScale.over(values) if "y" in log else LinearScale.over(values, from_zero=from_zero)
    across = _across([point.at for point in points], is_log="x" in log)
    plot = _Plot(scale, across, floor, spec, is_stepped)
    axis = spec.item if isinstance(plot.across, NumberScale) else ""
    gridlines = _gridlines(plot)
    left = round(max(text_width(line.label) for line in gridlines) * _TICK_FONT + 8)
    right = round(max(text_width(text) for label in labels for text in label) * _LABEL_FONT * _BOLD + 10)
    return LineChart(
        frame=chartframe.frame(
            spec,
            table=chartframe.line_table(series, spec),
            description=chartframe.line_description(series, spec),
            has_estimates=any(point.is_estimate for point in points),
            unit=chartframe.unit_of_axis(spec, plot.divisor[1]),
        ),
        height=floor + _AXIS + (_LEADING if axis else 0),
        floor=floor,
        axis=axis,
        left=left,
        right=right,
        gridlines=gridlines,
        ticks=_ticks(plot, left, _WIDE - left - right),
        narrow_ticks=_ticks(plot, left, _PHONE - left - right),
        lines=_lines(series, labels, plot),
    )


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where values lie, up and across."""

    values: LinearScale | LogScale
    across: TimeScale | NumberScale
    floor: float
    spec: ChartSpec
    is_stepped: bool

    @property
    def divisor(self) -> tuple[Decimal, str]:
        """What the axis divides by, and its word; each tick of a logarithmic one has its own."""
        if isinstance(self.values, LogScale):
            return Decimal(1), ""
        return formats.axis_scale(max(map(abs, self.values.ticks)), self.spec.lang)

    def x(self, point: Point) -> float:
        """Share of the width."""
        return self.x_at(point.at)

    def x_at(self, at: At) -> float:
        """Share of the width, of a date or a number."""
        if isinstance(self.across, TimeScale):
            return self.across.at(str(at))
        return self.across.at(chartframe.place_of(at))

    def y(self, value: Decimal) -> float:
        """Pixels from the top."""
        return round(self.floor - self.values.at(value) * (self.floor - _TOP), 1)

    def y_of(self, point: Point) -> float:
        """Pixels from the top; the floor for what nobody says."""
        return self.floor if point.value is None else self.y(chartframe.amount(point.value, self.spec))


def _across(places: Sequence[At], *, is_log: bool) -> TimeScale | NumberScale:
    """The scale of dates, or of numbers; ValueError for a mixture."""
    dates = [at for at in places if isinstance(at, str)]
    if dates and len(dates) < len(places):
        raise ValueError("points lie at dates or at numbers, not at both")
    if dates and is_log:
        raise ValueError("an axis of dates is not logarithmic")
    if dates:
        return TimeScale.over(dates)
    numbers = tuple(sorted({chartframe.place_of(at) for at in places}))
    if is_log and numbers[0] <= 0:
        raise ValueError("a logarithmic axis has no place for zero and below")
    return NumberScale(places=numbers, is_log=is_log)


def _gridlines(plot: _Plot) -> tuple[Gridline, ...]:
    spec, (divisor, _) = plot.spec, plot.divisor
    is_tight = spec.unit is not None and spec.units.units[spec.unit].tight
    unit = spec.unit if is_tight else None
    labels = tick_labels([tick / divisor for tick in plot.values.ticks], spec.lang, unit=unit, units=spec.units)
    return tuple(
        Gridline(y=plot.y(tick), label=label, is_base=not tick)
        for tick, label in zip(plot.values.ticks, labels, strict=True)
    )


def _ticks(plot: _Plot, left: float, width: float) -> tuple[Tick, ...]:
    """As many dates or numbers as fit in so many pixels."""
    return tuple(
        Tick(
            x=round(plot.x_at(at) * 100, 2),
            label=label,
            is_first=plot.x_at(at) == 0 and text_width(label) * _TICK_FONT / 2 > left,
        )
        for at, label in plot.across.ticks(plot.spec.lang, width / _TICK_FONT, left / _TICK_FONT)
    )


def _known(one: Series) -> list[Point]:
    return [point for point in chartframe.in_order(one.points) if point.value is not None]


def _label(one: Series, spec: ChartSpec) -> tuple[str, ...]:
    """Name in lines, then the last value."""
    last = next((point.value for point in reversed(_known(one))), None)
    return (*wrapped(one.label, _LABEL_EM), chartframe.cell(last, spec))


def _height(label: Sequence[str]) -> float:
    return len(label) * _LEADING + 4


def _lines(series: Sequence[Series], labels: Sequence[tuple[str, ...]], plot: _Plot) -> tuple[Line, ...]:
    ends = [next((plot.y_of(point) for point in reversed(_known(one))), plot.floor) for one in series]
    middles = spread(ends, [_height(label) for label in labels], 0, plot.floor)
    has_highlight = any(one.is_highlight for one in series)
    return tuple(
        _line(one, 0 if has_highlight and not one.is_highlight else i % COLORS + 1, _placed(label, middle), plot)
        for i, (one, label, middle) in enumerate(zip(series, labels, middles, strict=True))
    )


def _placed(label: Sequence[str], middle: float) -> tuple[LabelLine, ...]:
    top = middle - len(label) * _LEADING / 2
    return tuple(
        LabelLine(y=round(top + i * _LEADING + _ASCENT, 1), text=text, is_value=i == len(label) - 1)
        for i, text in enumerate(label)
    )


def _line(one: Series, color: int, label: tuple[LabelLine, ...], plot: _Plot) -> Line:
    points = chartframe.in_order(one.points)
    solid, dashed = _runs(_steps(points, plot) if plot.is_stepped else points)
    return Line(
        color=color,
        solid=tuple(_path(run, plot) for run in solid),
        dashed=tuple(_path(run, plot) for run in dashed),
        dots=_dots(one, {point.at for run in (*solid, *dashed) for point in run}, plot),
        label=label,
    )


def _runs(points: Sequence[Point]) -> tuple[list[list[Point]], list[list[Point]]]:
    """Runs of known values, and runs that lead to or from an estimate."""
    solid: list[list[Point]] = []
    dashed: list[list[Point]] = []
    for before, after in pairwise(points):
        if before.value is None or after.value is None:
            continue
        runs = dashed if before.is_estimate or after.is_estimate else solid
        if runs and runs[-1][-1] is before:
            runs[-1].append(after)
        else:
            runs.append([before, after])
    return solid, dashed


def _steps(points: Sequence[Point], plot: _Plot) -> list[Point]:
    """Points with the corners between them: each value stays until the next, and the last to the right end."""
    end = plot.across.last.isoformat() if isinstance(plot.across, TimeScale) else plot.across.places[-1]
    corners = [replace(before, at=after.at) for before, after in pairwise(points)]
    corners += [replace(point, at=end) for point in points[-1:]]
    return [point for pair in zip(points, corners, strict=True) for point in pair]


def _path(run: Iterable[Point], plot: _Plot) -> str:
    return " ".join(f"{plot.x(p) * 1000:.1f},{plot.y_of(p):g}" for p in run)


def _dots(one: Series, joined: set[At], plot: _Plot) -> tuple[Dot, ...]:
    """The values as dots; of many, only the last and those that no line joins show at once."""
    known = _known(one)
    has_many = len(known) > _MANY_DOTS
    return tuple(_dot(p, one, plot, is_quiet=has_many and p is not known[-1] and p.at in joined) for p in known)


def _dot(point: Point, one: Series, plot: _Plot, *, is_quiet: bool) -> Dot:
    value = chartframe.told(point.value, plot.spec, is_estimate=point.is_estimate)
    at = chartframe.told_at(point.at, plot.spec)
    return Dot(
        x=round(plot.x(point) * 100, 2),
        y=plot.y_of(point),
        text=f"{one.label}，{at}：{value}" if plot.spec.lang == "zh" else f"{one.label}, {at}: {value}",
        is_estimate=point.is_estimate,
        is_quiet=is_quiet,
    )
