"""Findings in built files, told at the place in the source where an author can mend them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from guide.issues import Issue, Issues
from guide.sitecheck.site import Site
from guide.sitecheck.spelling import Place, find_place

_FLOOD = 5
"""On more pages than this the same fault is told once: a template made it."""


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
        read = cache(_read)
        return Issues(_issue(site, finding, others, read) for finding, others in _without_floods(self._findings))


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


def _issue(site: Site, finding: Finding, others: int, read: Callable[[Path | None], str]) -> Issue:
    origin = site.options.origins.get(finding.page) if finding.in_source else None
    path = origin or finding.page
    text = read(_file(site, finding.page, origin))
    place = find_place(text, finding.value, is_source=bool(origin)) or Place(1, 1)
    quoted = f"'{finding.value}' " if finding.value else ""
    more = f" (and so on {others} more pages)" if others else ""
    return Issue(
        path=path,
        line=place.line,
        column=place.column,
        field=f"{finding.page} {finding.where}".strip() if origin else finding.where,
        problem=f"{quoted}{finding.problem}{more}",
        hint=finding.hint,
    )


def _file(site: Site, page: str, origin: str | None) -> Path | None:
    if not origin:
        return site.root / page
    return site.options.source_root / origin if site.options.source_root else None


def _read(path: Path | None) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path else ""
    except OSError:
        return ""
