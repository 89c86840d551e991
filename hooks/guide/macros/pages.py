"""Macros that make parts of pages: the glossary."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from .. import model
from .calls import macro
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
