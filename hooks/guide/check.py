"""Checks of the pages before a build: calls, links, headings, the outline, the two languages side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from . import model, site
from .expand import expand
from .issues import Issue, Issues, nearest
from .load import load
from .macros import CallError, Context, parse
from .prose import lint, lint_text
from .scan import Span
from .site import Page, Site
from .templates import Templates
from .urls import Addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The guide with its pages and templates, and every fault found without a build."""

    site: Site
    templates: Templates
    issues: Issues


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
    for page in whole.pages.values():
        loaded.issues.extend(_page(page, whole, templates))
    loaded.issues.extend(_texts(loaded.guide))
    loaded.issues.extend(_parity(whole))
    loaded.issues.extend(_outline(whole))
    loaded.issues.extend(_nav(whole))
    return Checked(site=whole, templates=templates, issues=loaded.issues)


def _page(page: Page, whole: Site, templates: Templates) -> Iterator[Issue]:
    yield from _refs(page, whole)
    context = Context(
        site=whole, addresses=Addresses(), templates=templates, lang=page.lang, src=page.src, origin=page.origin
    )
    yield from expand(page.scan, context).issues
    if not page.generated:
        yield from _headings(page)
        yield from lint(page.scan, page.origin, page.lang)


def _texts(guide: model.Guide) -> Iterator[Issue]:
    """Texts of data/ that a reader sees."""
    for lang in model.LANGUAGES:
        for entity in guide.entities.values():
            yield from lint_text(entity.summary[lang], lang, entity.place, f"summary.{lang}")
            yield from lint_text(entity.judgement[lang], lang, entity.place, f"judgement.{lang}")
            for fact in entity.facts.values():
                for record in fact.records:
                    texts = [t for t in (record.value, record.note) if isinstance(t, model.Text)]
                    for text in texts:
                        yield from lint_text(text[lang], lang, record.place, f"facts.{fact.type.id}.{lang}")
        for term in guide.terms.values():
            yield from lint_text(term.definition[lang], lang, term.place, f"definition.{lang}")


def _refs(page: Page, whole: Site) -> Iterator[Issue]:
    for ref in page.scan.refs:
        found = whole.resolve(ref.text, page.lang)
        if found is None and ref.text.partition("#")[0] not in whole.broken:
            yield _at(page, ref, f"unknown id '{ref.text}'", whole.suggest(ref.text))
        elif found and (fault := _fragment(found[0], ref.text.partition("#")[2], page, whole)):
            yield _at(page, ref, *fault)


def _fragment(target: site.Target, fragment: str, page: Page, whole: Site) -> tuple[str, str] | None:
    other = whole.page(page.lang, target.src)
    if not fragment or other is None:
        return None
    known = [h.id for h in other.scan.headings if h.id]
    return None if fragment in known else (f"{target.src} has no heading '#{fragment}'", nearest(fragment, known))


def _at(page: Page, span: Span, problem: str, hint: str) -> Issue:
    return Issue(path=page.origin, line=span.line, column=span.column, problem=problem, hint=hint)


def _headings(page: Page) -> Iterator[Issue]:
    headings = page.scan.headings
    if sum(h.level == 1 for h in headings) != 1:
        yield Issue(
            path=page.origin,
            problem=f"{sum(h.level == 1 for h in headings)} headings of level 1; a page has one",
            hint="begin the page with # Title { #top }",
        )
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


def _parity(whole: Site) -> Iterator[Issue]:
    """Where the two languages differ in pages, headings, figures or outline."""
    for (lang, src), page in whole.pages.items():
        other_lang: model.Lang = "en" if lang == "zh" else "zh"
        other = whole.page(other_lang, src)
        if other is None:
            yield Issue(
                path=page.origin,
                problem=f"there is no docs/{other_lang}/{src}",
                hint="write it in both languages, or take it out",
            )
        elif lang == model.DEFAULT_LANGUAGE and not page.generated:
            yield from _compare(page, other)


