"""A page's Markdown → its front matter, headings, macro calls and links, each with its place; code is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .issues import Issue
from .reader import parse_yaml

_CODE = re.compile(
    r"^(?P<in>[ \t>]*)(?P<f>`{3,}|~{3,})[^\n]*\n(?:.*?^[ \t>]*(?P=f)[`~]*[ \t]*$|.*\Z)"
    r"|(?<![`\\])(?P<t>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=t)(?!`)"
    r"|<!--.*?-->",
    re.S | re.M,
)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*(?:\{([^{}\n]*)\})?[ \t]*$", re.M)
_CALL = re.compile(r"\{\{(?:[^{}\"']|\"[^\"\n]*\"|'[^'\n]*'|\{[^{}]*\})*\}\}")
_REF = re.compile(r"(?<![A-Za-z0-9_\])\\!])\[([^\[\]\n]*)\]\[([^\[\]\n]+)\]")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.S)
_OUTLINE = re.compile(r"data-outline=(?:\"([^\"]*)\"|'([^']*)'|([^\s}]+))")
_ID = re.compile(r"(?:^|\s)#([^\s#}]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading with its explicit id and the outline items that it covers."""

    level: int
    text: str
    id: str | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of the source: what it says, from where to where, and its place."""

    text: str
    start: int
    end: int
    line: int
    column: int
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What can be known of a page without rendering it."""

    meta: dict[str, Any]
    body: str
    """The text after the front matter."""
    masked: str
    """The body with code blanked out, the same length."""
    line_offset: int
    """Lines of the front matter."""
    headings: tuple[Heading, ...]
    calls: tuple[Span, ...]
    refs: tuple[Span, ...]
    outline: tuple[tuple[str, int], ...]
    """Outline ids and the lines on which they are claimed."""

    @property
    def title(self) -> str:
        """The text of the first heading of level 1."""
        return next((h.text for h in self.headings if h.level == 1), "")


def mask(text: str) -> str:
    """Code and comments blanked out; length and line breaks stay."""
    return _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def scan(text: str, path: str) -> tuple[Scan, list[Issue]]:
    """Scan a page's whole text; faults are those of its front matter and of unclosed or forbidden braces."""
    meta, start, issues = _front_matter(text, path)
    body = text[start:]
    offset = text[:start].count("\n")
    masked = mask(body)
    place = _places(masked, offset)
    calls = tuple(Span(text=m[0], start=m.start(), end=m.end(), **place(m.start())) for m in _CALL.finditer(masked))
    refs = tuple(
        Span(text=m[2], label=body[m.start(1) : m.end(1)], start=m.start(), end=m.end(), **place(m.start()))
        for m in _REF.finditer(masked)
    )
    issues += _forbidden(masked, calls, path, place)
    headings = tuple(_headings(body, masked, offset))
    return Scan(
        meta=meta,
        body=body,
        masked=masked,
        line_offset=offset,
        headings=headings,
        calls=calls,
        refs=refs,
        outline=tuple(_outline(masked, offset)),
    ), issues


def _front_matter(text: str, path: str) -> tuple[dict[str, Any], int, list[Issue]]:
    match = _FRONT.match(text)
    if not match or not (match[1] or "").strip():
        return {}, match.end() if match else 0, []
    document, issues = parse_yaml(("\n" + match[1]).encode(), path)
    meta = document.value if document and isinstance(document.value, dict) else {}
    return meta, match.end(), issues


def _places(text: str, offset: int) -> Any:
    def place(at: int) -> dict[str, int]:
        return {"line": text.count("\n", 0, at) + 1 + offset, "column": at - text.rfind("\n", 0, at)}

    return place


def _headings(body: str, masked: str, offset: int) -> Iterator[Heading]:
    for match in _HEADING.finditer(masked):
        attributes = match[3] or ""
        found = _ID.search(attributes)
        text = body[match.start(2) : match.end(2)]
        line = masked.count("\n", 0, match.start()) + 1 + offset
        yield Heading(level=len(match[1]), text=text, id=found[1] if found else None, line=line)


def _outline(masked: str, offset: int) -> Iterator[tuple[str, int]]:
    for match in _OUTLINE.finditer(masked):
        line = masked.count("\n", 0, match.start()) + 1 + offset
        for id in (match[1] or match[2] or match[3] or "").split():
            yield id, line


def _forbidden(masked: str, calls: tuple[Span, ...], path: str, place: Any) -> Iterator[Issue]:
    """Statements, and braces that open and never close."""
    rest = list(masked)
    for call in calls:
        rest[call.start : call.end] = " " * (call.end - call.start)
    for match in re.finditer(r"\{%.*?(?:%\}|$)|\{\{[^\n]*", "".join(rest), re.M):
        statement = match[0].startswith("{%")
        problem = f"statement '{match[0][:40]}' is not allowed" if statement else f"'{match[0][:40]}' is no macro call"
        hint = 'pages call macros only: {{ fact("pytorch.license") }}; in running text put the braces in code'
        yield Issue(path=path, problem=problem, hint=hint, **place(match.start()))
