"""A page's Markdown → its front matter, headings, macro calls and links, each with its place; code is left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .code import mask
from .faults import validate
from .issues import Issue
from .reader import parse_yaml
from .schema import PageFile

Place = Callable[[int], Any]
"""Offset in a text → line and column, as arguments of an Issue."""

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*(?:\{([^{}\n]*)\})?[ \t]*$", re.M)
_CALL = re.compile(r"\{\{(?:[^{}\"']|\"[^\"\n]*\"|'[^'\n]*'|\{[^{}]*\})*\}\}")
REFERENCE = r"(?<![A-Za-z0-9_\])\\!])\[((?:[^\[\]\n]|\n(?!\s*\n))*)\]\[([^\[\]\n]+)\]"
"""`[text][id]` and `[][id]`; not `a[i][j]`, `](address)[0][1]` or an image."""
_REF = re.compile(REFERENCE)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.S)
_OUTLINE = re.compile(r"data-outline=(?:\"([^\"]*)\"|'([^']*)'|([^\s}]+))")
_ID = re.compile(r"(?:^|[\s:])#([^\s#}]+)")
_ODD_HEADING = re.compile(r"^(?:#{1,6}[^\s#]|[ \t>]+#{1,6}[ \t])", re.M)
_UNDERLINED = re.compile(r"(?:(?<=\n\n)|\A)(?![ \t]*[-|>:])[^\n]*\S[^\n]*\n(?:=+|-+)[ \t]*$", re.M)
_NESTED = re.compile(r"^(?:[ \t]*(?:>|[-*+][ \t]|\d+[.)][ \t])){11}|^(?: {4}|\t){11}[ \t]*\S", re.M)
_ADDRESS = re.compile(r"https?://[^\s<>()\"']+", re.I)
_IN_MARKUP = re.compile(r"\]\([^()\s]*$|<[a-zA-Z/][^<>]*$|\{[^{}]*$")


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
    """The front matter; empty where it has faults."""
    has_faulty_meta: bool
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


def scan(text: str, path: str) -> tuple[Scan, list[Issue]]:
    """Scan a page's whole text; faults are those of its front matter and of unclosed or forbidden braces."""
    meta, start, issues = _front_matter(text, path)
    has_faulty_meta = bool(issues)
    body = text[start:]
    offset = text[:start].count("\n")
    masked = mask(body)
    place = _places(masked, offset)
    calls = tuple(Span(text=m[0], start=m.start(), end=m.end(), **place(m.start())) for m in _CALL.finditer(masked))
    refs = tuple(
        Span(text=m[2], label=body[m.start(1) : m.end(1)], start=m.start(), end=m.end(), **place(m.start()))
        for m in _REF.finditer(masked)
    )
    issues += [*_forbidden(masked, calls, path, place), *_misplaced(masked, calls, path)]
    issues += [*_odd_headings(masked, path, place), *_beyond_reading(masked, path, place)]
    return Scan(
        meta=meta,
        has_faulty_meta=has_faulty_meta,
        body=body,
        masked=masked,
        line_offset=offset,
        headings=tuple(_headings(body, masked, place)),
        calls=calls,
        refs=refs,
        outline=tuple(_outline(masked, place)),
    ), issues


def _front_matter(text: str, path: str) -> tuple[dict[str, Any], int, list[Issue]]:
    match = _FRONT.match(text)
    if not match or not (match[1] or "").strip():
        return {}, match.end() if match else 0, []
    document, issues = parse_yaml("\n" + match[1], path)
    if document:
        issues += validate(PageFile, document)[1]
    sound = document and not issues and isinstance(document.value, dict)
    return document.value if document and sound else {}, match.end(), issues


def _places(text: str, offset: int) -> Place:
    starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def place(at: int) -> dict[str, int]:
        line = bisect_right(starts, at)
        return {"line": line + offset, "column": at - starts[line - 1] + 1}

    return place


def _headings(body: str, masked: str, place: Place) -> Iterator[Heading]:
    for match in _HEADING.finditer(masked):
        found = _ID.search(match[3] or "")
        text = body[match.start(2) : match.end(2)]
        yield Heading(level=len(match[1]), text=text, id=found[1] if found else None, line=place(match.start())["line"])


def _outline(masked: str, place: Place) -> Iterator[tuple[str, int]]:
    for match in _OUTLINE.finditer(masked):
        for id in (match[1] or match[2] or match[3] or "").split():
            yield id, place(match.start())["line"]


def _odd_headings(masked: str, path: str, place: Place) -> Iterator[Issue]:
    """Headings that Markdown sees and `_HEADING` does not: they could bear no id."""
    for match in (*_ODD_HEADING.finditer(masked), *_UNDERLINED.finditer(masked)):
        hint = "begin its line with '#', a blank and the words: ## Title { #title }"
        problem = "Markdown takes this line for a heading, and it can bear no id"
        yield Issue(path=path, problem=problem, hint=hint, **place(match.start()))


def _beyond_reading(masked: str, path: str, place: Place) -> Iterator[Issue]:
    """What would stop a build without a word about its place: nesting without end, addresses that are none."""
    if match := _NESTED.search(masked):
        yield Issue(path=path, problem="nested more than 10 deep", hint="write it flatter", **place(match.start()))
    for match in _ADDRESS.finditer(masked):
        try:
            urlsplit(match[0])
        except ValueError:
            problem = f"'{match[0][:60]}' is no address"
            yield Issue(path=path, problem=problem, hint="mend its host", **place(match.start()))


def _misplaced(masked: str, calls: tuple[Span, ...], path: str) -> Iterator[Issue]:
    """Calls inside an address or a tag, where their markup would break it."""
    for call in calls:
        before = masked[masked.rfind("\n", 0, call.start) + 1 : call.start]
        if _IN_MARKUP.search(before):
            problem = "a macro call stands inside an address or a tag"
            hint = "put it in the text; link to an entity as [text][id]"
            yield Issue(path=path, line=call.line, column=call.column, problem=problem, hint=hint)


def _forbidden(masked: str, calls: tuple[Span, ...], path: str, place: Place) -> Iterator[Issue]:
    """Statements, and braces that open and never close."""
    rest = list(masked)
    for call in calls:
        rest[call.start : call.end] = " " * (call.end - call.start)
    for match in re.finditer(r"\{%.*?(?:%\}|$)|\{\{[^\n]*", "".join(rest), re.M):
        statement = match[0].startswith("{%")
        problem = f"statement '{match[0][:40]}' is not allowed" if statement else f"'{match[0][:40]}' is no macro call"
        hint = 'pages call macros only: {{ fact("pytorch.license") }}; in running text put the braces in code'
        yield Issue(path=path, problem=problem, hint=hint, **place(match.start()))