def _compare(page: Page, other: Page) -> Iterator[Issue]:
    mine, theirs = ([(h.level, h.id) for h in p.scan.headings] for p in (page, other))
    if mine != theirs:
        place = next(
            (i for i, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), min(len(mine), len(theirs))
        )
        heading = other.scan.headings[place] if place < len(theirs) else None
        here = mine[place] if place < len(mine) else None
        problem = (
            f"heading {place + 1} is {_name(theirs[place] if heading else None)}, and {_name(here)} in {page.origin}"
        )
        yield Issue(
            path=other.origin,
            line=heading.line if heading else 1,
            problem=problem,
            hint="both languages have the same headings and ids",
        )
        return
    calls, others = _calls_by_heading(page), _calls_by_heading(other)
    for id in calls.keys() | others.keys():
        for call in sorted(
            (calls.get(id, Counter()) - others.get(id, Counter()))
            + (others.get(id, Counter()) - calls.get(id, Counter()))
        ):
            lacking = other if calls.get(id, Counter())[call] > others.get(id, Counter())[call] else page
            line = next((h.line for h in lacking.scan.headings if h.id == id), 1)
            yield Issue(
                path=lacking.origin,
                line=line,
                problem=f"under '#{id}' the other language calls {call}, this one does not",
                hint="both languages show the same facts and figures",
            )
    if (a := Counter(i for i, _ in page.scan.outline)) != (b := Counter(i for i, _ in other.scan.outline)):
        yield Issue(
            path=other.origin,
            problem=f"data-outline differs from {page.origin}: {', '.join(sorted(((a - b) + (b - a)).keys()))}",
            hint="claim the same points in both languages",
        )
    if len(page.scan.meta.get("questions") or ()) != len(other.scan.meta.get("questions") or ()):
        yield Issue(
            path=other.origin,
            problem=f"the number of questions differs from {page.origin}",
            hint="both languages answer the same questions",
        )


def _name(heading: tuple[int, str | None] | None) -> str:
    return f"level {heading[0]} '#{heading[1]}'" if heading else "none"


def _calls_by_heading(page: Page) -> Mapping[str, Counter[str]]:
    """Under each heading: the macro and what it shows, without words of the language."""
    found: dict[str, Counter[str]] = {}
    for call in page.scan.calls:
        heading = next((h for h in reversed(page.scan.headings) if h.line <= call.line), None)
        try:
            parsed = parse(page.scan.body[call.start : call.end])
        except CallError:
            continue
        shown = ", ".join(map(str, parsed.args))
        found.setdefault((heading.id or "") if heading else "", Counter())[f"{parsed.name}({shown})"] += 1
    return found


def _outline(whole: Site) -> Iterator[Issue]:
    """Unknown outline ids; and a section that a heading claims must be covered down to its points."""
    outline = whole.guide.outline
    for lang in model.LANGUAGES:
        claimed: dict[str, tuple[Page, int]] = {}
        have = covered(whole, lang)
        for page in whole.pages.values():
            if page.lang == lang:
                for id, line in page.scan.outline:
                    claimed.setdefault(id, (page, line))
                    if id not in outline:
                        yield Issue(
                            path=page.origin, line=line, problem=f"unknown outline id '{id}'", hint=nearest(id, outline)
                        )
        for item in outline.values():
            if item.section in claimed and item.id not in have:
                page, line = claimed[item.section]
                problem = f"section {item.section} is claimed, but nothing in {lang} covers {item.id} ({item.title})"
                yield Issue(
                    path=page.origin,
                    line=line,
                    problem=problem,
                    hint=f'write data-outline="{item.id}" on what covers it',
                )


def covered(whole: Site, lang: model.Lang) -> frozenset[str]:
    """Outline ids that a language covers, with the terms of the glossary."""
    pages = {id for page in whole.pages.values() if page.lang == lang for id, _ in page.scan.outline}
    return frozenset(pages | {t.outline for t in whole.guide.terms.values() if t.outline})


def _nav(whole: Site) -> Iterator[Issue]:
    for page in _nav_pages(whole.guide.nav):
        if whole.page("zh", page) is None:
            known = [src for _, src in whole.pages]
            yield Issue(path="data/nav.yml", problem=f"there is no page '{page}'", hint=nearest(page, known))


def _nav_pages(items: tuple[model.NavItem, ...]) -> Iterator[str]:
    for item in items:
        if item.page:
            yield item.page
        yield from _nav_pages(item.children)
