"""What scatters, timelines and ranges are made from, and the view models that the template draws."""

from __future__ import annotations

from dataclasses import dataclass

from .chartview import At, Frame, Gridline, Link, Tick
from .figures import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What an axis says: its name, and the unit or currency of its numbers; dates have neither."""

    label: str
    unit: str | None = None
    currency: str | None = None
    per: str | None = None
    is_log: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One point to draw."""

    label: str
    x: At
    y: Value
    group: str = ""
    """Points of one group have one color."""
    is_estimate: bool = False
    href: str = ""
    note: str = ""
    sources: tuple[Link, ...] = ()
    """Of x and of y, or one of both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened on a day, in a month or in a year."""

    at: str
    text: str
    """Plain, or sound markup."""
    lead: str = ""
    """What sort of date it is, where several of them have a sign of their own: 公布 · Issued."""
    amount: str = ""
    is_ahead: bool = False
    """Whether it lay ahead when the source was read."""
    source: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The events of one thing."""

    events: tuple[Event, ...]
    label: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The values of one thing, from the lowest to the highest."""

    label: str
    values: tuple[Value, ...]
    is_estimate: bool = False
    href: str = ""
    source: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A point as it is drawn; x is per cent, y pixels."""

    x: float
    y: float
    start: float
    length: float
    """Of the year or month of an imprecise date, in per cent; 0 for a day or a number."""
    color: int
    is_estimate: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A name or number beside a point; x is per cent, all else pixels from there."""

    x: float
    y: float
    dx: float
    dy: float
    anchor: str
    text: str
    color: int
    is_number: bool
    is_far: bool
    """Whether a line must lead to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A number of the key, and the points that bear it."""

    number: str
    color: int
    names: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How the points are named at one width: beside them, or by a number with its key beneath."""

    width: str
    """`narrow` or `wide`."""
    tags: tuple[Tag, ...]
    key: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A color and what it means."""

    color: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScatterChart:
    """Points over two measures: heights in pixels, widths in per cent, so that text keeps its size at any width."""

    kind: str = "scatter"
    frame: Frame
    height: float
    floor: float
    axis: str
    """What lies across."""
    rise: str
    """What goes up."""
    left: float
    right: float
    gridlines: tuple[Gridline, ...]
    ticks: tuple[Tick, ...]
    narrow_ticks: tuple[Tick, ...]
    groups: tuple[Group, ...]
    pins: tuple[Pin, ...]
    namings: tuple[Naming, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An event on its lane; x, start and length are per cent, y pixels."""

    x: float
    y: float
    start: float
    length: float
    number: str
    """Empty for a date that has a sign."""
    sign: int
    """From 1; 0 for a number."""
    is_ahead: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A lane at one width: marks that would meet stand above one another."""

    width: str
    height: float
    floor: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An event in the list beneath."""

    number: str
    sign: int
    is_ahead: bool
    date: str
    lead: str
    text: str
    amount: str
    source: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLane:
    """A lane: its name, its marks at each width, and its events in words."""

    label: str
    href: str
    strips: tuple[Strip, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Events of one thing or of several over one axis of dates, each with its text beneath."""

    kind: str = "timeline"
    frame: Frame
    lanes: tuple[DrawnLane, ...]
    label_width: float
    """Of the widest name, in em; 0 where lanes have none."""
    ticks: tuple[Tick, ...]
    narrow_ticks: tuple[Tick, ...]
    signs: tuple[str, ...]
    """What each sign means."""
    has_ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRange:
    """A row of a chart of ranges; places are per cent."""

    label: str
    href: str
    text: str
    start: float
    length: float
    dots: tuple[float, ...]
    is_estimate: bool
    is_missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeChart:
    """Bars from the lowest to the highest value with a dot for each value, on one scale."""

    kind: str = "ranges"
    frame: Frame
    rows: tuple[DrawnRange, ...]
    label_width: float
    ticks: tuple[Tick, ...]
    narrow_ticks: tuple[Tick, ...]
