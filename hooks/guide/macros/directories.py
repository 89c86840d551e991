"""The macro for a kind's whole directory: a table of its figures and choices, then every entry with our judgement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .. import formats, model
from ..issues import nearest
from .calls import CallError, macro
from .context import Context
from .entities import EntityView, entity_view, holds, standing
from .facts import RecordView
from .finder import FinderView, facet_types, facets, held, plain, sort_key, span
from .rows import sum_of

_SHORT = frozenset(("choice", "choices", "date", "flag", "label", "money", "name", "names", "number", "ref", "refs"))
_ORDERED = frozenset(("date", "money", "number"))
_MIN_COLUMNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryColumn:
    """A fact as a column of a directory's table."""

    id: str
    label: str
    unit: str
    """What its figures are in, for the CSV of what is shown; empty where cells say it themselves."""
    is_number: bool
    is_date: bool
    is_list: bool
    """Whether its cells hold many values, and need the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalCell:
    """The sum of an entity's rows, and how it was made."""

    text: str
    note: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryCell:
    """What an entity has of a column, and the plain value that it is sorted by."""

    records: tuple[RecordView, ...]
    total: TotalCell | None
    sort: str
    csv: str = ""
    """The plain value where it is another: a range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entity in a directory: its row, its entry, and what it is chosen by."""

    entity: EntityView
    aliases: tuple[str, ...]
    facets: tuple[tuple[str, tuple[str, ...]], ...]
    """(facet, what the entity has of it)."""
    cells: tuple[DirectoryCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A part of a directory: the entries of one option of a choice."""

    id: str
    title: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryView:
    """A kind's whole directory; without columns it has no table."""

    kind: str
    name: str
    title: str
    level: int
    """Of the groups' headings: below the title of a page of its own, or below a section."""
    count: int
    csv: str
    finder: FinderView
    columns: tuple[DirectoryColumn, ...]
    groups: tuple[GroupView, ...]


@macro
def directory(page: Context, kind: str, by: str = "") -> str:
    """A kind's whole directory, grouped by a choice: `{{ directory("framework", by="category") }}`."""
    found = page.kind(kind)
    by = by or found.group_by
    if by not in found.facts or found.facts[by].type != "choice":
        choices = [f.id for f in found.facts.values() if f.type == "choice"]
        raise CallError(
            f"'{by}' is no choice of the kind '{kind}'", nearest(by, choices) or f"known: {', '.join(choices)}"
        )
    return page.render("entities", "directory", _view(page, found, found.facts[by]))


def _view(page: Context, kind: model.Kind, by: model.FactType) -> DirectoryView:
    entities = page.guide.of_kind(kind.id)
    types = column_types(kind, entities)
    currency = _currency(entities)
    entries = tuple((e, _entry(page, e, types, currency)) for e in entities)
    groups = tuple(_group(page, option, entries, by.id) for option in by.options)
    shown = tuple(g for g in groups if g.entries)
    finder = FinderView(
        id=kind.id,
        facets=facets(page, facet_types(kind), entities),
        total=sum(len(g.entries) for g in shown),
        can_compare=bool(types) and len(entities) > 1,
    )
    written = page.site.page(page.lang, page.src)
    return DirectoryView(
        kind=kind.id,
        name=kind.name[page.lang][:1].upper() + kind.name[page.lang][1:],
        title=kind.plural[page.lang],
        level=2 if written and written.generated else 3,
        count=len(entities),
        csv=page.addresses.between(page.url, f"api/v1/{kind.id}.csv"),
        finder=finder,
        columns=tuple(_column(page, t) for t in types),
        groups=shown,
    )


def column_types(kind: model.Kind, entities: Iterable[model.Entity]) -> tuple[model.FactType, ...]:
    """The facts that make a table: short ones that a founder decides or chooses by, and sums of rows."""
    known = {id for e in entities for id in e.facts}
    types = tuple(f for f in kind.facts.values() if f.id in known and _is_column(f))
    return types if len(types) >= _MIN_COLUMNS else ()


def _is_column(type: model.FactType) -> bool:
    is_wanted = type.decides or type.facet
    return is_wanted and (type.type in _SHORT or (type.type == "row" and type.sum is not None))


def _column(page: Context, type: model.FactType) -> DirectoryColumn:
    lang = page.lang
    is_sum = type.type == "row"
    unit = formats.heading(lang, unit=type.unit, units=page.guide.units) if type.type == "number" else ""
    return DirectoryColumn(
        id=type.id,
        label=page.t("total_of").format(what=type.label[lang]) if is_sum else type.label[lang],
        unit=unit,
        is_number=is_sum or type.type in ("number", "money"),
        is_date=type.type == "date",
        is_list=type.type in ("choices", "names", "refs"),
    )


def _entry(page: Context, entity: model.Entity, types: Iterable[model.FactType], currency: str) -> EntryView:
    cells = tuple(_cell(page, entity, t, currency) for t in types)
    return EntryView(
        entity=entity_view(page, entity, decisive=not cells),
        aliases=entity.aliases,
        facets=tuple((t.id, held(entity.facts.get(t.id))) for t in facet_types(entity.kind)),
        cells=cells,
    )


def _cell(page: Context, entity: model.Entity, type: model.FactType, currency: str) -> DirectoryCell:
    fact = entity.facts.get(type.id)
    if fact and type.type == "row":
        return _total(page, entity, fact, currency)
    sort = sort_key(fact.record.value) if fact and type.type in _ORDERED else ""
    csv = span(fact.record.value) if fact else ""
    return DirectoryCell(records=standing(page, fact), total=None, sort=sort, csv=csv)


def _total(page: Context, entity: model.Entity, fact: model.Fact, currency: str) -> DirectoryCell:
    """The sum of rows; amounts in another currency than the commonest cannot be ordered among the others."""
    sums, counted = sum_of(fact)
    said = [formats.money(a, c, page.lang, digits=3, units=page.guide.units) for c, a in sorted(sums.items())]
    note = page.t("sum_of").format(n=counted, rest=len(fact.records) - counted)
    href = page.href(entity.page, f"fact-{fact.type.id}")
    total = TotalCell(text=" + ".join(said), note=note, href=href) if said else None
    return DirectoryCell(records=(), total=total, sort=plain(sums[currency]) if set(sums) == {currency} else "")


def _currency(entities: Iterable[model.Entity]) -> str:
    """The currency in which most sums stand."""
    made = [f for e in entities for f in e.facts.values() if f.type.sum]
    counts = Counter(currency for f in made for currency in sum_of(f)[0])
    return max(sorted(counts), key=lambda c: counts[c], default="")


def _group(
    page: Context, option: model.Option, entries: Iterable[tuple[model.Entity, EntryView]], by: str
) -> GroupView:
    found = tuple(entry for entity, entry in entries if holds(entity, by, option.id))
    return GroupView(id=option.id, title=option.label[page.lang], entries=found)
