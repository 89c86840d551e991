"""What must hold in each page by itself: ids, headings, names, alternatives, and no markup that acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from guide.sitecheck.read import Page, Spot
from guide.sitecheck.report import Findings
from guide.sitecheck.site import Site


def check_document(page: Page, findings: Findings) -> None:
    """Check a page as a reader, and a reader's screen reader, meets it."""
    if page.headings != 1:
        findings.add(page.path, "h1", f"stands {page.headings} times; expected once", in_source=True)
    _note(page, page.nameless, "leads somewhere, but the link has neither text nor name", findings)
    _note(page, page.wordless, 'is an image without alt; where it only decorates, write alt=""', findings)


def check_markup(site: Site, page: Page, findings: Findings) -> None:
    """Check what may not stand in any file of HTML or SVG."""
    _note(page, _repeated(page), "is an id that stands more than once", findings)
    _note(
        page, page.active, "is markup that acts by itself; pages hold text, links and the site's own scripts", findings
    )
    if site.options.offline:
        _note(page, page.modules, "is a script module, which a browser does not load from a disk", findings)


def _repeated(page: Page) -> list[Spot]:
    if len(page.ids) == len(page.anchors):
        return []
    counts = Counter(spot.value for spot in page.ids)
    return list({spot.value: spot for spot in page.ids if counts[spot.value] > 1}.values())


def _note(page: Page, spots: Iterable[Spot], problem: str, findings: Findings) -> None:
    for spot in spots:
        findings.add(page.path, spot.where, problem, value=spot.value[:80], in_source=spot.in_article)
