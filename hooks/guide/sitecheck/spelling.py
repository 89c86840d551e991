"""Where in a source an address of the built page was written, which there is often spelled otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple
from urllib.parse import unquote


class Place(NamedTuple):
    """A place in a text, counted from 1."""

    line: int
    column: int


def find_place(text: str, value: str, *, is_source: bool) -> Place | None:
    """Find where a value of a built page stands in a text.

    Args:
        text: The source of the page, or the page itself.
        value: The address or id, as the built page has it.
        is_source: Whether the text is Markdown or data, where a link to `../x/#y` may read `x.md#y` or `[…][x#y]`.

    Returns:
        The first place of the most exact spelling, or None where no spelling occurs.
    """
    for spelling in _spellings(value, is_source=is_source):
        found = re.search(rf"(?<![\w/-]){re.escape(spelling)}(?![\w-])", text) if spelling else None
        if found:
            return Place(text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start()))
    return None


def _spellings(value: str, *, is_source: bool) -> Iterator[str]:
    """Yield how an address may be written, the most exact first."""
    yield from (value, escape(value), unquote(value))
    if not is_source:
        return
    path, mark, fragment = unquote(value).partition("#")
    end = mark + fragment
    name = path.rstrip("/").removesuffix("/index.html").removesuffix(".html").rpartition("/")[2]
    if name not in {"", ".", ".."}:
        yield from _names(name, end)
    yield end
    yield from _names(name, "") if end and name.strip(".") else ()


def _names(name: str, end: str) -> tuple[str, ...]:
    return f"{name}.md{end}", f"{name}/index.md{end}", f"[{name}{end}]", f"{name}/{end}", f"{name}{end}"
