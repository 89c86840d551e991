"""Marks and phrases that a line of prose should not have, each with its column and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import Lang
from .typography import FULL_WIDTH, HAN

Finding = tuple[int, str, str]
"""Column from 1, what was found, and what to do."""

FORBIDDEN: dict[Lang, tuple[str, ...]] = {
    "zh": ("在当今快速发展的", "赋能", "抓手", "值得注意的是", "总而言之", "不断发展", "至关重要"),
    "en": ("in today's rapidly evolving", "it is worth noting", "delve", "unlock", "game-changer"),
}
"""Phrases that would be true of any topic."""

_MASK = "\ufdd2"
_NOT_PROSE = re.compile(
    "|".join((
        r"(?P<t>`+)(?!`).+?(?<!`)(?P=t)(?!`)",
        r"\{\{.*?\}\}|\{%.*?%\}|<!--.*?-->",
        r"</?[a-zA-Z][^<>]*>|<(?:https?|mailto):[^<>]*>",
        r"\$\$.+?\$\$|(?<![\w$])\$(?=\S)[^$]*?(?<=\S)\$(?![\w$])|\\\(.+?\\\)",
        r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)",
        r"(?<=\])\[[^\[\]]*\]|\[\^[^\]]+\]:?|^\s*\[[^\]]+\]:\s.*$",
        r"(?:https?://|www\.)[^\s<>，。；、）]+",
        r"\{:?\s*[#.\w][^{}]*\}|:[a-z0-9_+-]+:",
        r"^\s*(?:\d+[.)]|[-*+])\s|^\s*(?:!!!|\?\?\?\+?|===!?|///)\s.*$|!(?=\[)",
    ))
)  # fmt: skip
_NO_TEXT = re.compile(r"[\s|:*_=+-]*\Z")
_MARKUP = "[*_~]*"
_HALF = re.compile(
    "|".join((
        rf"(?<=[{HAN}]){_MARKUP}(?P<after>[,;:?!]|\.(?![A-Za-z0-9]))",
        rf"(?P<before>[,;:?!.]){_MARKUP} ?{_MARKUP}(?=[{HAN}])",
        rf"(?<=[{HAN}]){_MARKUP} ?(?P<open>\()|(?P<opens>\(){_MARKUP}(?=[{HAN}])",
        rf"(?P<close>\)){_MARKUP} ?{_MARKUP}(?=[{HAN}])|(?<=[{HAN}]){_MARKUP}(?P<closes>\))",
        rf"(?<=[{HAN}]){_MARKUP}(?P<quote>[\"'])|(?P<quotes>[\"']){_MARKUP}(?=[{HAN}])",
    ))
)  # fmt: skip
_FULL_FOR = dict(zip(",.;:?!()", "，。；：？！（）", strict=True))
_HALF_FOR = {full: half for half, full in _FULL_FOR.items()} | {
    "、": ",",
    "【": "[",
    "】": "]",
    "《": "“",
    "》": "”",
    "\u3000": " ",
}
_FULL = re.compile(f"[{FULL_WIDTH}\uff01-\uff5e\u3000]")
_TITLE = re.compile("《[^《》]*》")
_DASHES = re.compile(r"(?<![-|:<!>=])-{2,}(?![->|:=])")
_HEADING_END = re.compile(rf"#{{1,6}}\s.*?([。．.，,、；;：:])[\s{_MASK}]*\Z")
_PHRASES: dict[Lang, re.Pattern[str]] = {
    "zh": re.compile("|".join(FORBIDDEN["zh"])),
    "en": re.compile(
        r"\b(?:in today['’]s rapidly[ -]evolving|it(?: is|['’]s) worth noting|delv(?:e|es|ed|ing)|unlock(?:s|ed|ing)?"
        r"|game[ -]chang(?:er|ers|ing))\b",
        re.IGNORECASE,
    ),
}


def check_text(text: str, lang: Lang) -> list[Finding]:
    """Look at one line of Markdown outside of fences and front matter.

    Args:
        text: The line; code, calls, math, tags, addresses and attributes in it are not looked at.
        lang: The page's language.

    Returns:
        Findings as (column, problem, hint), by column.
    """
    if not text or _NO_TEXT.match(text):
        return []
    prose = _NOT_PROSE.sub(lambda found: _MASK * len(found[0]), text)
    marks = _half_width(prose) if lang == "zh" else _full_width(prose)
    return sorted({*marks, *_dashes(prose, lang), *_phrases(prose, lang)})


def _half_width(prose: str) -> Iterator[Finding]:
    """Half-width marks beside Han, and marks at the end of a heading."""
    for found in _HALF.finditer(prose):
        name = found.lastgroup or ""
        mark = found[name]
        hint = f"write '{_FULL_FOR[mark]}'" if mark in _FULL_FOR else "write “ or ”"
        yield found.start(name) + 1, f"half-width '{mark}' beside Han", hint
    if ended := _HEADING_END.match(prose):
        yield ended.start(1) + 1, f"'{ended[1]}' at the end of a heading", "delete it"


def _full_width(prose: str) -> Iterator[Finding]:
    """Full-width marks in English, other than in a Chinese name or title."""
    if not _FULL.search(prose):
        return
    titles = [found.span() for found in _TITLE.finditer(prose) if re.search(f"[{HAN}]", found[0])]
    for found in _FULL.finditer(prose):
        at, mark = found.start(), found[0]
        is_title = any(start <= at < end for start, end in titles)
        if not is_title and not re.search(f"[{HAN}].[{HAN}]", prose[max(0, at - 1) : at + 2]):
            half = _HALF_FOR.get(mark) or (chr(ord(mark) - 0xFEE0) if "！" <= mark <= "～" else "[")
            yield at + 1, f"full-width '{mark}' in English", f"write '{half}'"


def _dashes(prose: str, lang: Lang) -> Iterator[Finding]:
    hint = {"zh": "write '——'", "en": "write '—' without blanks"}[lang]
    for found in _DASHES.finditer(prose):
        yield found.start() + 1, f"'{found[0]}' for a dash", f"{hint}, or set it as code"


def _phrases(prose: str, lang: Lang) -> Iterator[Finding]:
    titles = _TITLE.sub(lambda found: _MASK * len(found[0]), prose)
    for found in _PHRASES[lang].finditer(titles):
        yield found.start() + 1, f"empty phrase '{found[0]}'", "say what is so, or delete it"
