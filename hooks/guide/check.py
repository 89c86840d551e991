"""Checks of the pages before a build: calls, links, headings, the outline, the navigation."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import model, site
from .expand import expand
from .issues import Issue, Issues, nearest
from .load import load
from .macros import Context
from .parity import check_parity
from .prose import lint
from .reader import Document
from .scan import Span
from .site import Page, Site
from .snippets import check_snippets
from .templates import Templates
from .texts import check_texts
from .urls import Addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The guide with its pages and templates, and every fault found without a build."""

    site: Site
    templates: Templates
    issues: Issues


class _NoMarkup(Templates):
    """Templates for a check: macros look at what they are given, and no markup is made of it."""

    def render(self, template: str, macro: str, view: Any, lang: model.Lang) -> str:
        """Nothing."""
        return ""


def check(root: Path) -> Checked:
    """Read data/ and docs/ and note every fault of either."""
    loaded = load(root)
    templates = Templates(root / "overrides", loaded.guide.labels)
    whole = site.collect(
        root,
        loaded.guide,
        lambda name, about, lang: templates.page(name, lang, about=about),
        loaded.broken,
        loaded.issues,
    )
    miscalled: set[str] = set()
    no_markup = _NoMarkup(root / "overrides", loaded.guide.labels)
    for page in whole.pages.values():
        calls = [] if page.generated else _calls(page, whole, no_markup)
        loaded.issues.extend([*_page(page, whole), *check_snippets(page, root), *calls])
        miscalled.update(page.origin for _ in calls)
    loaded.issues.extend(check_texts(whole, loaded.documents))
    loaded.issues.extend(check_parity(whole, miscalled))
    loaded.issues.extend(_outline(whole, is_whole="terms.yml" not in loaded.lost))
    loaded.issues.extend(_nav(whole, loaded.documents.get("data/nav.yml")))
    return Checked(site=whole, templates=templates, issues=loaded.issues)


def _calls(page: Page, whole: Site, templates: Templates) -> list[Issue]:
    context = Context(
        site=whole, addresses=Addresses(), templates=templates, lang=page.lang, src=page.src, origin=page.origin
    )
    return expand(page.scan, context).issues


def _page(page: Page, whole: Site) -> Iterator[Issue]:
    yield from _refs(page, whole)
    if not (page.generated or page.is_lost):
        yield from _headings(page)
        yield from lint(page.scan, page.origin, page.lang)


def _refs(page: Page, whole: Site) -> Iterator[Issue]:
    for ref in page.scan.refs:
        found = whole.resolve(ref.text, page.lang)
        if found is None and ref.text.partition("#")[0] not in whole.broken:
            yield _at(page, ref, f"unknown id '{ref.text}'", whole.suggest(ref.text))
        elif found and (fault := whole.fragment_fault(found[0], ref.text.partition("#")[2], page.lang)):
            yield _at(page, ref, *fault)


def _at(page: Page, span: Span, problem: str, hint: str) -> Issue:
    return Issue(path=page.origin, line=span.line, column=span.column, problem=problem, hint=hint)


def _headings(page: Page) -> Iterator[Issue]:
    headings = page.scan.headings
    titles = [h for h in headings if h.level == 1]
    if len(titles) != 1:
        line = titles[1].line if titles else 1
        problem = f"{len(titles) or 'no'} headings of level 1; a page has one"
        yield Issue(path=page.origin, line=line, problem=problem, hint="begin the page with # Title { #top }")
    for heading in headings:
        if heading.id is None:
            yield Issue(
                path=page.origin,
                line=heading.line,
                problem=f"the heading '{heading.text}' has no id",
                hint="write { #short-name } behind it, the same in both languages",
            )
        if "\ue000" in heading.text or "{{" in heading.text:
            yield Issue(
                path=page.origin,
                line=heading.line,
                problem="a heading holds a macro call",
                hint="write the heading's words; put the macro below it",
            )
    for id, count in Counter(h.id for h in headings if h.id).items():
        if count > 1:
            line = next(h.line for h in reversed(headings) if h.id == id)
            yield Issue(
                path=page.origin, line=line, problem=f"the heading id '{id}' stands {count} times", hint="rename one"
            )


def _outline(whole: Site, *, is_whole: bool) -> Iterator[Issue]:
    """Unknown outline ids; and a section that a heading claims must be covered, where all could be read."""
    outline = whole.guide.outline
    for lang in model.LANGUAGES if outline else ():
        pages = [page for page in whole.pages.values() if page.lang == lang]
        claims = {id: (page, line) for page in reversed(pages) for id, line in reversed(page.scan.outline)}
        for id in claims.keys() - outline.keys():
            page, line = claims.pop(id)
            meant = difflib.get_close_matches(id, outline, n=1)
            claims |= {m: (page, line) for m in meant if m not in claims}
            hint = nearest(id, outline) or "see data/outline.yml"
            yield Issue(path=page.origin, line=line, problem=f"unknown outline id '{id}'", hint=hint)
        if is_whole and not any(page.is_lost for page in pages):
            yield from _uncovered(outline, claims, covered(whole, lang), lang)


def _uncovered(
    outline: Mapping[str, model.OutlineItem],
    claims: Mapping[str, tuple[Page, int]],
    have: frozenset[str],
    lang: model.Lang,
) -> Iterator[Issue]:
    for item in outline.values():
        if item.section in claims and item.id not in have | claims.keys():
            page, line = claims[item.section]
            problem = f"section {item.section} is claimed, but nothing in {lang} covers {item.id} ({item.title})"
            hint = f'write data-outline="{item.id}" on what covers it'
            yield Issue(path=page.origin, line=line, problem=problem, hint=hint)


def covered(whole: Site, lang: model.Lang) -> frozenset[str]:
    """Outline ids that a language covers, with the terms of the glossary."""
    pages = {id for page in whole.pages.values() if page.lang == lang for id, _ in page.scan.outline}
    return frozenset(pages | {t.outline for t in whole.guide.terms.values() if t.outline})


def _nav(whole: Site, document: Document | None) -> Iterator[Issue]:
    """Entries of the navigation that lead nowhere."""
    known = {src for _, src in whole.pages}
    for steps, entry in _entries(document.value, ()) if document else ():
        page = entry.get("page")
        place = document.place((*steps, "page")) if document else (1, 1)
        fault = None
        if page is None and not entry.get("pages"):
            fault = "the entry leads nowhere", "give it a page, or a title and pages"
        elif isinstance(page, str) and page not in known:
            fault = f"there is no page '{page}'", nearest(page, known) or "write it in docs/zh and docs/en"
        if fault:
            yield Issue(path="data/nav.yml", line=place[0], column=place[1], problem=fault[0], hint=fault[1])


def _entries(items: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield (*steps, index), item
            yield from _entries(item.get("pages"), (*steps, index, "pages"))
