"""Rules for facts that are made of rows: known units and ids, dates in order, nothing in force before it was issued."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from . import model
from .issues import nearest
from .periods import first_day, latest_day

Steps = tuple[str | int, ...]
Found = tuple[model.Place, Steps, str, str]
"""A place, the way from there to the value that breaks a rule, what is wrong, what to do."""


def check(fact: model.Fact, guide: model.Guide, known: Collection[str]) -> Iterator[Found]:
    """Faults of a fact's rows; `known` are the ids that may be named."""
    for record in fact.records:
        if isinstance(record.value, model.Row):
            for field in fact.type.fields:
                raw = record.value[field.id]
                if raw is not None:
                    yield from _value(raw, field, record, guide, known)
    yield from _order(fact)


def _value(
    raw: model.Value, field: model.FactType, record: model.Record, guide: model.Guide, known: Collection[str]
) -> Iterator[Found]:
    steps: Steps = ("value", field.id)
    if isinstance(raw, model.Money) and guide.units.currencies and raw.currency not in guide.units.currencies:
        hint = nearest(raw.currency, guide.units.currencies) or "currencies stand in data/units.yml"
        yield record.place, (*steps, "currency"), f"unknown currency '{raw.currency}'", hint
    if field.type == "date" and not field.future and first_day(str(raw)) > record.source.read:
        problem = f"{raw} is later than the day on which the source was read, {record.source.read}"
        yield record.place, steps, problem, "one of the two is wrong"
    names = (raw,) if field.type == "ref" else raw if field.type == "refs" else ()
    for index, id in enumerate(names if isinstance(names, tuple) else ()):
        if id not in known:
            hint = nearest(str(id), known) or "name an entity of data/entities"
            yield record.place, (*steps, index) if field.type == "refs" else steps, f"unknown id '{id}'", hint


def _order(fact: model.Fact) -> Iterator[Found]:
    """Rows stand in the order of their dates; an imprecise date may stand anywhere in its year or month."""
    order_by = fact.type.order_by
    if order_by is None:
        return
    last: model.Record | None = None
    for record in fact.records:
        steps = ("value", order_by)
        date = record.value[order_by] if isinstance(record.value, model.Row) else None
        if date is None:
            yield record.place, steps, f"the row has no {order_by}", "rows on a time axis need their date"
            continue
        before = last.value[order_by] if last and isinstance(last.value, model.Row) else None
        if before is not None and latest_day(str(date)) < first_day(str(before)):
            yield record.place, steps, f"{date} stands after {before}", "put the rows in the order of their dates"
        last = record


def order_of_dates(entity: model.Entity) -> Iterator[Found]:
    """A date that cannot come before another: in force before issued."""
    for fact in entity.facts.values():
        first = entity.facts.get(fact.type.not_before or "")
        if first and latest_day(str(fact.record.value)) < first_day(str(first.record.value)):
            problem = f"{fact.record.value} is before {first.type.id}, {first.record.value}"
            yield fact.record.place, ("value",), problem, "one of the two dates is wrong"


def check_type(fact: model.FactType, facts: Mapping[str, model.FactType], place: model.Place) -> Iterator[Found]:
    """Faults of what a kind says of rows."""
    names = [f.id for f in fact.fields]
    if (fact.type == "row") != bool(names):
        yield place, ("type",), "rows have fields, and only rows", "write type: row with its fields, or neither"
    asked: dict[Steps, str] = {("key", i): name for i, name in enumerate(fact.key)}
    asked |= {("order_by",): fact.order_by} if fact.order_by else {}
    asked |= {("sum", "of"): fact.sum.of, ("sum", "where"): fact.sum.where} if fact.sum else {}
    for steps, name in asked.items():
        if name not in names:
            yield place, steps, f"unknown field '{name}'", nearest(name, names)
    if fact.not_before and fact.not_before not in facts:
        yield place, ("not_before",), f"unknown fact '{fact.not_before}'", nearest(fact.not_before, facts)
    for index, inner in enumerate(fact.fields):
        if inner.type == "row":
            yield place, ("fields", index, "type"), "a row holds no rows", "make it a fact of its own"
