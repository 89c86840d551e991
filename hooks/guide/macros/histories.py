"""Timelines: what happened to one entity, or the dates of several side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from .. import figures, model
from ..periods import first_day
from ..plotview import Event, Lane
from ..timeline import timeline
from .calls import CallError
from .chartspec import (
    cited,
    drawn,
    entities_of,
    fact_type,
    frame,
    row_name,
    undated,
    words_of,
)
from .context import Context
from .facts import rich


def timeline_chart(
    page: Context,
    of: str,
    title: str,
    subtitle: str,
    ids: Sequence[str] | None,
    facts: Sequence[str],
    rows: str | None,
) -> str:
    """The rows of one entity, or dates and rows of several, a lane for each."""
    first, dot, rows_id = of.partition(".")
    single = page.entity(first) if dot else None
    kind = single.kind if single else page.kind(first)
    types = [_date_fact(kind, id) for id in facts]
    row_id = rows_id or rows
    row_type = fact_type(kind, row_id) if row_id else None
    entities = (single,) if single else entities_of(page, kind, ids)
    found = [(e, tuple(_events(page, e, types, row_type))) for e in entities]
    if ids is None:
        found.sort(key=lambda pair: min((first_day(event.at) for event in pair[1]), default=dt.date.max))
    lanes = [_lane(page, e, events, is_named=single is None) for e, events in found if events]
    if not lanes:
        raise CallError(f"'{of}' has no dates to draw", 'name rows, or facts=["issued", "in_force"]')
    shown = [*facts, *filter(None, [row_id])]
    records = [record for e in entities for id in shown if id in e.facts for record in e.facts[id].records]
    spec = frame(
        page,
        title,
        subtitle or (row_type.label[page.lang] if row_type and single else ""),
        item=kind.name[page.lang],
        kind=kind,
        records=records,
    )
    return drawn(page, lambda: timeline(lanes, spec))


def _date_fact(kind: model.Kind, id: str) -> model.FactType:
    type = fact_type(kind, id)
    if type.type != "date":
        raise CallError(f"'{id}' is no date", "facts of a timeline are dates; rows names a fact made of rows")
    return type


def _lane(page: Context, entity: model.Entity, events: tuple[Event, ...], *, is_named: bool) -> Lane:
    if not is_named:
        return Lane(events=events)
    return Lane(label=entity.name[page.lang], href=page.href_to(entity.id), events=events)


def _events(
    page: Context, entity: model.Entity, facts: Sequence[model.FactType], rows: model.FactType | None
) -> Iterator[Event]:
    """The dates of facts with what the same source says of the day in a row, and the other rows."""
    told = list(_row_events(page, entity, rows)) if rows and rows.id in entity.facts else []
    for type in facts:
        if type.id in entity.facts:
            record = entity.facts[type.id].record
            event = _event(page, record, str(record.value), "", lead=type.label[page.lang])
            same = next((row for row in told if (row.at, row.source) == (event.at, event.source)), None)
            told = [row for row in told if row is not same]
            text = same.text if same and same.text.casefold() != event.lead.casefold() else ""
            yield replace(event, text=text, amount=same.amount) if same else event
    yield from told


def _row_events(page: Context, entity: model.Entity, rows: model.FactType) -> Iterator[Event]:
    date = _date_field(rows)
    for record in entity.facts[rows.id].records:
        row = record.value
        if isinstance(row, model.Row):
            if row[date] is None:
                raise undated(entity, row_name(page, row, rows), date)
            yield _event(page, record, str(row[date]), _text(page, row, rows), amount=_amount(page, row, rows))


def _event(page: Context, record: model.Record, at: str, text: str, *, lead: str = "", amount: str = "") -> Event:
    return Event(
        at=at,
        text=text,
        lead=lead,
        amount=amount,
        is_ahead=first_day(at) > record.source.read,
        source=cited(page, record),
    )


def _date_field(type: model.FactType) -> str:
    found = type.order_by or next((f.id for f in type.fields if f.type == "date"), None)
    if found is None:
        raise CallError(f"the rows of '{type.id}' have no dates", "name a fact whose rows have a field of type date")
    return found


def _text(page: Context, row: model.Row, type: model.FactType) -> str:
    """What happened: the first text or name; its links are made."""
    field = next((f for f in type.fields if f.type in ("text", "label", "name") and row[f.id] is not None), None)
    raw = row[field.id] if field else None
    if field and field.type == "text" and isinstance(raw, model.Text):
        return rich(page, raw[page.lang])
    return str(Markup.escape(words_of(page, raw, field))) if field else ""


def _amount(page: Context, row: model.Row, type: model.FactType) -> str:
    """The money of a row, with what became of it: 10 亿美元（据报道）."""
    field = type.field("amount")
    status = type.field(type.sum.where if type.sum else "status")
    said = words_of(page, row["amount"], field) if field and field.type == "money" else ""
    became = words_of(page, row[status.id], status) if status and type.field("amount") else ""
    if became:
        became = f"（{became}）" if page.lang == "zh" else f"({became})"
    return figures.joined(said, became) if page.lang == "en" else said + became
