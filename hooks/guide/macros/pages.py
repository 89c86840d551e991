"""Macros that make parts of pages: the glossary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from .. import formats, model
from ..issues import nearest
from ..site import page_id
from .calls import CallError, macro
from .context import Context
from .facts import SourceMark, mark, rich


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """A term as the glossary shows it."""

    id: str
    name: str
    other: str
    """Its name in the other language."""
    aliases: tuple[str, ...]
    definition: Markup
    mark: SourceMark
    related: tuple[tuple[str, str], ...]
    outline: str | None
    backlinks: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class InitialView:
    """The terms that begin with one letter, in the order of the language."""

    initial: str
    terms: tuple[TermView, ...]


@macro
def glossary(page: Context) -> str:
    """All terms, each with its anchor."""
    terms = sorted(page.guide.terms.values(), key=lambda t: sort_key(t, page.lang))
    return page.render("glossary", "glossary", tuple(term_view(page, t) for t in terms))


@macro
def count(page: Context, what: str) -> str:
    """How many entities, records, sources or terms the guide holds, or the share of primary sources (`primary`)."""
    guide = page.guide
    kinds = {k.id: len(guide.of_kind(k.id)) for k in guide.kinds.values()}
    counts = kinds | {
        "entities": len(guide.entities),
        "records": len(tuple(records(guide))),
        "sources": len(guide.sources),
        "terms": len(guide.terms),
        "primary": primary_share(guide),
    }
    if what not in counts:
        raise CallError(f"nothing is counted as '{what}'", nearest(what, counts) or f"known: {', '.join(counts)}")
    return formats.number(counts[what], page.lang, unit="percent" if what == "primary" else None, units=guide.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    """A kind with entries, and its directory."""

    name: str
    href: str
    count: str


@macro
def kinds(page: Context) -> str:
    """Every directory that has entries, with their number: `{{ kinds() }}`."""
    views = []
    for kind in page.guide.kinds.values():
        if count := len(page.guide.of_kind(kind.id)):
            href = page.href(f"directory/{kind.segment}.md")
            page.named.append(page_id(f"directory/{kind.segment}.md"))
            views.append(KindView(name=kind.plural[page.lang], href=href, count=formats.number(count, page.lang)))
    return page.render("page", "kinds", tuple(views))


def records(guide: model.Guide) -> Iterator[model.Record]:
    """Every record of every entity."""
    return (r for e in guide.entities.values() for f in e.facts.values() for r in f.records)


def primary_share(guide: model.Guide) -> int:
    """Per cent of the records whose source is primary, rounded down."""
    grades = [r.source.grade for r in records(guide)]
    return 100 * grades.count("primary") // max(1, len(grades))


def sort_key(term: model.Term, lang: model.Lang) -> str:
    """English by name; Chinese by the name in GB 18030, whose common characters stand in the order of pinyin."""
    return term.name.en.casefold() if lang == "en" else term.name.zh.casefold().encode("gb18030", "replace").hex()


def term_view(page: Context, term: model.Term) -> TermView:
    """What the template shows of a term."""
    other = "en" if page.lang == "zh" else "zh"
    related = tuple((_name(page, id), page.href_to(id)) for id in term.related if id in page.site.targets)
    return TermView(
        id=term.id,
        name=term.name[page.lang],
        other=term.name[other],
        aliases=term.aliases[page.lang],
        definition=rich(page, term.definition[page.lang]),
        mark=mark(page, term.source, term.at, None),
        related=related,
        outline=term.outline,
        backlinks=Markup(f"\ue002{term.id}\ue003"),
    )


def _name(page: Context, id: str) -> str:
    return page.site.targets[id].name[page.lang]
