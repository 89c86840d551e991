"""The parts of a page that the whole guide makes: sources at the foot, mentions, definitions, questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from . import formats, model
from .links import Backlink, Backlinks
from .macros import Cited, Context
from .macros.facts import rich
from .site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """A source at the foot of a page."""

    number: int
    title: str
    url: str
    official: str | None
    publisher: str
    grade: str
    grade_label: str
    read: str
    read_iso: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link with the heading it leads to."""

    title: str
    section: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionView:
    """A marked term's definition, for the tooltip."""

    id: str
    name: str
    definition: Markup


def source_views(page: Context) -> tuple[SourceView, ...]:
    """The sources of a page, in the order of their numbers."""
    return tuple(_source(page, c) for c in page.cited.values())


def _source(page: Context, cited: Cited) -> SourceView:
    source = cited.source
    return SourceView(
        number=cited.number,
        title=source.title,
        url=source.url,
        official=source.official,
        publisher=source.publisher.name[page.lang],
        grade=source.grade,
        grade_label=page.t(f"grade_{source.grade}"),
        read=formats.date(source.read.isoformat(), page.lang),
        read_iso=source.read.isoformat(),
        places=tuple(cited.places),
    )


def backlink_views(page: Context, id: str, backlinks: Backlinks) -> tuple[LinkView, ...]:
    """What mentions an id, as links from this page."""
    return tuple(link_view(page, b) for b in backlinks.of(id, besides=page.src))


def link_view(page: Context, link: Backlink) -> LinkView:
    """A backlink as a template shows it."""
    other = page.site.page(page.lang, link.src)
    section = next((h.text for h in other.scan.headings if h.id == link.heading), "") if other and link.heading else ""
    return LinkView(
        title=title(page.site, page.lang, link.src), section=section, href=page.href(link.src, link.heading)
    )


def title(site: Site, lang: model.Lang, src: str) -> str:
    """A page's title: its entity's name, or its first heading."""
    page = site.page(lang, src)
    if page is None:
        return src
    return site.guide.entities[page.entity].name[lang] if page.entity else page.scan.title


def definition_views(page: Context, terms: Iterable[str]) -> tuple[DefinitionView, ...]:
    """The definitions of the terms marked on a page, each once."""
    found = (page.guide.terms[id] for id in dict.fromkeys(terms))
    return tuple(
        DefinitionView(id=t.id, name=t.name[page.lang], definition=rich(page, t.definition[page.lang])) for t in found
    )


def questions(site: Site, lang: model.Lang, src: str) -> tuple[str, ...]:
    """The questions of a page's front matter."""
    page = site.page(lang, src)
    asked = page.scan.meta.get("questions") if page else None
    return tuple(str(q) for q in asked) if isinstance(asked, list) else ()
