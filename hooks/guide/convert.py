"""File models → the guide's frozen values; the one place where the two meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from . import model, schema
from .issues import Issue, nearest
from .reader import Document


def text(value: Any) -> model.Text:
    """A text of a file → Text, without blank ends."""
    return model.Text(value.zh.strip(), value.en.strip())


def place(document: Document, path: tuple[str | int, ...], *, key: bool = False) -> model.Place:
    """Where a value of a document stands."""
    line, column = document.place(path, key=key)
    return model.Place(path=document.path, line=line, column=column, steps=path)


def issue(at: model.Place, problem: str, hint: str = "", field: str = "") -> Issue:
    """A fault at a place."""
    return Issue(path=at.path, line=at.line, column=at.column, field=field, problem=problem, hint=hint)


def publisher(file: schema.PublisherFile, at: model.Place) -> model.Publisher:
    """An entry of data/publishers.yml."""
    return model.Publisher(
        id=file.id,
        name=text(file.name),
        kind=file.kind,
        of=tuple(file.of),
        hosts=tuple(h.lower() for h in file.hosts),
        place=at,
    )


def kind(id: str, file: schema.KindFile) -> model.Kind:
    """A file of data/kinds/."""
    facts = {f.id: fact_type(f) for f in file.facts}
    relations = {r.id: relation_type(r) for r in file.relations}
    return model.Kind(
        id=id,
        name=text(file.name),
        plural=text(file.plural),
        segment=file.segment,
        group_by=file.group_by,
        facts=MappingProxyType(facts),
        relations=MappingProxyType(relations),
    )


def fact_type(file: schema.FactTypeFile) -> model.FactType:
    """A fact of a kind."""
    rule = file.sum
    total = model.Sum(of=rule.of, where=rule.where, counts=tuple(rule.counts)) if rule else None
    return replace(
        field_type(file),
        facet=file.facet,
        decides=file.decides,
        many=file.many or file.type == "row",
        lasting=file.lasting,
        not_before=file.not_before,
        fields=tuple(field_type(f) for f in file.fields),
        order_by=file.order_by,
        key=tuple(file.key),
        sum=total,
    )


def field_type(file: schema.FieldFile) -> model.FactType:
    """A field of a row, or what a fact has in common with one."""
    return model.FactType(
        id=file.id,
        label=text(file.label),
        type=file.type,
        unit=file.unit,
        required=file.required,
        future=file.future,
        options=tuple(model.Option(id=o.id, label=text(o)) for o in file.options),
        hint=text(file.hint) if file.hint else None,
    )


def relation_type(file: schema.RelationTypeFile) -> model.RelationType:
    """A relation of a kind; a symmetric one reads the same from both sides."""
    return model.RelationType(
        id=file.id,
        label=text(file.label),
        inverse=text(file.inverse or file.label),
        symmetric=file.symmetric,
        acyclic=file.acyclic,
    )


class Publishers:
    """Finds who publishes an address: the longest host and path prefix wins."""

    def __init__(self, publishers: tuple[model.Publisher, ...]) -> None:
        self._by_host = {host.removeprefix("www."): p for p in publishers for host in p.hosts}

    def find(self, url: str) -> model.Publisher | None:
        """The publisher of an address, or None."""
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        steps = [s for s in parts.path.lower().split("/") if s]
        names = ["/".join([host, *steps[:n]]) for n in range(len(steps), -1, -1)]
        return next((self._by_host[n] for n in names if n in self._by_host), None)

    def suggest(self, url: str) -> str:
        """What to do about an address that nobody is known to publish."""
        name = self.name(url)
        near = nearest(name, self._by_host, 0.75)
        hint = f"add '{name}' to data/publishers.yml, if its publisher may be cited"
        return f"{near} or {hint}" if near else hint

    def name(self, url: str) -> str:
        """Host of an address; with the owner's folder where several publishers share the host."""
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        shared = any(known.startswith(f"{host}/") for known in self._by_host)
        return "/".join([host, *parts.path.lower().split("/")[1:2]]) if shared else host


def source(key: str, file: schema.SourceFile, at: model.Place, found: model.Publisher) -> model.Source:
    """A source of a file, with the publisher found by its address."""
    read = dt.date.fromisoformat(file.read)
    return model.Source(
        key=key, url=file.url, title=file.title.strip(), read=read, official=file.official, publisher=found, place=at
    )


def amount(value: Any) -> Any:
    """A number of a file, or a range."""
    return model.Range(value.min, value.max) if isinstance(value, schema.RangeFile) else value


def value(file: Any, fact: model.FactType) -> model.Value:
    """The value of a record, by the fact's type."""
    if fact.type == "money":
        return model.Money(amount(file.value), file.currency)
    if fact.type == "row":
        pairs = ((f, getattr(file.value, f.id)) for f in fact.fields)
        return model.Row(MappingProxyType({f.id: plain(raw, f) for f, raw in pairs if raw is not None}))
    return plain(file.value, fact)


def plain(raw: Any, type: model.FactType) -> model.Value:
    """A value that carries all that it needs."""
    match type.type:
        case "text" | "label":
            return text(raw)
        case "money":
            return model.Money(amount(raw.amount), raw.currency)
        case "number":
            return amount(raw)  # type: ignore[no-any-return]
        case "names" | "choices" | "refs":
            return tuple(raw)
        case _:
            return raw  # type: ignore[no-any-return]


def record(file: Any, fact: model.FactType, found: model.Source, at: model.Place) -> model.Record:
    """A record of an entity's file."""
    unit = getattr(file, "unit", None) or fact.unit
    return model.Record(
        value=value(file, fact),
        unit=unit,
        as_of=file.as_of,
        source=found,
        at=file.at,
        note=text(file.note) if file.note else None,
        basis=file.basis,
        place=at,
    )


def term(file: schema.TermFile, found: model.Source, at: model.Place) -> model.Term:
    """An entry of data/terms.yml."""
    return model.Term(
        id=file.id,
        name=model.Text(file.zh, file.en),
        aliases=_forms(file.aliases),
        definition=text(file.definition),
        source=found,
        at=file.at,
        related=tuple(file.related),
        auto=file.auto,
        not_in=_forms(file.not_in),
        outline=file.outline,
        place=at,
    )


def _forms(file: schema.AliasesFile) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({"zh": tuple(file.zh), "en": tuple(file.en)})


def nav_item(file: schema.NavItemFile) -> model.NavItem:
    """An entry of data/nav.yml."""
    title = text(file.title) if file.title else None
    return model.NavItem(page=file.page, title=title, children=tuple(map(nav_item, file.pages)))
