"""Code in a page's Markdown: fenced, inline, indented, in raw HTML; and comments. None of it is text."""

from __future__ import annotations

import re

_CODE = re.compile(
    r"^(?P<in>[ \t>]*)(?P<f>`{3,}|~{3,})[^\n]*\n(?:.*?^[ \t>]*(?P=f)[`~]*[ \t]*$|.*\Z)"
    r"|(?<![`\\])(?P<t>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=t)(?!`)"
    r"|<!--.*?-->"
    r"|<(?P<tag>pre|code)\b[^<>]*>.*?</(?P=tag)>",
    re.S | re.M,
)
_DEEP = re.compile(r"^(?: {4}|\t)[ \t]*\S", re.M)
_OPENS = re.compile(r"(?:[-*+]|\d+[.)])\s|!!!|\?\?\?|===\s|:\s|\[\^[^\]]+\]:")


def mask(text: str) -> str:
    """Code and comments blanked out; length and line breaks stay."""
    masked = _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    return _without_indented(masked) if _DEEP.search(masked) else masked


def _without_indented(text: str) -> str:
    """Blank out lines that stand four blanks deeper than the text, list item or note to which they belong."""
    lines, base, after_blank, in_code = text.split("\n"), 0, True, False
    for number, line in enumerate(lines):
        if not line.strip():
            after_blank = True
            continue
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        in_code = indent >= base + 4 and (after_blank or in_code)
        if in_code:
            lines[number] = " " * len(line)
            continue
        if after_blank:
            base = min(base, indent // 4 * 4)
        if _OPENS.match(line.lstrip()):
            base = indent // 4 * 4 + 4
        after_blank = False
    return "\n".join(lines)
