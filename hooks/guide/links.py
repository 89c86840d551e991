"""Links between the guide's pages: how a source path is written from another, and what mentions what."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


def relative_source(here: str, there: str, fragment: str = "") -> str:
    """The relative path from one page's source to another's, as Markdown links write it."""
    end = f"#{fragment}" if fragment else ""
    if here == there:
        return end or posixpath.basename(there)
    return posixpath.relpath("/" + there, "/" + posixpath.dirname(here)) + end


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Backlink:
    """A page, and the heading on it, where an id is mentioned."""

    src: str
    heading: str


class Backlinks:
    """What mentions what, in one language; filled while pages render, read when they are laid out."""

    def __init__(self) -> None:
        self._found: dict[str, dict[Backlink, None]] = defaultdict(dict)

    def add(self, src: str, mentions: Iterable[tuple[str, str]]) -> None:
        """Note the (id, heading) pairs of a page."""
        for id, heading in mentions:
            self._found[id].setdefault(Backlink(src=src, heading=heading))

    def of(self, id: str, *, besides: str = "") -> tuple[Backlink, ...]:
        """The pages that mention an id, each once with its first heading, sorted by path; not the page `besides`."""
        first: dict[str, Backlink] = {}
        for link in self._found.get(id, ()):
            if link.src != besides:
                first.setdefault(link.src, link)
        return tuple(sorted(first.values()))
