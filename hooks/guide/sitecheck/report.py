"""Findings in built files, told at the place in the source where an author can mend them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from guide.issues import Issue, Issues
from guide.sitecheck.site import Site
from guide.sitecheck.spelling import Place, find_place

_FLOOD = 5
"""On more pages than this the same fault is told once: a template made it."""
_START = Place(1, 1)


class Finding(NamedTuple):
    """One fault of a built file."""

    page: str
    """The file, from the root of the site."""
    where: str
    """Element and attribute, or field."""
    problem: str
    """What is wrong, to be read behind the value."""
    hint: str = ""
    """What mends it."""
    value: str = ""
    """What stands there, looked for in the source."""
    in_source: bool = False
    """Whether it comes from the page's own source, not from a template."""


class Findings:
    """Collects findings; the same fault at the same place counts once."""

    def __init__(self) -> None:
        self._findings: dict[Finding, None] = {}

    def add(
        self, page: str, where: str, problem: str, *, hint: str = "", value: str = "", in_source: bool = False
    ) -> None:
        """Note one fault."""
        self._findings[Finding(page, where, problem, hint, value, in_source)] = None

    def issues(self, site: Site) -> Issues:
        """All findings, each with its place."""
        teller = _Teller(site)
        return Issues(teller.issue(finding, others) for finding, others in _without_floods(self._findings))


def _without_floods(findings: dict[Finding, None]) -> Iterator[tuple[Finding, int]]:
    """Yield the findings to tell, each with the number of further pages that it stands for."""
    alike: defaultdict[tuple[object, ...], list[Finding]] = defaultdict(list)
    for finding in findings:
        key = finding if finding.in_source else (finding.where, finding.problem)
        alike[tuple(key)].append(finding)
    for group in alike.values():
        if len(group) > _FLOOD:
            yield min(group), len(group) - 1
        else:
            yield from ((finding, 0) for finding in group)


class _Teller:
    """Turns findings into issues; reads each source once, and only those that have a fault."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._texts: dict[Path, str] = {}

    def issue(self, finding: Finding, others: int) -> Issue:
        """One finding with its place; it stands for further pages like it."""
        path, field, place = self._place(finding)
        quoted = f"'{finding.value}' " if finding.value else ""
        more = f" (and so on {others} more pages)" if others else ""
        problem = f"{quoted}{finding.problem}{more}"
        return Issue(path=path, line=place.line, column=place.column, field=field, problem=problem, hint=finding.hint)

    def _place(self, finding: Finding) -> tuple[str, str, Place]:
        """Path, field and place: in the source if there is one, else in the built file."""
        built = find_place(self._text(self._site.root, finding.page), finding.value, is_source=False)
        options = self._site.options
        origin = options.origins.get(finding.page) if finding.in_source else None
        if not origin:
            return finding.page, finding.where, built or _START
        text = self._text(options.source_root, origin) if options.source_root else ""
        source = find_place(text, finding.value, is_source=True)
        page = f"{finding.page}:{built.line}" if built and not source else finding.page
        return origin, f"{page} {finding.where}".strip(), source or _START

    def _text(self, root: Path, path: str) -> str:
        file = root / path
        if file not in self._texts:
            self._texts[file] = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
        return self._texts[file]
