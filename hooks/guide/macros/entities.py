"""Macros about entities: a card, lists, tables, comparisons, and the parts of an entity's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlsplit

from markupsafe import Markup

from .. import formats, model
from ..issues import nearest
from .calls import CallError, macro
from .context import Context
from .facts import RecordView, record_view, rich


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    """An entity in short."""

    id: str
    name: str
    href: str
    url: str
    summary: Markup
    judgement: Markup
    checked: str
    checked_iso: str
    kind: str
    facts: tuple[tuple[str, tuple[RecordView, ...]], ...] = ()
    """(label, records that stand) of the facts that a founder decides by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table: its records, or none."""

    records: tuple[RecordView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: what it is about, and its cells."""

    label: str
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table of entities and facts; transposed for a comparison."""

    caption: str
    corner: str
    columns: tuple[tuple[str, str], ...]
    """(label, address) of each column."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedView:
    """A relation of an entity and what stands at its other end."""

    label: str
    links: tuple[tuple[str, str], ...]


@macro
def card(page: Context, id: str) -> str:
    """An entity in short, with the facts that a founder decides by: `{{ card("pytorch") }}`."""
    return page.render("entities", "card", entity_view(page, page.entity(id), decisive=True))


@macro
def list_of(page: Context, kind: str, depth: Literal["full", "short"] | None = None, **filters: str) -> str:
    """Entities of a kind with their summaries: `{{ list_of("framework", category="inference") }}`."""
    found = select(page, kind, depth, filters)
    return page.render("entities", "list_of", tuple(entity_view(page, e) for e in found))


@macro
def table(page: Context, ids: list[str], facts: list[str], caption: str = "") -> str:
    """A row an entity, a column a fact: `{{ table(["pytorch", "jax"], ["license", "version"]) }}`."""
    entities = _chosen(page, ids)
    types = _types(page, entities, facts)
    rows = tuple(
        Row(label=e.name[page.lang], href=page.href_to(e.id), cells=tuple(_cell(page, e, t) for t in types))
        for e in entities
    )
    columns = tuple((t.label[page.lang], "") for t in types)
    view = TableView(caption=caption, corner=entities[0].kind.name[page.lang], columns=columns, rows=rows)
    return page.render("tables", "table", view)


@macro
def compare(page: Context, ids: list[str], facts: list[str], caption: str = "") -> str:
    """The same turned: a row a fact, a column an entity: `{{ compare(["pytorch", "jax"], ["license"]) }}`."""
    entities = _chosen(page, ids)
    types = _types(page, entities, facts)
    columns = tuple((e.name[page.lang], page.href_to(e.id)) for e in entities)
    rows = tuple(
        Row(label=t.label[page.lang], href="", cells=tuple(_cell(page, e, t) for e in entities)) for t in types
    )
    return page.render(
        "tables", "compare", TableView(caption=caption, corner=page.t("fact"), columns=columns, rows=rows)
    )


@macro
def lead(page: Context, id: str) -> str:
    """The head of an entity's page: what it is, our judgement, the official site, when it was checked."""
    return page.render("entities", "lead", entity_view(page, page.entity(id)))


@macro
def related(page: Context, id: str) -> str:
    """What an entity is related to, seen from both sides."""
    entity = page.entity(id)
    views = [v for relation in entity.kind.relations.values() for v in _related(page, entity, relation)]
    return page.render("entities", "related", tuple(views))


def select(page: Context, kind: str, depth: str | None, filters: dict[str, Any]) -> tuple[model.Entity, ...]:
    """The entities of a kind whose choices are as asked."""
    found = page.kind(kind)
    for key, value in filters.items():
        type = found.facts.get(key)
        if type is None or not type.options:
            choices = [f.id for f in found.facts.values() if f.options]
            raise CallError(f"unknown filter '{key}'", nearest(key, choices) or f"known: {', '.join(choices)}")
        if value not in {o.id for o in type.options}:
            raise CallError(f"{key} has no option '{value}'", nearest(str(value), [o.id for o in type.options]))
    return tuple(
        e
        for e in page.guide.of_kind(kind)
        if depth in (None, e.depth) and all(holds(e, k, v) for k, v in filters.items())
    )


def holds(entity: model.Entity, key: str, value: str) -> bool:
    """Whether a choice of an entity has an option."""
    fact = entity.facts.get(key)
    held = [r.value for r in fact.records[: None if fact.type.many else 1]] if fact else []
    return any(value in v if isinstance(v, tuple) else v == value for v in held)


def entity_view(page: Context, entity: model.Entity, *, decisive: bool = False) -> EntityView:
    """What a template shows of an entity; it counts as mentioned."""
    lang = page.lang
    shown = [f for f in entity.facts.values() if decisive and f.type.decides and f.type.type not in ("text", "row")]
    return EntityView(
        id=entity.id,
        name=entity.name[lang],
        href=page.href_to(entity.id),
        url=entity.url,
        summary=rich(page, entity.summary[lang]),
        judgement=rich(page, entity.judgement[lang]),
        checked=formats.date(entity.checked.isoformat(), lang),
        checked_iso=entity.checked.isoformat(),
        kind=entity.kind.name[lang],
        facts=tuple((f.type.label[lang], standing(page, f)) for f in shown),
    )


def standing(page: Context, fact: model.Fact | None) -> tuple[RecordView, ...]:
    """The records that stand today: all where records add to one another, else the newest."""
    if fact is None:
        return ()
    return tuple(record_view(page, r, fact.type) for r in fact.records[: None if fact.type.many else 1])


def _chosen(page: Context, ids: Iterable[str]) -> list[model.Entity]:
    entities = [page.entity(id) for id in ids]
    if not entities:
        raise CallError("no entity is named", 'name at least one: ["pytorch"]')
    return entities


def _types(page: Context, entities: list[model.Entity], facts: Iterable[str]) -> list[model.FactType]:
    known = {f.id: f for e in entities for f in e.kind.facts.values()}
    if not facts:
        raise CallError("no fact is named", 'name at least one: ["license"]')
    for name in facts:
        if name not in known:
            raise CallError(f"unknown fact '{name}'", nearest(name, known) or f"known: {', '.join(known)}")
    return [known[name] for name in facts]


def _cell(page: Context, entity: model.Entity, type: model.FactType) -> Cell:
    fact = entity.facts.get(type.id)
    records = standing(page, fact)
    return Cell(records=tuple(map(_hosts, records)) if type.type == "url" else records)


def _hosts(record: RecordView) -> RecordView:
    """The record of an address as its host alone, which a column has room for."""
    parts = (
        replace(part, html=Markup.escape(urlsplit(part.href).netloc.removeprefix("www."))) for part in record.parts
    )
    return replace(record, parts=tuple(parts))


def _related(page: Context, entity: model.Entity, relation: model.RelationType) -> Iterable[RelatedView]:
    out = entity.relations.get(relation.id, ())
    back = page.guide.pointing_to(entity.id, relation.id)
    if relation.symmetric:
        out, back = tuple(dict.fromkeys((*out, *back))), ()
    for label, ids in ((relation.label, out), (relation.inverse, back)):
        known = [i for i in ids if i in page.guide.entities]
        if known:
            yield RelatedView(
                label=label[page.lang],
                links=tuple((page.guide.entities[i].name[page.lang], page.href_to(i)) for i in known),
            )
