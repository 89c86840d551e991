"""Names of the files in docs/: each gives an address, and static-i18n must take none for a language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from . import model
from .issues import Issue, Issues
from .values import ID

_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?\Z|[a-z]{2}_[A-Z]{2}\Z")
"""What static-i18n takes for a language, wherever it stands first; such a file is in no build, without a word."""
_PAGES = frozenset((".md", ".markdown", ".mdown", ".mkdn", ".mkd"))
"""What MkDocs takes for a page."""
_SHARED = "code"
"""Folder that is no part of the site."""


def check_names(root: Path, issues: Issues) -> None:
    """Note every name in docs/ that gives no address, or loses its file."""
    docs = root / "docs"
    paths = sorted(file.relative_to(docs) for file in docs.rglob("*") if file.is_file() or file.is_symlink())
    for path in map(PurePosixPath, paths):
        if path.parts[0] != _SHARED and not path.name.startswith("."):
            issues.extend(_language(path))
            issues.extend(_page(path))


def _language(path: PurePosixPath) -> Iterator[Issue]:
    """A folder with a language's name, in docs/ or at the top of a language."""
    inside = path.parts[0] in model.LANGUAGES
    above = path.parts[: 2 if inside else 1]
    if len(path.parts) > len(above) and _LANGUAGE.match(above[-1]):
        place = "/".join(("docs", *above))
        lost = ": its files would be in no build" if not inside else ", and so would its address"
        yield Issue(
            path=place,
            problem=f"the folder name '{above[-1]}' reads as a language{lost}",
            hint="give the folder a longer name",
        )


def _page(path: PurePosixPath) -> Iterator[Issue]:
    if path.suffix.lower() not in _PAGES:
        return
    place = f"docs/{path}"
    names = [*path.parts[1:-1], path.name.removesuffix(".md")]
    if path.parts[0] not in model.LANGUAGES:
        if not _LANGUAGE.match(path.parts[0]):
            yield Issue(path=place, problem="the page belongs to no language", hint="move it to docs/zh or docs/en")
    elif bad := next((n for n in names if not ID.match(n)), None):
        hint = "name files and folders with lower-case letters, digits and single hyphens, and pages .md"
        yield Issue(path=place, problem=f"the name '{bad}' gives no address", hint=hint)
