"""Rules that hold across files; each reports what breaks it and none repairs."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping

from . import model, rows
from .issues import Issue, Issues, nearest
from .periods import at, first_day


def check(guide: model.Guide, broken: frozenset[str], issues: Issues) -> None:
    """Note every breach of a rule in the guide's data."""
    known = frozenset(guide.entities) | broken
    for entity in guide.entities.values():
        issues.extend(_required(entity))
        issues.extend(_records(entity, guide))
        issues.extend(_relations(entity, known))
    issues.extend(_cycles(guide))
    issues.extend(_terms(guide, known))
    issues.extend(_kinds(guide))
    issues.extend(_publishers(guide, known))
    issues.extend(_read_dates(guide))
    issues.extend(_worked_units(guide))


def _required(entity: model.Entity) -> Iterator[Issue]:
    for fact in entity.kind.facts.values():
        wanted = fact.required == "always" or (fact.required == "full" and entity.depth == "full")
        if wanted and fact.id not in entity.facts:
            hint = f"add facts.{fact.id}" + (", or set depth: short" if fact.required == "full" else "")
            yield at(
                entity.place, f"the fact '{fact.id}' ({fact.label.en}) is missing", field=f"facts.{fact.id}", hint=hint
            )


def _records(entity: model.Entity, guide: model.Guide) -> Iterator[Issue]:
    for fact in entity.facts.values():
        for record in fact.records:
            field = f"facts.{fact.type.id}"
            if record.as_of and first_day(record.as_of) > record.source.read:
                yield at(
                    record.place,
                    f"as_of {record.as_of} is later than the day the source was read, {record.source.read}",
                    field=field,
                    hint="one of the two dates is wrong",
                )
            if fact.type.type == "date" and not fact.type.future and first_day(str(record.value)) > record.source.read:
                yield at(
                    record.place,
                    f"the date {record.value} lies in the future of its source, read {record.source.read}",
                    field=field,
                )
            yield from _unit(record, field, guide)
            yield from _reference(record, fact.type, guide, field)
        yield from rows.check(fact, guide)
    yield from rows.order_of_dates(entity)


def _unit(record: model.Record, field: str, guide: model.Guide) -> Iterator[Issue]:
    units = guide.units
    if record.unit and record.unit not in units.units:
        yield at(
            record.place,
            f"unknown unit '{record.unit}'",
            field=f"{field}.unit",
            hint=f"{nearest(record.unit, units.units)} (data/units.yml)",
        )
    if isinstance(record.value, model.Money) and record.value.currency not in units.currencies:
        hint = nearest(record.value.currency, units.currencies) or "add it to data/units.yml"
        yield at(record.place, f"unknown currency '{record.value.currency}'", field=f"{field}.currency", hint=hint)


def _reference(record: model.Record, fact: model.FactType, guide: model.Guide, field: str) -> Iterator[Issue]:
    names = {"ref": (record.value,), "refs": record.value}.get(fact.type, ())
    for name in names if isinstance(names, tuple) else ():
        if name not in guide.entities:
            yield at(record.place, f"unknown id '{name}'", field=field, hint=nearest(str(name), guide.entities))


def _relations(entity: model.Entity, known: frozenset[str]) -> Iterator[Issue]:
    for relation, ids in entity.relations.items():
        for id in ids:
            if id == entity.id:
                yield at(
                    entity.arrows[relation, id],
                    f"'{id}' names itself",
                    field=f"relations.{relation}",
                    hint="take it out",
                )
            elif id not in known:
                yield at(
                    entity.arrows[relation, id],
                    f"unknown id '{id}'",
                    field=f"relations.{relation}",
                    hint=nearest(id, known) or "add its file, or take it out",
                )


def _cycles(guide: model.Guide) -> Iterator[Issue]:
    names = {r.id for kind in guide.kinds.values() for r in kind.relations.values() if r.acyclic}
    for name in sorted(names):
        arrows = {e.id: e.relations.get(name, ()) for e in guide.entities.values()}
        for ring in _rings(arrows):
            first = guide.entities[ring[0]]
            yield at(
                first.arrows[name, ring[1]],
                f"a circle: {' → '.join([*ring, ring[0]])}",
                field=f"relations.{name}",
                hint="take one arrow out",
            )


