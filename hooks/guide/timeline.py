"""Events in lanes → the view model of a timeline: marks over one axis of dates, and their texts beneath."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from . import chartframe, formats
from .axes import NARROW, WIDE, span, ticks, time_scale
from .chartview import ChartSpec, Link, Table
from .chartwords import WORDS
from .periods import first_day
from .plotview import DrawnLane, Event, Item, Lane, Mark, Strip, Timeline
from .scales import TimeScale, text_width

SIGNS = 4
"""Signs that the style sheet has for dates of different sorts."""
_STEP, _STEM, _FOOT, _EDGE = 19, 15, 8, 12
"""Pixels: from mark to mark, from the axis to the lowest, beneath the axis, and at both ends."""
_LABEL_SHARE = 0.38
"""Of the width, that names may take beside their lane."""
_MOST_TOLD = 8


def timeline(lanes: Sequence[Lane], spec: ChartSpec) -> Timeline:
    """Draw events over one axis of dates; a year or a month is drawn as long as it is.

    Args:
        lanes: The things with their events; a lane without a name stands alone.
        spec: Title, language and sources.

    Raises:
        ValueError: There is no event, or there are more sorts of dates than signs.
    """
    events = [event for lane in lanes for event in lane.events]
    if not events:
        raise ValueError("a timeline needs an event")
    signs = tuple(dict.fromkeys(event.lead for event in events if event.lead))
    if len(signs) > SIGNS:
        raise ValueError(f"a timeline tells at most {SIGNS} sorts of dates apart")
    scale = time_scale([event.at for event in events])
    label_width = max(text_width(lane.label) for lane in lanes)
    widths = {"narrow": NARROW - 2.0 * _EDGE, "wide": WIDE * (1 - _LABEL_SHARE * bool(label_width)) - 2 * _EDGE}
    return Timeline(
        frame=chartframe.frame(
            spec,
            table=_table(lanes, spec),
            description=_description(lanes, spec),
            has_estimates=False,
            unit="",
        ),
        lanes=tuple(_lane(lane, signs, scale, widths, spec) for lane in lanes),
        label_width=label_width,
        ticks=ticks(scale, spec.lang, widths["wide"], units=spec.units),
        narrow_ticks=ticks(scale, spec.lang, widths["narrow"], units=spec.units),
        signs=signs,
        has_ahead=any(event.is_ahead for event in events),
    )


def _lane(lane: Lane, signs: Sequence[str], scale: TimeScale, widths: dict[str, float], spec: ChartSpec) -> DrawnLane:
    events = _in_order(lane.events)
    numbers = _numbers(events)
    items = tuple(
        Item(
            number=number,
            sign=_sign(event, signs),
            is_ahead=event.is_ahead,
            date=formats.date(event.at, spec.lang),
            lead=event.lead,
            text=event.text,
            amount=event.amount,
            source=event.source,
        )
        for event, number in zip(events, numbers, strict=True)
    )
    strips = tuple(_strip(name, width, items, events, scale) for name, width in widths.items())
    return DrawnLane(label=lane.label, href=lane.href, strips=strips, items=items)


def _in_order(events: Sequence[Event]) -> list[Event]:
    """Rows in their own order, since a month may begin before a day of it and end after; facts where they belong."""
    ordered = [event for event in events if not event.lead]
    for fact in sorted((event for event in events if event.lead), key=lambda event: first_day(event.at)):
        later = (i for i, event in enumerate(ordered) if first_day(event.at) > first_day(fact.at))
        ordered.insert(next(later, len(ordered)), fact)
    return ordered


def _numbers(events: Sequence[Event]) -> list[str]:
    """Numbers of the events that have no sign."""
    count = 0
    numbers = []
    for event in events:
        count += not event.lead
        numbers.append("" if event.lead else str(count))
    return numbers


def _sign(event: Event, signs: Sequence[str]) -> int:
    return signs.index(event.lead) + 1 if event.lead else 0


def _strip(name: str, width: float, items: Sequence[Item], events: Sequence[Event], scale: TimeScale) -> Strip:
    spans = [span(event.at, scale) for event in events]
    levels = _levels([(first + last) / 2 * width for first, last in spans])
    floor = _STEM + (max(levels) + 0.5) * _STEP
    marks = tuple(
        Mark(
            x=round((first + last) * 50, 2),
            y=floor - _STEM - level * _STEP,
            start=round(first * 100, 2),
            length=round((last - first) * 100, 2),
            number=item.number,
            sign=item.sign,
            is_ahead=item.is_ahead,
            text=f"{item.date} {item.lead}".strip(),
        )
        for item, (first, last), level in zip(items, spans, levels, strict=True)
    )
    return Strip(width=name, height=floor + _FOOT, floor=floor, marks=marks)


def _levels(places: Sequence[float]) -> list[int]:
    """The lowest level for each mark at which it meets no earlier one."""
    levels: list[int] = []
    for i, place in enumerate(places):
        taken = {level for other, level in zip(places[:i], levels, strict=True) if abs(other - place) < _STEP}
        levels.append(next(level for level in range(len(places)) if level not in taken))
    return levels


def _plain(event: Event) -> str:
    text = Markup(event.text).striptags() if isinstance(event.text, Markup) else event.text
    return " ".join(filter(None, (event.lead, text, event.amount)))


def _description(lanes: Sequence[Lane], spec: ChartSpec) -> str:
    """All events in a sentence; of many, the first and the last."""
    words = WORDS[spec.lang]
    count = sum(len(lane.events) for lane in lanes)
    told = []
    for lane in lanes:
        events = _in_order(lane.events)
        ends = events if count <= _MOST_TOLD else [events[0], *events[-1:][: len(events) - 1]] if events else []
        said = [f"{formats.date(event.at, spec.lang)}{words.colon}{_plain(event)}" for event in ends]
        told.append(lane.label + words.colon * bool(lane.label) + words.semicolon.join(said))
    if spec.lang == "zh":
        lead = f"时间线，共 {count} 件事{'' if count <= _MOST_TOLD else '，以下为首末两件'}。"
    else:
        lead = f"Timeline of {count} events{'' if count <= _MOST_TOLD else '; the first and the last'}: "
    return chartframe.sentence(lead, told, spec.lang)


def _table(lanes: Sequence[Lane], spec: ChartSpec) -> Table:
    words = WORDS[spec.lang]
    has_lanes = any(lane.label for lane in lanes)
    has_amount = any(event.amount for lane in lanes for event in lane.events)
    columns = [spec.item or words.item] * has_lanes + [words.time, words.event] + [words.value] * has_amount
    rows = [
        (
            *([Link(text=lane.label, href=lane.href)] * has_lanes),
            Link(text=formats.date(event.at, spec.lang)),
            Link(text=event.text or event.lead),
            *([Link(text=event.amount)] * has_amount),
            event.source or Link(text=""),
        )
        for lane in lanes
        for event in _in_order(lane.events)
    ]
    return Table(columns=(*columns, words.origin), rows=tuple(rows))
