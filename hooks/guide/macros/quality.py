"""Macros about the data itself: where sources disagree, what was not checked for longest, how good the sources are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .. import formats, model, say
from .calls import macro
from .context import Context
from .facts import RecordView, disagreements, record_view

_OLDEST = 20
"""Entries that the freshness page lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementView:
    """One fact on which sources differ."""

    entity: str
    href: str
    fact: str
    records: tuple[tuple[str, RecordView], ...]
    """(what the record says, its view)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRow:
    """A kind's records by the grade of their source."""

    kind: str
    entries: str
    records: str
    primary: str
    press: str
    secondary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRow:
    """An entry, when it was last checked, and the oldest date that a decision rests on."""

    name: str
    href: str
    checked: str
    checked_iso: str
    oldest: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshnessView:
    """What the freshness page shows."""

    grades: tuple[GradeRow, ...]
    ages: tuple[AgeRow, ...]


@macro
def source_disagreements(page: Context) -> str:
    """Every fact on which sources differ, with what each says: `{{ source_disagreements() }}`."""
    return page.render("quality", "disagreements", tuple(_disagreements(page)))


@macro
def freshness(page: Context) -> str:
    """Share of source grades per kind, and the entries that were not checked for longest: `{{ freshness() }}`."""
    kinds = [k for k in page.guide.kinds.values() if page.guide.of_kind(k.id)]
    rows = tuple(_grades(page, k) for k in kinds)
    entities = sorted(page.guide.entities.values(), key=lambda e: (e.checked, _oldest(e)[0], e.id))
    ages = tuple(_age(page, e) for e in entities[:_OLDEST])
    return page.render("quality", "freshness", FreshnessView(grades=rows, ages=ages))


def _disagreements(page: Context) -> Iterator[DisagreementView]:
    for entity in page.guide.entities.values():
        for fact in entity.facts.values():
            for group in disagreements(fact):
                yield DisagreementView(
                    entity=entity.name[page.lang],
                    href=page.href_to(entity.id),
                    fact=fact.type.label[page.lang],
                    records=tuple((_brief(page, r, fact.type), _view(page, r, fact.type)) for r in group),
                )


def _view(page: Context, record: model.Record, type: model.FactType) -> RecordView:
    return record_view(page, record, type, raw=None if type.type != "row" else "")


def _brief(page: Context, record: model.Record, type: model.FactType) -> str:
    """A row in one line; empty for a plain value, which its view says."""
    if not isinstance(record.value, model.Row):
        return ""
    row = record.value
    fields = [f for f in type.fields if f.id in row.values]
    said = [(say.value(row.values[f.id], f, f.unit, page.guide, page.lang)).text for f in fields]
    return " · ".join(said)


def _grades(page: Context, kind: model.Kind) -> GradeRow:
    entities = page.guide.of_kind(kind.id)
    counted = Counter(r.source.grade for e in entities for f in e.facts.values() for r in f.records)
    total = sum(counted.values())

    def share(grade: model.Grade) -> str:
        return formats.number(
            round(100 * counted[grade] / max(1, total)), page.lang, unit="percent", units=page.guide.units
        )

    return GradeRow(
        kind=kind.plural[page.lang],
        entries=formats.number(len(entities), page.lang),
        records=formats.number(total, page.lang),
        primary=share("primary"),
        press=share("press"),
        secondary=share("secondary"),
    )


def _oldest(entity: model.Entity) -> tuple[str, str]:
    """The oldest date among the newest records of facts that a founder decides by and that age; and its fact."""
    deciding = [f for f in entity.facts.values() if f.type.decides and not f.type.lasting and f.type.type != "row"]
    dated = [(f.record.as_of or f.record.source.read.isoformat(), f.type.id) for f in deciding]
    return min(dated, default=("9999", ""))


def _age(page: Context, entity: model.Entity) -> AgeRow:
    date, fact_id = _oldest(entity)
    return AgeRow(
        name=entity.name[page.lang],
        href=page.href_to(entity.id),
        checked=formats.date(entity.checked.isoformat(), page.lang),
        checked_iso=entity.checked.isoformat(),
        oldest=formats.date(date, page.lang) if fact_id else "",
        fact=entity.kind.facts[fact_id].label[page.lang] if fact_id else "",
    )
