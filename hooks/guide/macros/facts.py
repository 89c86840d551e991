"""Macros about single facts: one value, all of an entity's facts, a citation, a worked figure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from markupsafe import Markup

from .. import formats, model, say
from ..issues import nearest
from ..templates import prose
from ..validate import latest_day
from .calls import CallError, macro
from .context import Context

OLD_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMark:
    """The small number behind a statement, and what it leads to."""

    number: int
    href: str
    title: str
    """Title, grade and date, for the tooltip and for screen readers."""


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
def fact(page: Context, path: str, n: int = 1, digits: int | None = None, date: bool = False) -> str:
    """A fact's value in running text, with its source one tap away: `{{ fact("pytorch.license") }}`."""
    _, found = page.fact(path)
    if not 1 <= n <= len(found.records):
        raise CallError(f"{path} has {len(found.records)} record(s), not {n}")
    page.named.append(path.partition(".")[0])
    return page.render(
        "facts", "fact", record_view(page, found.records[n - 1], found.type, digits=digits, show_date=date)
    )


@macro
def facts(page: Context, id: str) -> str:
    """All facts of an entity with date and source, in the order of its kind."""
    entity = page.entity(id)
    return page.render("facts", "facts", tuple(fact_view(page, f) for f in entity.facts.values()))


@macro
def cite(page: Context, source: str, at: str | None = None) -> str:
    """A citation after a sentence: `{{ cite("ai-act", at="Art. 17") }}`."""
    found = page.guide.sources.get(source)
    if found is None:
        page._skip(source.partition(".")[0])
        raise CallError(
            f"unknown source '{source}'", nearest(source, page.guide.sources) or "add it to data/sources.yml"
        )
    return page.render("facts", "cite", CiteView(mark=mark(page, found, at, None)))


@macro
def worked(page: Context, id: str, digits: int | None = None, full: bool = False) -> str:
    """A worked figure or judgement: its value in the sentence, or with full=true all inputs and the formula."""
    figure = page.guide.worked.get(id)
    if figure is None:
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
    by_time: dict[str | None, set[str]] = {}
    for record in found.records:
        by_time.setdefault(record.as_of, set()).add(str(record.value))
    return not found.type.many and any(len(values) > 1 for values in by_time.values())


def record_view(
    page: Context, record: model.Record, type: model.FactType, *, digits: int | None = None, show_date: bool = False
) -> RecordView:
    """What a template shows of a record; its source is cited on the page."""
    said = say.value(
        record,
        type,
        page.guide,
        page.lang,
        digits=digits,
        link=lambda id: (page.guide.entities[id].name[page.lang], page.href_to(id)),
    )
    parts = tuple(
        Part(html=rich(page, text) if said.is_text else Markup.escape(text), href=href, external="://" in href)
        for text, href in said.parts
    )
    return RecordView(
        parts=parts,
        separator=said.separator,
        as_of=formats.as_of(record.as_of, record.source.read, page.lang),
        as_of_iso=record.as_of or record.source.read.isoformat(),
        old=is_old(record, page.guide.today),
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
    parts = [source.publisher.name[page.lang], source.title, at or "", page.t(f"grade_{source.grade}"), when]
    return SourceMark(number=number, href=f"#source-{number}", title=(" · ").join(p for p in parts if p))


def rich(page: Context, text: str) -> Markup:
    """A text of data/ with its links and code; an unknown id in it is a fault of the data, told by the check."""

    def link(id: str, label: str) -> Markup:
        found = page.site.resolve(id, page.lang)
        if found is None:
            page._skip(id)
            raise CallError(f"a text of data/ links to the unknown id '{id}'", page.site.suggest(id))
        target, fragment = found
        page.named.append(id.partition("#")[0])
        return Markup('<a href="{}">{}</a>').format(page.href(target.src, fragment), label or target.name[page.lang])

    return prose(text, link)
