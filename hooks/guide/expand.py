"""Macro calls of a page → placeholders in its Markdown and, after Markdown ran, their HTML in the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markupsafe import escape

from .issues import Issue
from .macros import BrokenId, CallError, Context, bind, parse
from .scan import Scan, Span

_MARK = re.compile("(<p>)?\ue000(\\d+)\ue001(</p>)?")
_CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.S)


@dataclass(slots=True)
class Expanded:
    """A page's Markdown with placeholders, what they stand for, and the faults of its calls."""

    markdown: str
    calls: list[Ran] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ran:
    """One call: its source, its HTML, the ids that it named."""

    source: str
    html: str
    named: tuple[str, ...]


def expand(scanned: Scan, page: Context) -> Expanded:
    """Run every call of a page; a faulty one leaves nothing and is told with its line and column."""
    result = Expanded(markdown="")
    parts, end = [], 0
    for span in scanned.calls:
        parts += [scanned.body[end : span.start], f"\ue000{len(result.calls)}\ue001"]
        end = span.end
        result.calls.append(_run(scanned.body[span.start : span.end], span, page, result.issues))
    result.markdown = "".join([*parts, scanned.body[end:]])
    return result


def _run(source: str, span: Span, page: Context, issues: list[Issue]) -> Ran:
    page.named.clear()
    html = ""
    try:
        macro, arguments = bind(parse(source))
        html = macro(page, **arguments)
    except BrokenId:
        pass
    except CallError as error:
        issues.append(Issue(path=page.origin, line=span.line, column=span.column, problem=str(error), hint=error.hint))
    return Ran(source, html, tuple(dict.fromkeys(page.named)))


def fill(html: str, expanded: Expanded) -> str:
    """A page's HTML with each placeholder replaced; one that ended up in code shows its source again."""

    def code(match: re.Match[str]) -> str:
        return _MARK.sub(lambda m: f"{m[1] or ''}{escape(expanded.calls[int(m[2])].source)}{m[3] or ''}", match[0])

    def call(match: re.Match[str]) -> str:
        text = expanded.calls[int(match[2])].html
        if match[1] and match[3] and _is_block(text):
            return text
        return f"{match[1] or ''}{text}{match[3] or ''}"

    if "\ue000" not in html:
        return html
    return _MARK.sub(call, _CODE.sub(code, html))


def _is_block(html: str) -> bool:
    return not re.match(r"<(a|span|sup|strong|em|code|abbr|time|b|i)\b|[^<]", html)
