"""The guide as frozen values: what every page, macro, check and export works with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .units import Units

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")
DEFAULT_LANGUAGE: Lang = "zh"

Grade = Literal["primary", "press", "secondary"]
GRADES: Mapping[str, Grade] = {
    "official": "primary",
    "law": "primary",
    "paper": "primary",
    "repository": "primary",
    "newsroom": "press",
    "aggregator": "secondary",
}
"""Kind of publisher → grade of what it says; never claimed by a file."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same said in each language; `text[lang]` gives one."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in the project's files."""

    path: str
    line: int = 1
    column: int = 1
    steps: tuple[str | int, ...] = ()
    """Keys and indexes that lead to it in its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes what is cited; `hosts` may carry a path prefix."""

    id: str
    name: Text
    kind: str
    of: tuple[str, ...] = ()
    hosts: tuple[str, ...]
    place: Place

    @property
    def grade(self) -> Grade:
        """How far to trust it, from its kind."""
        return GRADES[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What was read: an address, its own title, and the day it was read."""

    key: str
    """Unique in the guide: `pytorch.license` for an entity's own, else the key in data/sources.yml."""
    url: str
    title: str
    read: dt.date
    official: str | None = None
    publisher: Publisher
    place: Place

    @property
    def grade(self) -> Grade:
        """Derived from the publisher, never claimed."""
        return self.publisher.grade


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency in which it was quoted (ISO 4217)."""

    amount: Decimal | Range
    currency: str


@dataclass(frozen=True, slots=True)
class Row:
    """Values that belong together, by field: a funding round, a duty, a year's revenue."""

    values: Mapping[str, Value]

    def __getitem__(self, field: str) -> Value | None:
        """A field's value, or None where the row has none."""
        return self.values.get(field)

    def __str__(self) -> str:
        return "; ".join(f"{name}: {value}" for name, value in self.values.items())


Value = Text | str | tuple[str, ...] | Decimal | Range | Money | bool | Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One statement of one source about one fact."""

    value: Value
    unit: str | None = None
    as_of: str | None
    """'2026', '2026-03' or '2026-03-06'; None where the source names no date."""
    source: Source
    at: str | None = None
    note: Text | None = None
    basis: Literal["claim", "estimate", "derived"] | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the values that a choice may take."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Which rows may be added up: the field `of`, where the choice `where` is one of `counts`."""

    of: str
    where: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactType:
    """What a kind says of one of its facts."""

    id: str
    label: Text
    type: str
    unit: str | None = None
    required: Literal["always", "full", "never"] = "never"
    facet: bool = False
    decides: bool = False
    many: bool = False
    lasting: bool = False
    """Whether what was true once stays true, so that an old date does not make it old: an article of a law."""
    future: bool = False
    options: tuple[Option, ...] = ()
    hint: Text | None = None
    not_before: str | None = None
    """The fact whose date cannot be later than this one's."""
    fields: tuple[FactType, ...] = ()
    """What a row is made of."""
    order_by: str | None = None
    """The field by whose date rows stand in order."""
    key: tuple[str, ...] = ()
    """The fields that say which rows speak of the same thing."""
    sum: Sum | None = None

    def field(self, id: str) -> FactType | None:
        """The field of a row of that id, or None."""
        return next((f for f in self.fields if f.id == id), None)

    def option(self, id: str) -> Option:
        """The option of that id; KeyError if there is none."""
        return next((o for o in self.options if o.id == id), None) or _missing(id)


def _missing(id: str) -> Option:
    raise KeyError(id)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationType:
    """How one entity may point to another, and how that reads from the other side."""

    id: str
    label: Text
    inverse: Text
    symmetric: bool = False
    acyclic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of entity: its names, address segment and facts."""

    id: str
    name: Text
    plural: Text
    segment: str
    group_by: str
    """The choice by which its directory is grouped."""
    facts: Mapping[str, FactType]
    relations: Mapping[str, RelationType]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact of an entity with its records, newest first."""

    type: FactType
    records: tuple[Record, ...]

    @property
    def record(self) -> Record:
        """The newest record."""
        return self.records[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One thing of the world that the guide describes."""

    id: str
    kind: Kind
    name: Text
    aliases: tuple[str, ...]
    depth: Literal["full", "short"]
    url: str
    checked: dt.date
    summary: Text
    judgement: Text
    facts: Mapping[str, Fact]
    relations: Mapping[str, tuple[str, ...]]
    arrows: Mapping[tuple[str, str], Place]
    """(relation, id) → where the file names it."""
    sources: Mapping[str, Source]
    place: Place

    @property
    def page(self) -> str:
        """Source path of its page in a language's folder."""
        return f"directory/{self.kind.segment}/{self.id}.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A glossary term."""

    id: str
    name: Text
    aliases: Mapping[str, tuple[str, ...]]
    definition: Text
    source: Source
    at: str | None
    related: tuple[str, ...]
    auto: bool
    not_in: Mapping[str, tuple[str, ...]]
    outline: str | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineItem:
    """A chapter, section, subsection, point or term that the guide must cover."""

    id: str
    title: str
    section: str
    """The section (or chapter, for those without one) to which it belongs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedInput:
    """What a worked figure starts from: a record of the guide, or an assumption with its reason."""

    name: str
    label: Text
    value: Decimal
    unit: str | None
    record: Record | None = None
    fact: str | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedLine:
    """One line of a worked series: its values at each x."""

    id: str
    label: Text
    values: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A worked figure over a range of one input, for a chart of lines."""

    label: Text
    unit: str | None
    xs: tuple[Decimal, ...]
    lines: tuple[WorkedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A figure computed from records and assumptions, or a judgement of our own with its reason."""

    id: str
    title: Text
    sort: Literal["worked", "judgement"]
    inputs: tuple[WorkedInput, ...] = ()
    formula: str | None = None
    result: Decimal | None
    """None where the figure is a series."""
    series: Series | None = None
    unit: str | None
    reason: Text | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; a derived one has a formula."""

    id: str
    label: Text
    type: str
    unit: str | None = None
    formula: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of a wide table, with where and when it was read."""

    values: Mapping[str, Value]
    as_of: str | None
    source: Source
    note: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A wide table of figures; every row has its source."""

    id: str
    title: Text
    description: Text
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """A page, or a titled group of pages, in the navigation."""

    page: str | None = None
    title: Text | None = None
    children: tuple[NavItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """All that data/ says, checked and joined."""

    today: dt.date
    kinds: Mapping[str, Kind]
    entities: Mapping[str, Entity]
    terms: Mapping[str, Term]
    sources: Mapping[str, Source]
    publishers: tuple[Publisher, ...]
    labels: Mapping[str, Text]
    outline: Mapping[str, OutlineItem]
    worked: Mapping[str, Worked]
    tables: Mapping[str, Table]
    nav: tuple[NavItem, ...]
    redirects: Mapping[str, str]
    units: Units
    inverse: Mapping[tuple[str, str], tuple[str, ...]] = field(init=False)
    """(relation, id) → the entities that name it."""

    def __post_init__(self) -> None:
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for entity in self.entities.values():
            for relation, ids in entity.relations.items():
                for id in ids:
                    found[relation, id] = (*found.get((relation, id), ()), entity.id)
        object.__setattr__(self, "inverse", found)

    def pointing_to(self, id: str, relation: str) -> tuple[str, ...]:
        """The entities whose relation names an id, in the order of the guide."""
        return self.inverse.get((relation, id), ())

    def of_kind(self, kind: str) -> tuple[Entity, ...]:
        """The entities of a kind, by English name."""
        found = (e for e in self.entities.values() if e.kind.id == kind)
        return tuple(sorted(found, key=lambda e: (e.name.en.casefold(), e.id)))
