"""Rules for facts that are made of rows: known units and ids, dates in order, nothing in force before it was issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import model
from .issues import Issue, nearest
from .periods import at, first_day, latest_day


def check(fact: model.Fact, guide: model.Guide) -> Iterator[Issue]:
    """Faults of a fact's rows."""
    name = f"facts.{fact.type.id}"
    for record in fact.records:
        if isinstance(record.value, model.Row):
            for field in fact.type.fields:
                raw = record.value[field.id]
                if raw is not None:
                    yield from _value(raw, field, record, f"{name}.{field.id}", guide)
    yield from _order(fact, name)


def _value(
    raw: model.Value, field: model.FactType, record: model.Record, name: str, guide: model.Guide
) -> Iterator[Issue]:
    if isinstance(raw, model.Money) and raw.currency not in guide.units.currencies:
        hint = nearest(raw.currency, guide.units.currencies) or "add it to data/units.yml"
        yield at(record.place, f"unknown currency '{raw.currency}'", field=name, hint=hint)
    if field.type == "date" and not field.future and first_day(str(raw)) > record.source.read:
        problem = f"the date {raw} lies in the future of its source, read {record.source.read}"
        yield at(record.place, problem, field=name)
    names = (raw,) if field.type == "ref" else raw if field.type == "refs" else ()
    for id in names if isinstance(names, tuple) else ():
        if id not in guide.entities:
            hint = nearest(str(id), guide.entities) or "add its file"
            yield at(record.place, f"unknown id '{id}'", field=name, hint=hint)


def _order(fact: model.Fact, name: str) -> Iterator[Issue]:
    """Rows stand in the order of their dates; an imprecise date may stand anywhere in its year or month."""
    order_by = fact.type.order_by
    if order_by is None:
        return
    last: model.Record | None = None
    for record in fact.records:
        date = record.value[order_by] if isinstance(record.value, model.Row) else None
        if date is None:
            yield at(record.place, f"the row has no {order_by}", field=name, hint="rows on a time axis need their date")
            continue
        before = last.value[order_by] if last and isinstance(last.value, model.Row) else None
        if before is not None and latest_day(str(date)) < first_day(str(before)):
            yield at(
                record.place,
                f"{date} stands after {before}",
                field=name,
                hint="put the rows in the order of their dates",
            )
        last = record


def order_of_dates(entity: model.Entity) -> Iterator[Issue]:
    """A date that cannot come before another: in force before issued."""
    for fact in entity.facts.values():
        first = entity.facts.get(fact.type.not_before or "")
        if first and latest_day(str(fact.record.value)) < first_day(str(first.record.value)):
            problem = f"{fact.record.value} is before {first.type.id}, {first.record.value}"
            yield at(fact.record.place, problem, field=f"facts.{fact.type.id}", hint="one of the two dates is wrong")


def check_type(fact: model.FactType, facts: Mapping[str, model.FactType], place: model.Place) -> Iterator[Issue]:
    """Faults of what a kind says of rows."""
    names = [f.id for f in fact.fields]
    field = f"facts.{fact.id}"
    if (fact.type == "row") != bool(names):
        yield at(
            place, "rows have fields, and only rows", field=field, hint="write type: row with its fields, or neither"
        )
    asked = [*filter(None, (fact.order_by,)), *fact.key, *((fact.sum.of, fact.sum.where) if fact.sum else ())]
    for name in asked:
        if name not in names:
            yield at(place, f"unknown field '{name}'", field=field, hint=nearest(name, names))
    if fact.not_before and fact.not_before not in facts:
        yield at(
            place,
            f"unknown fact '{fact.not_before}'",
            field=f"{field}.not_before",
            hint=nearest(fact.not_before, facts),
        )
    for inner in fact.fields:
        if inner.type == "row":
            yield at(place, "a row holds no rows", field=f"{field}.{inner.id}", hint="make it a fact of its own")
        if inner.type in ("choice", "choices") and not inner.options:
            yield at(
                place, "a choice needs its options", field=f"{field}.{inner.id}", hint="list id, zh and en of each"
            )
