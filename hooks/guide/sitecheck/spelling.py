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
    for pattern in _patterns(value, is_source=is_source) if value else ():
        if found := re.search(pattern, text):
            return Place(text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start()))
    return None


def _patterns(value: str, *, is_source: bool) -> Iterator[str]:
    """Yield patterns of how an address may be written, the most exact first."""
    for whole in dict.fromkeys((value, escape(value), unquote(value))):
        yield rf"(?<![\w./%-]){re.escape(whole)}(?![\w/#?-])"
    if is_source:
        yield from (rf"(?<![\w-]){re.escape(part)}(?![\w-])" for part in _parts(value) if part)


def _parts(value: str) -> Iterator[str]:
    path, mark, fragment = unquote(value).partition("#")
    end = mark + fragment
    name = path.rstrip("/").removesuffix("/index.html").removesuffix(".html").rpartition("/")[2].strip(".")
    if name:
        yield from _ways_to_write(name, end)
    yield end
    if name and end:
        yield from _ways_to_write(name, "")


def _ways_to_write(name: str, end: str) -> tuple[str, ...]:
    return f"{name}.md{end}", f"{name}/index.md{end}", f"[{name}{end}]", f"{name}/{end}", f"{name}{end}"
