"""Macros about single facts: one value, all of an entity's facts, a citation, a worked figure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from markupsafe import Markup

from .. import formats, model, say
from ..issues import nearest
from ..periods import is_date, latest_day
from ..templates import prose
from .calls import CallError, macro
from .context import BrokenId, Context

OLD_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMark:
    """The small number behind a statement, and what it leads to."""

    number: int
    href: str
    title: str
    """Publisher, place, grade and date, for the tooltip; the document's own title stands at the foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a value with its address."""

    html: Markup
    href: str
    external: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """One record as a page shows it."""

    parts: tuple[Part, ...]
    separator: str
    as_of: str
    """The date said in words, '2026 年 3 月' or 'no later than …'."""
    as_of_iso: str
    old: bool
    basis: str | None
    note: Markup | None
    at: str | None
    mark: SourceMark
    show_date: bool = False

    @property
    def is_sentence(self) -> bool:
        """Whether the value is a text of its own rather than a name or figure."""
        return len(self.parts) == 1 and not self.parts[0].href and len(self.parts[0].html) > 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A fact of an entity: its label and records."""

    id: str
    label: str
    records: tuple[RecordView, ...]
    decides: bool
    disagree: bool
    """Whether sources give different values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row: a cell a field, each the parts of its value, and the record that it comes from."""

    cells: tuple[tuple[tuple[Part, ...], str], ...]
    """(parts, separator) of each field."""
    record: RecordView


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsView:
    """A fact that is made of rows."""

    id: str
    label: str
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]
    disagree: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsView:
    """All facts of an entity: plain ones, and rows in tables."""

    plain: tuple[FactView, ...]
    tables: tuple[RowsView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CiteView:
    """A citation after a sentence."""

    mark: SourceMark


@dataclass(frozen=True, slots=True, kw_only=True)
class InputView:
    """An input of a worked figure."""

    label: str
    value: str
    reason: str | None
    mark: SourceMark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedView:
    """A worked figure or judgement with all that it rests on."""

    id: str
    title: str
    sort: str
    value: str
    formula: str | None
    inputs: tuple[InputView, ...]
    reason: str | None


@macro
def fact(
    page: Context, path: str, n: int = 1, key: str | None = None, digits: int | None = None, date: bool = False
) -> str:
    """A value in running text, with its source one tap away: `{{ fact("pytorch.license") }}`.

    A field of a row is named behind the fact, and the row by one of its keys:
    `{{ fact("openai.rounds.amount", key="Series C") }}`.
    """
    _, found, field = page.fact(path)
    record = _chosen(path, found, n, key)
    type, raw = found.type, record.value
    if isinstance(raw, model.Row):
        value = raw[field]
        if value is None:
            raise CallError(f"this row of {path} has no '{field}'", "show another field, or add it to the record")
        type, raw = found.type.field(field) or type, value
    page.named.append(path.partition(".")[0])
    view = record_view(page, record, type, raw=raw if field else None, digits=digits, show_date=date)
    return page.render("facts", "fact", view if not field else replace(view, old=False))


def _chosen(path: str, found: model.Fact, n: int, key: str | None) -> model.Record:
    """The record of a fact that a call means: the n-th, or the row with that key."""
    if key is not None:
        rows = [r for r in found.records if key in row_keys(r, found.type)]
        known = [k for r in found.records for k in row_keys(r, found.type)]
        if len(rows) < n:
            raise CallError(f"{path} has no row '{key}'", nearest(key, known) or f"known: {', '.join(known)}")
        return rows[n - 1]
    if n > len(found.records):
        records = "1 record" if len(found.records) == 1 else f"{len(found.records)} records"
        raise CallError(f"{path} has {records}, and n is {n}", "n counts from 1, the newest")
    return found.records[n - 1]


def row_keys(record: model.Record, type: model.FactType) -> tuple[str, ...]:
    """What a row may be called by: its key fields, in English, and its date."""
    if not isinstance(record.value, model.Row):
        return ()
    values = (record.value[name] for name in (*type.key, *filter(None, (type.order_by,))))
    return tuple(v.en if isinstance(v, model.Text) else str(v) for v in values if v is not None)


@macro
def facts(page: Context, id: str) -> str:
    """All facts of an entity with date and source, in the order of its kind; rows in tables of their own."""
    entity = page.entity(id)
    plain = tuple(fact_view(page, f) for f in entity.facts.values() if f.type.type != "row")
    tables = tuple(rows_view(page, f) for f in entity.facts.values() if f.type.type == "row")
    return page.render("facts", "facts", FactsView(plain=plain, tables=tables))


@macro
def cite(page: Context, source: str, at: str | None = None) -> str:
    """A citation after a sentence: `{{ cite("ai-act", at="Art. 17") }}`."""
    found = page.guide.sources.get(source)
    if found is None:
        page.skip(source.partition(".")[0])
        raise CallError(
            f"unknown source '{source}'", nearest(source, page.guide.sources) or "add it to data/sources.yml"
        )
    return page.render("facts", "cite", CiteView(mark=mark(page, found, at, None)))


@macro
def worked(page: Context, id: str, digits: int | None = None, full: bool = False) -> str:
    """A worked figure or judgement: its value in the sentence, or with full=true all inputs and the formula."""
    figure = page.guide.worked.get(id)
    if figure is None:
        page.skip(id)
        raise CallError(f"unknown worked figure '{id}'", nearest(id, page.guide.worked) or "add data/worked/<id>.yml")
    if figure.series and not full:
        raise CallError(f"'{id}' is a series", 'show it by chart("lines", …) or with full=true')
    view = worked_view(page, figure, digits)
    return page.render("facts", "worked_full" if full else "worked", view)


def worked_view(page: Context, figure: model.Worked, digits: int | None) -> WorkedView:
    """What a template shows of a worked figure."""
    lang, guide = page.lang, page.guide
    inputs = tuple(
        InputView(
            label=i.label[lang],
            value=say.figure(i.value, i.unit, guide, lang),
            reason=i.reason[lang] if i.reason else None,
            mark=mark(page, i.record.source, i.record.at, i.record) if i.record else None,
        )
        for i in figure.inputs
    )
    return WorkedView(
        id=figure.id,
        title=figure.title[lang],
        sort=figure.sort,
        inputs=inputs,
        formula=_formula(figure, lang),
        value="" if figure.result is None else say.figure(figure.result, figure.unit, guide, lang, digits=digits),
        reason=figure.reason[lang] if figure.reason else None,
    )


def _formula(figure: model.Worked, lang: model.Lang) -> str | None:
    """The formula in words: names by their labels, signs as they are printed."""
    if figure.formula is None:
        return None
    labels = {i.name: i.label[lang] for i in figure.inputs}
    worded = re.sub(r"[a-z_][a-z0-9_]*", lambda m: labels.get(m[0], m[0]), figure.formula)
    return worded.replace("**", "^").replace("*", "×").replace("/", "÷")


def fact_view(page: Context, found: model.Fact) -> FactView:
    """What a template shows of a fact."""
    records = tuple(record_view(page, r, found.type) for r in found.records)
    return FactView(
        id=found.type.id,
        label=found.type.label[page.lang],
        records=records,
        decides=found.type.decides,
        disagree=disagree(found),
    )


def disagree(found: model.Fact) -> bool:
    """Whether sources give different values for the same time; a value that changed since is history."""
    return any(len(group) > 1 for group in disagreements(found))


def disagreements(found: model.Fact) -> tuple[tuple[model.Record, ...], ...]:
    """The groups of records that speak of the same thing and time and differ; rows are the same by their keys."""
    if found.type.many and not found.type.key:
        return ()
    groups: dict[object, dict[str, model.Record]] = {}
    for record in found.records:
        same = row_keys(record, replace(found.type, order_by=None)) if found.type.key else record.as_of
        groups.setdefault(same, {}).setdefault(_stated(record), record)
    told = (tuple(group.values()) for group in groups.values())
    return tuple(group for group in told if _differ(group))


def _differ(group: tuple[model.Record, ...]) -> bool:
    """Whether two of the records contradict each other, rather than one saying more than the other."""
    return any(contradict(a.value, b.value) for a, b in combinations(group, 2))


def contradict(one: model.Value, other: model.Value) -> bool:
    """Whether two values cannot both be true: of rows, a field that both have; lists and dates may say more or less."""
    if isinstance(one, model.Row) and isinstance(other, model.Row):
        return any(contradict(one.values[f], other.values[f]) for f in one.values.keys() & other.values.keys())
    if isinstance(one, tuple) and isinstance(other, tuple):
        return False
    if isinstance(one, str) and isinstance(other, str) and is_date(one) and is_date(other):
        return not (one.startswith(other) or other.startswith(one))
    return one != other


def _stated(record: model.Record) -> str:
    return str(record.value)


def rows_view(page: Context, found: model.Fact, fields: tuple[str, ...] = ()) -> RowsView:
    """What a template shows of rows: the fields asked for, or all that any row has."""
    held = [r.value for r in found.records if isinstance(r.value, model.Row)]
    shown = [f for f in found.type.fields if (f.id in fields if fields else any(f.id in row.values for row in held))]
    return RowsView(
        id=found.type.id,
        label=found.type.label[page.lang],
        columns=tuple(f.label[page.lang] for f in shown),
        rows=tuple(_row_view(page, r, shown, found.type) for r in found.records),
        disagree=disagree(found),
    )


def _row_view(page: Context, record: model.Record, shown: Sequence[model.FactType], type: model.FactType) -> RowView:
    row = record.value
    assert isinstance(row, model.Row)
    cells = tuple(((), "") if (raw := row[f.id]) is None else _parts(page, raw, f, f.unit) for f in shown)
    view = record_view(page, record, replace(type, type="name"), raw="")
    return RowView(cells=cells, record=replace(view, old=False))


def _parts(
    page: Context, raw: model.Value, type: model.FactType, unit: str | None, digits: int | None = None
) -> tuple[tuple[Part, ...], str]:
    """A value in parts, and what stands between them."""

    def link(id: str) -> tuple[str, str]:
        return page.entity(id).name[page.lang], page.href_to(id)

    said = say.value(raw, type, unit, page.guide, page.lang, digits=digits, link=link)
    parts = tuple(
        Part(html=rich(page, text) if said.is_text else Markup.escape(text), href=href, external="://" in href)
        for text, href in said.parts
    )
    return parts, said.separator


def record_view(
    page: Context,
    record: model.Record,
    type: model.FactType,
    *,
    raw: model.Value | None = None,
    digits: int | None = None,
    show_date: bool = False,
) -> RecordView:
    """What a template shows of a record, or of the value `raw` in it; its source is cited on the page."""
    value = record.value if raw is None else raw
    parts, separator = _parts(page, value, type, record.unit if raw is None else type.unit, digits)
    return RecordView(
        parts=parts,
        separator=separator,
        as_of=formats.as_of(record.as_of, record.source.read, page.lang),
        as_of_iso=record.as_of or record.source.read.isoformat(),
        old=not type.lasting and is_old(record, page.guide.today),
        basis=page.t(f"basis_{record.basis}") if record.basis else None,
        note=rich(page, record.note[page.lang]) if record.note else None,
        at=record.at,
        mark=mark(page, record.source, record.at, record),
        show_date=show_date,
    )


def is_old(record: model.Record, today: dt.date) -> bool:
    """Whether a record speaks for a time more than a year ago."""
    day = latest_day(record.as_of) if record.as_of else record.source.read
    return (today - day).days > OLD_DAYS


def mark(page: Context, source: model.Source, at: str | None, record: model.Record | None) -> SourceMark:
    """The mark of a source on this page."""
    number = page.cite(source, at)
    when = formats.as_of(record.as_of, source.read, page.lang) if record else ""
    parts = [source.publisher.name[page.lang], at or "", page.t(f"grade_{source.grade}"), when]
    return SourceMark(number=number, href=f"#source-{number}", title=(" · ").join(p for p in parts if p))


def rich(page: Context, text: str) -> Markup:
    """A text of data/ with its links and code; an unknown id in it is a fault of the data, told by the check."""

    def link(id: str, label: str) -> Markup:
        found = page.site.resolve(id, page.lang)
        if found is None:
            raise BrokenId(id)
        target, fragment = found
        page.named.append(id.partition("#")[0])
        return Markup('<a href="{}">{}</a>').format(page.href(target.src, fragment), label or target.name[page.lang])

    return prose(text, link)
