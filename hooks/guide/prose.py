"""The prose lint: typography and empty phrases of each line, and figures that should be records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import model
from .issues import Issue
from .proofreading import check_text
from .scan import Scan

_MEASURES = (
    r"%|％|‰|万|亿|(?:thousand|million|billion|trillion)\b|[KMGTP]i?B(?:/s)?\b|[TPE]?FLOPS\b|[kMG]?W\b|kWh\b"
    r"|美元|欧元|英镑|日元|元(?!素|数据|宇宙|组|学习)|percent\b|per cent\b|dollars\b|yuan\b|USD\b|CNY\b|RMB\b|EUR\b"
    r"|GPU-hours?\b|(?:tokens?|parameters)\b|个?词元|个?参数"
)
_FIGURE = re.compile(
    rf"(?<![\w.#/-])(?:[$€£¥￥]\s?\d[\d,.]*|\d[\d,.]*(?:\s*[–～~-]\s*\d[\d,.]*)?\s*(?:{_MEASURES})|(?:USD|CNY|RMB|EUR)\s?\d[\d,.]*)"
)
_EXCEPTION = re.compile(r"<!--\s*number:\s*(\S.*?)\s*-->")
_NOT_PROSE = re.compile(r"\{\{.*?\}\}|\{[^{}\n]*\}|\]\([^)\n]*\)|<[^<>\n]+>|https?://\S+")


def lint(scanned: Scan, path: str, lang: model.Lang) -> Iterator[Issue]:
    """Faults of a page's running text; an exception stands beside its line as `<!-- number: reason -->`."""
    lines = scanned.body.split("\n")
    for number, masked in enumerate(scanned.masked.split("\n")):
        line = number + 1 + scanned.line_offset
        for column, problem, hint in check_text(masked, lang):
            yield Issue(path=path, line=line, column=column, problem=problem, hint=hint)
        if not _EXCEPTION.search(lines[number]):
            yield from _figures(masked, path, line)


def _figures(masked: str, path: str, line: int) -> Iterator[Issue]:
    prose = _NOT_PROSE.sub(lambda m: " " * len(m[0]), masked)
    for match in _FIGURE.finditer(prose):
        yield Issue(
            path=path,
            line=line,
            column=match.start() + 1,
            problem=f"the figure '{match[0].strip()}' stands in running text",
            hint="show a record or worked figure by macro, or give the reason on the line: <!-- number: … -->",
        )


def lint_text(text: str, lang: model.Lang, place: model.Place, field: str) -> Iterator[Issue]:
    """Faults of a text of data/."""
    for _, problem, hint in check_text(" ".join(text.split()), lang):
        yield Issue(path=place.path, line=place.line, column=place.column, field=field, problem=problem, hint=hint)
