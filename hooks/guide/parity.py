"""The two languages side by side: the same pages, headings, figures, outline items and questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from . import model
from .issues import Issue
from .macros import CallError, parse
from .scan import Heading
from .site import Page, Site


def check_parity(whole: Site, miscalled: Collection[str]) -> Iterator[Issue]:
    """Where the two languages differ; not in the calls of a page that has faulty ones (`miscalled`)."""
    for (lang, src), page in whole.pages.items():
        other_lang: model.Lang = "en" if lang == "zh" else "zh"
        other = whole.page(other_lang, src)
        if other is None:
            hint = "write it in both languages, or take it out"
            yield Issue(path=page.origin, problem=f"there is no docs/{other_lang}/{src}", hint=hint)
        elif lang == model.DEFAULT_LANGUAGE and not (page.generated or page.is_lost or other.is_lost):
            headings = list(_headings(page, other))
            yield from headings
            if not headings and not {page.origin, other.origin} & set(miscalled):
                yield from _calls(page, other)
            yield from _outline(page, other, whole.guide.outline)
            yield from _questions(page, other)


def _headings(page: Page, other: Page) -> Iterator[Issue]:
    """The first heading that differs; one without an id is told elsewhere."""
    mine, theirs = page.scan.headings, other.scan.headings
    pairs = enumerate(zip(mine, theirs, strict=False))
    ends = min(len(mine), len(theirs))
    place = next((i for i, (a, b) in pairs if a.level != b.level or (a.id and b.id and a.id != b.id)), ends)
    if place == len(mine) == len(theirs):
        return
    here, there = (_name(p.scan.headings[place : place + 1]) for p in (page, other))
    problem = f"heading {place + 1} is {there}, and {here} in {page.origin}"
    line = theirs[place].line if place < len(theirs) else 1
    yield Issue(path=other.origin, line=line, problem=problem, hint="both languages have the same headings and ids")


def _name(heading: tuple[Heading, ...]) -> str:
    return f"level {heading[0].level} '#{heading[0].id}'" if heading else "none"


def _calls(page: Page, other: Page) -> Iterator[Issue]:
    """Under each heading, what one language shows and the other does not."""
    calls, others = _by_heading(page), _by_heading(other)
    for place in sorted(calls.keys() | others.keys()):
        mine, theirs = calls.get(place, Counter()), others.get(place, Counter())
        for lacking, missing in ((other, mine - theirs), (page, theirs - mine)):
            heading = lacking.scan.headings[place] if place >= 0 else None
            where = f"under '#{heading.id}'" if heading else "above the first heading"
            for call in missing:
                problem = f"{where} the other language calls {call}, this one does not"
                hint = "both languages show the same facts and figures"
                yield Issue(path=lacking.origin, line=heading.line if heading else 1, problem=problem, hint=hint)


def _by_heading(page: Page) -> Mapping[int, Counter[str]]:
    """Under each heading, by its place among them: the macro and what it shows, without words of the language."""
    found: dict[int, Counter[str]] = {}
    for call in page.scan.calls:
        place = sum(h.line <= call.line for h in page.scan.headings) - 1
        try:
            parsed = parse(page.scan.body[call.start : call.end])
        except CallError:
            continue
        shown = ", ".join(map(str, parsed.args))
        found.setdefault(place, Counter())[f"{parsed.name}({shown})"] += 1
    return found


def _outline(page: Page, other: Page, outline: Collection[str]) -> Iterator[Issue]:
    mine, theirs = (Counter(id for id, _ in p.scan.outline if id in outline) for p in (page, other))
    if mine != theirs:
        differing = ", ".join(sorted((mine - theirs) + (theirs - mine)))
        problem = f"data-outline differs from {page.origin}: {differing}"
        yield Issue(path=other.origin, problem=problem, hint="claim the same points in both languages")


def _questions(page: Page, other: Page) -> Iterator[Issue]:
    asked, others = (p.scan.meta.get("questions") or () for p in (page, other))
    if len(asked) != len(others) and not (page.scan.has_faulty_meta or other.scan.has_faulty_meta):
        problem = f"the number of questions differs from {page.origin}"
        yield Issue(path=other.origin, problem=problem, hint="both languages answer the same questions")
