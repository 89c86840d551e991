"""Listings of docs/code that pages show: each file and section exists, so that no build stumbles over it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .issues import Issue, nearest
from .site import Page

_SNIPPET = re.compile(r"^(?P<in>[ \t]*)-+8<-+(?:[ \t]+(?P<quote>[\"'])(?P<path>[^\n]+?)(?P=quote))?[ \t]*$", re.M)
_SECTION = re.compile(r"\[[ \t]*start[ \t]*:[ \t]*([A-Za-z][-\w]*)[ \t]*\]")
_LINES = re.compile(r"[-0-9:,]*\Z")


def check_snippets(page: Page, root: Path) -> Iterator[Issue]:
    """Note each listing that a page names and that is not there."""
    body, in_block = page.scan.body, False
    for match in _SNIPPET.finditer(body) if "8<-" in body else ():
        in_block = match["path"] is None and not in_block
        if match["path"] is None and not in_block:
            continue
        line = body.count("\n", 0, match.start()) + 1 + page.scan.line_offset
        for problem, hint in _faults(match["path"], root / "docs/code"):
            yield Issue(path=page.origin, line=line, column=len(match["in"]) + 1, problem=problem, hint=hint)


def _faults(path: str | None, folder: Path) -> Iterator[tuple[str, str]]:
    if path is None:
        yield "a listing is named on the line of its marks", 'write --8<-- "file.py"'
        return
    name, _, part = path.partition(":")
    listings = {f.relative_to(folder).as_posix(): f for f in folder.rglob("*") if f.is_file()}
    if name not in listings:
        yield f"there is no listing 'docs/code/{name}'", nearest(name, listings) or "add it"
    elif not _LINES.match(part):
        sections = _SECTION.findall(listings[name].read_text(encoding="utf-8", errors="replace"))
        if part not in sections:
            yield (
                f"docs/code/{name} has no section '{part}'",
                nearest(part, sections) or f"mark it: --8<-- [start:{part}]",
            )
