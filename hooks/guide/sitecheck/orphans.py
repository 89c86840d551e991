"""That a reader can walk from a home page to every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guide.sitecheck.report import Findings
from guide.sitecheck.site import Site

Ways = Mapping[str, frozenset[str]]


def check_orphans(site: Site, ways: Ways, findings: Findings) -> None:
    """Check that links in texts and navigations lead to each page.

    Args:
        site: The files that exist.
        ways: Page to the files that its text or a navigation leads to; the page of errors is not among them.
        findings: Where faults go; of a group of pages that only lead to each other, the first is told.
    """
    lost = ways.keys() - _reached(ways, site.homes())
    linked = {target for page in lost for target in ways[page] if target != page}
    for page in [*sorted(lost - linked), *sorted(lost & linked)]:
        if page in lost:
            findings.add(page, "", _problem(page in linked), hint="link to it", in_source=True)
            lost -= _reached(ways, [page])


def _problem(is_linked: bool) -> str:
    if is_linked:
        return "is an orphan: only pages that nothing leads to link to it"
    return "is an orphan: no other page's text or navigation links to it"


def _reached(ways: Ways, starts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        page = waiting.pop()
        if page in ways and page not in found:
            found.add(page)
            waiting.extend(ways[page])
    return found