def _rings(arrows: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Circles in a graph, each once, beginning with its least id; a node that names itself is none."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for start in sorted(arrows):
        stack: list[tuple[str, tuple[str, ...]]] = [(start, (start,))]
        seen = set()
        while stack:
            node, path = stack.pop()
            for after in arrows.get(node, ()):
                if after == start and len(path) > 1:
                    found.setdefault(frozenset(path), path)
                elif after not in seen and after not in path:
                    seen.add(after)
                    stack.append((after, (*path, after)))
    return list(found.values())


def _terms(guide: model.Guide, known: frozenset[str]) -> Iterator[Issue]:
    forms: dict[tuple[str, str], str] = {}
    every = known | frozenset(guide.terms)
    for term in guide.terms.values():
        for id in term.related:
            if id not in every:
                yield at(term.place, f"unknown id '{id}'", field="related", hint=nearest(id, every))
        if term.id in guide.entities:
            yield at(
                term.place,
                f"the id '{term.id}' is taken by {guide.entities[term.id].place.path}",
                field="id",
                hint="choose another",
            )
        if term.outline and term.outline not in guide.outline:
            yield at(
                term.place,
                f"unknown outline id '{term.outline}'",
                field="outline",
                hint=nearest(term.outline, guide.outline),
            )
        for lang in model.LANGUAGES:
            for form in {term.name[lang], *term.aliases[lang]}:
                other = forms.setdefault((lang, form.casefold()), term.id)
                if other != term.id:
                    yield at(
                        term.place,
                        f"'{form}' already belongs to the term '{other}'",
                        field="aliases",
                        hint="keep it in one of the two",
                    )


def _kinds(guide: model.Guide) -> Iterator[Issue]:
    segments: dict[str, str] = {}
    for kind in guide.kinds.values():
        place = model.Place(path=f"data/kinds/{kind.id}.yml")
        if (other := segments.setdefault(kind.segment, kind.id)) != kind.id:
            yield at(
                place,
                f"the segment '{kind.segment}' is taken by the kind '{other}'",
                field="segment",
                hint="choose another",
            )
        for fact in kind.facts.values():
            if fact.unit and fact.unit not in guide.units.units:
                yield at(
                    place,
                    f"unknown unit '{fact.unit}'",
                    field=f"facts.{fact.id}.unit",
                    hint=f"{nearest(fact.unit, guide.units.units)} (data/units.yml)",
                )
            yield from rows.check_type(fact, kind.facts, place)
            if fact.type in ("choice", "choices") and not fact.options:
                yield at(
                    place,
                    "a choice needs its options",
                    field=f"facts.{fact.id}.options",
                    hint="list id, zh and en of each",
                )


def _publishers(guide: model.Guide, known: frozenset[str]) -> Iterator[Issue]:
    ids: set[str] = set()
    hosts: dict[str, str] = {}
    for publisher in guide.publishers:
        if publisher.id in ids:
            yield at(publisher.place, f"the publisher '{publisher.id}' stands twice", hint="join the two entries")
        ids.add(publisher.id)
        for host in publisher.hosts:
            if (other := hosts.setdefault(host, publisher.id)) != publisher.id:
                yield at(
                    publisher.place,
                    f"the host '{host}' belongs to '{other}' and to '{publisher.id}'",
                    hint="keep it in one of the two",
                )
        for id in publisher.of:
            if id not in known:
                yield at(
                    publisher.place,
                    f"{publisher.id}: unknown id '{id}'",
                    field="of",
                    hint=nearest(id, known) or "leave it out until the entity exists",
                )


def _read_dates(guide: model.Guide) -> Iterator[Issue]:
    """Nobody has read anything tomorrow; a day's grace for the time zones."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now(dt.UTC)
    limit = now.date() + dt.timedelta(days=1)
    for source in guide.sources.values():
        if source.read > limit:
            yield at(
                source.place,
                f"read {source.read} lies in the future",
                field=f"{source.key}.read",
                hint="write the day on which it was read",
            )
    for entity in guide.entities.values():
        if entity.checked > limit:
            yield at(
                entity.place,
                f"checked {entity.checked} lies in the future",
                field="checked",
                hint="write the day of the check",
            )


def _worked_units(guide: model.Guide) -> Iterator[Issue]:
    for figure in guide.worked.values():
        x_unit = figure.series.unit if figure.series else None
        for unit in {figure.unit, x_unit, *(i.unit for i in figure.inputs)} - {None}:
            if unit not in guide.units.units:
                yield at(
                    figure.place,
                    f"unknown unit '{unit}'",
                    field="unit",
                    hint=f"{nearest(str(unit), guide.units.units)} (data/units.yml)",
                )
