"""What the macros of charts share: the frame around a chart, its sources, dates and authors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from .. import formats, model, say
from ..chartview import ChartSpec, Link
from ..chartwords import WORDS
from ..issues import nearest
from .calls import CallError
from .context import Context

_MOST_AUTHORS, _MOST_SOURCES = 4, 4


def frame(
    page: Context,
    title: str,
    subtitle: str,
    *,
    item: str,
    kind: model.Kind | None = None,
    table: model.Table | None = None,
    records: Sequence[model.Record] | Sequence[model.TableRow] = (),
    **more: Any,
) -> ChartSpec:
    """The frame of the page's next chart: sources, date, authors of estimates and data file follow from the records."""
    page.charts += 1
    file = kind or table
    return ChartSpec(
        id=f"chart-{page.charts}",
        lang=page.lang,
        title=title,
        units=page.guide.units,
        subtitle=subtitle,
        item=item,
        csv=page.addresses.between(page.url, f"api/v1/{file.id}.csv") if file else "",
        sources=_sources(page, records),
        date=_dated(page, records),
        authors=_authors(page, [r for r in records if isinstance(r, model.Record)]),
        **more,
    )


def drawn(page: Context, make: Callable[[], object], hint: str = "") -> str:
    """A chart as HTML; what cannot be drawn is a fault of the call."""
    try:
        view = make()
    except CallError:
        raise
    except ValueError as error:
        raise CallError(str(error), hint or "look at the values that the call names") from None
    return page.render("charts", "chart", view)


def cited(page: Context, record: model.Record) -> Link:
    """The number of a record's source at the foot of the page."""
    number = page.cite(record.source, record.at)
    return Link(text=str(number), href=f"#source-{number}")


def _dated(page: Context, records: Iterable[model.Record | model.TableRow]) -> str:
    """For when the newest of the records speaks, as a sentence says it."""
    dates = sorted(r.as_of for r in records if r.as_of)
    return formats.as_of(dates[-1], dates[-1], page.lang, sentence=True) if dates else ""


def _sources(page: Context, records: Sequence[model.Record | model.TableRow]) -> tuple[Link, ...]:
    """The publishers that say most of it, and how many more."""
    said = Counter(record.source.publisher.name[page.lang] for record in records)
    firsts = {record.source.publisher.name[page.lang]: record for record in reversed(records)}
    shown = [name for name, _ in said.most_common(_MOST_SOURCES)]
    links = [Link(text=name, href=f"#source-{page.cite(firsts[name].source)}") for name in shown]
    more = WORDS[page.lang].more.format(len(said) - len(shown))
    return (*links, *([Link(text=more)] if len(said) > len(shown) else []))


def _authors(page: Context, records: Iterable[model.Record]) -> tuple[str, ...]:
    """Whose the estimates among the records are: what their notes begin with, else who publishes them."""
    estimates = [r for r in records if r.basis == "estimate"]
    found = dict.fromkeys(_author(r, page.lang) for r in estimates)
    if len(found) > _MOST_AUTHORS:
        found = dict.fromkeys(r.source.publisher.name[page.lang] for r in estimates)
    return tuple(found)


def _author(record: model.Record, lang: model.Lang) -> str:
    if record.note is None:
        return record.source.publisher.name[lang]
    first = re.split(r"[；;，,。（(]|\.\s", record.note[lang])[0]
    return re.sub(r"(’s|'s)? estimates?$|\s*(估算|估计|推算)$", "", first.strip().rstrip("."))


def entities_of(page: Context, kind: model.Kind, ids: Sequence[str] | None) -> tuple[model.Entity, ...]:
    """The entities that a call names, all of one kind, or all of the kind."""
    if ids is None:
        return page.guide.of_kind(kind.id)
    found = tuple(page.entity(id) for id in ids)
    if wrong := [e.id for e in found if e.kind is not kind]:
        raise CallError(f"'{wrong[0]}' is no {kind.id}", f"name entries of {kind.id}")
    return found


def fact_type(kind: model.Kind, id: str) -> model.FactType:
    """A fact of a kind, or CallError with the nearest id."""
    if id not in kind.facts:
        hint = nearest(id, kind.facts) or f"known: {', '.join(kind.facts)}"
        raise CallError(f"unknown fact '{id}'", hint)
    return kind.facts[id]


def field_type(type: model.FactType, id: str) -> model.FactType:
    """A field of a fact's rows, or CallError with the nearest id."""
    found = type.field(id)
    if found is None:
        names = [f.id for f in type.fields]
        hint = nearest(id, names) or (f"known: {', '.join(names)}" if names else f"'{type.id}' has no rows")
        raise CallError(f"'{type.id}' has no field '{id}'", hint)
    return found


def words_of(page: Context, raw: model.Value | None, type: model.FactType) -> str:
    """A value as plain text; empty where there is none."""
    return "" if raw is None else say.value(raw, type, type.unit, page.guide, page.lang).text


def row_name(page: Context, row: model.Row, type: model.FactType) -> str:
    """What a row is called: its key, else its first name or text."""
    named = [f for f in type.fields if f.id in type.key] or [
        f for f in type.fields if f.type in ("name", "label", "text")
    ]
    return words_of(page, row[named[0].id], named[0]) if named else ""


def number_of(raw: model.Value | None) -> Decimal | None:
    """A plain number or amount; None for a range and for what is no number."""
    amount = raw.amount if isinstance(raw, model.Money) else raw
    return amount if isinstance(amount, Decimal) else None


def undated(entity: model.Entity, name: str, date: str) -> CallError:
    """A row without a date cannot stand on an axis of time."""
    return CallError(f"undated on an axis of time: {entity.id}, '{name}'", f"add its '{date}'")


def one_of(found: Iterable[str | None], what: str, hint: str) -> str | None:
    """The unit or currency that all share, or CallError."""
    distinct = sorted({one for one in found if one})
    if len(distinct) > 1:
        raise CallError(f"{len(distinct)} {what} on one axis: {', '.join(distinct)}", hint)
    return distinct[0] if distinct else None
