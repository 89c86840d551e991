"""What a chart is made from, and the view model that its template draws; all of it frozen, none of it markup."""

from __future__ import annotations

from dataclasses import dataclass

from .chartwords import Words
from .figures import Value
from .model import Lang
from .units import Units

At = str | Value
"""Where a point lies across: a date, or a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name with an address; an empty address shows the name alone."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """What every chart is told beside its values."""

    id: str
    """Unique on the page; the ids within the chart begin with it."""
    lang: Lang
    title: str
    """The finding, as a sentence."""
    units: Units
    subtitle: str = ""
    """What is measured, of what, when; where the unit is a noun (commits), this names it."""
    unit: str | None = None
    currency: str | None = None
    per: str | None = None
    digits: int | None = None
    """Significant digits to which values are rounded."""
    item: str = ""
    """What a row is, as the table's first heading: 框架 · Framework; under lines over numbers, what the axis counts."""
    x_unit: str | None = None
    """Unit of the numbers over which lines run."""
    sources: tuple[Link, ...] = ()
    note: str = ""
    """How the values came about, before the sources: 推算 · worked figure."""
    date: str = ""
    """As a sentence says it: 截至 2026 年 8 月 · as of August 2026."""
    csv: str = ""
    """Address of the data file."""
    alt: str = ""
    """What the chart shows, in a sentence; made from the values where it is empty."""
    marked: str = ""
    """What the dashed and hollow values are where they are no estimates: 据报道 · reported."""
    authors: tuple[str, ...] = ()
    """Whose estimates they are."""
    table: Table | None = None
    """The data beneath, where they are not the values that are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    """One bar to draw."""

    label: str
    value: Value | None
    """None where nobody says."""
    is_estimate: bool = False
    is_highlight: bool = False
    href: str = ""
    as_of: str = ""
    """As the table shows it."""
    source: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value at a date (year, month or day), or at a number."""

    at: At
    value: Value | None
    is_estimate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line to draw; its points in any order."""

    label: str
    points: tuple[Point, ...]
    is_highlight: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The data beneath: one heading a column, and rows whose first cell is a heading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every chart."""

    id: str
    title: str
    subtitle: str
    unit: str
    """What the values themselves do not show; with its brackets where it follows a subtitle."""
    description: str
    """Text alternative."""
    note: str
    sources: tuple[Link, ...]
    date: str
    csv: str
    has_estimates: bool
    estimate: str
    """What the sign of estimates means, and whose they are."""
    table: Table
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row as it is drawn; lengths are per cent of the space for bars."""

    label: str
    href: str
    text: str
    start: float
    length: float
    is_estimate: bool
    is_missing: bool
    is_muted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Horizontal bars from zero, each with its value; text is text of the page, so that it wraps."""

    kind: str = "bars"
    frame: Frame
    bars: tuple[Bar, ...]
    zero: float
    """Where zero lies, in per cent."""
    label_width: float
    """Of the widest label, in em."""
    value_width: float
    """Of the widest value, in em."""
    is_compact: bool
    """Whether the labels leave room for bars beside them on a phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gridline:
    """A horizontal line at a round value."""

    y: float
    label: str
    is_base: bool
    """Whether it is zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A date or number on the axis; x is per cent."""

    x: float
    label: str
    is_first: bool
    """Whether it is too wide to be centered at the left end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A value as a dot; x is per cent, y pixels."""

    x: float
    y: float
    text: str
    """Series, date or number, and value."""
    is_estimate: bool
    is_quiet: bool
    """Whether it shows only under the pointer, since there are many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelLine:
    """A line of the label at a series' end."""

    y: float
    text: str
    is_value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One series as it is drawn: runs of known values, and runs that lead to or from an estimate."""

    color: int
    """From 1; 0 is the muted one."""
    solid: tuple[str, ...]
    """Points of polylines: x in thousandths of the width, y in pixels."""
    dashed: tuple[str, ...]
    dots: tuple[Dot, ...]
    label: tuple[LabelLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Lines over time or numbers: heights in pixels, widths in per cent, so that text keeps its size at any width."""

    kind: str = "lines"
    frame: Frame
    height: float
    floor: float
    """Pixel at which the axis of dates lies."""
    axis: str
    """What the axis counts; empty for dates."""
    left: float
    """Pixels for the values' axis."""
    right: float
    """Pixels for the labels at the lines' ends."""
    gridlines: tuple[Gridline, ...]
    ticks: tuple[Tick, ...]
    narrow_ticks: tuple[Tick, ...]
    """Those for a phone."""
    lines: tuple[Line, ...]
