"""What stands round a page's text: questions, sources, mentions, breadcrumbs, definitions, the other language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from . import model, pages
from .links import Backlinks
from .macros import Context
from .site import Site

_QUESTIONS = "\ue004"
_BACKLINKS = re.compile("\ue002([^\ue003]*)\ue003")
_FIRST_HEADING = re.compile(r"^# .*$", re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The same page in a language."""

    lang: str
    name: str
    href: str
    """Relative, for the reader's switch."""
    address: str
    """Absolute online, relative offline, for search engines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """What the page's template gets from the guide, as `guide`."""

    lang: str
    src: str
    origin: str
    """The file that a reader edits, from the project's root."""
    sources: tuple[pages.SourceView, ...]
    mentions: tuple[pages.LinkView, ...]
    definitions: tuple[pages.DefinitionView, ...]
    breadcrumbs: tuple[tuple[str, str], ...]
    alternates: tuple[Alternate, ...]
    offline: bool
    today: str
    root: str
    """Relative address of the site's root."""


def words(labels: Mapping[str, model.Text], lang: model.Lang) -> Callable[[str], str]:
    """The function `t` of a language's templates; a missing word shows."""

    def t(key: str) -> str:
        text = labels.get(key)
        return text[lang] if text else f"⟦{key}⟧"

    return t


def with_questions(markdown: str, site: Site, lang: model.Lang, src: str) -> str:
    """The page's Markdown with a mark behind its first heading, where it has questions."""
    if not pages.questions(site, lang, src):
        return markdown
    return _FIRST_HEADING.sub(lambda m: f"{m[0]}\n\n{_QUESTIONS}\n", markdown, count=1)


def fill_questions(html: str, page: Context) -> str:
    """The mark replaced by the questions that the page answers."""
    if _QUESTIONS not in html:
        return html
    block = page.render("page", "questions", pages.questions(page.site, page.lang, page.src))
    return html.replace(f"<p>{_QUESTIONS}</p>", block, 1)


def fill_backlinks(html: str, page: Context, backlinks: Backlinks) -> str:
    """Marks of macros replaced by what mentions their id."""
    if "\ue002" not in html:
        return html
    return _BACKLINKS.sub(lambda m: page.render("page", "mentions", pages.backlink_views(page, m[1], backlinks)), html)


def page_view(page: Context, terms: Iterable[str], backlinks: Backlinks, *, site_url: str | None) -> PageView:
    """What a page's template gets."""
    written = page.site.page(page.lang, page.src)
    mentions = pages.backlink_views(page, written.id, backlinks) if written else ()
    return PageView(
        lang=page.lang,
        src=page.src,
        origin=page.origin,
        sources=pages.source_views(page),
        mentions=mentions,
        definitions=pages.definition_views(page, terms),
        breadcrumbs=breadcrumbs(page),
        alternates=alternates(page, site_url),
        offline=site_url is None,
        today=page.guide.today.isoformat(),
        root=page.addresses.between(page.url, ""),
    )


def breadcrumbs(page: Context) -> tuple[tuple[str, str], ...]:
    """(title, address) of the pages above this one, from the home page down."""
    if page.src == "index.md":
        return ()
    parts = page.src.removesuffix(".md").removesuffix("/index").split("/")
    trail = [("index.md", page.t("home"))]
    for depth in range(1, len(parts)):
        stem = "/".join(parts[:depth])
        found = next((s for s in (f"{stem}/index.md", f"{stem}.md") if page.site.page(page.lang, s)), None)
        if found:
            trail.append((found, pages.title(page.site, page.lang, found)))
    return tuple((title, page.href(src)) for src, title in trail)


def alternates(page: Context, site_url: str | None) -> tuple[Alternate, ...]:
    """This page in each language."""
    found = []
    for lang in model.LANGUAGES:
        if page.site.page(lang, page.src):
            url = page.addresses.page(lang, page.src)
            href = page.addresses.between(page.url, url)
            name = page.guide.labels[f"language_{lang}"][lang]
            found.append(Alternate(lang=lang, name=name, href=href, address=f"{site_url}{url}" if site_url else href))
    return tuple(found)
