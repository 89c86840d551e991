"""What keeps untrusted text text: each page's content security policy, and what may not be published at all."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

PUBLISHED = frozenset((".avif", ".csv", ".gif", ".jpeg", ".jpg", ".json", ".pdf", ".png", ".svg", ".txt", ".webp"))
"""Sorts of file that docs/ may hold beside pages: no browser runs what stands in them, once a drawing has no script."""

_DATA = frozenset(("application/json", "application/ld+json"))
_SCRIPT = re.compile(rb"<(?:[\w-]+:)?script\b", re.I)
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(?P<text>.*?)</script>", re.S | re.I)
_CHARSET = re.compile(r"(<meta charset=[\"']?utf-8[\"']?\s*/?>)", re.I)
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.S)


def policy(html: str, *, offline: bool) -> str:
    """The policy of a finished page.

    Offline, `file:` is named beside 'self', which Firefox takes to match nothing on a page from the disk.
    """
    own = "'self' file:" if offline else "'self'"
    rules = {
        "default-src": own,
        "script-src": " ".join([own, *_hashes(html)]),
        "style-src": f"{own} 'unsafe-inline'",
        "img-src": f"{own} data:",
        "object-src": "'none'",
        "frame-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def secured(html: str, *, offline: bool) -> str:
    """The page with its policy as the first thing after its character set."""
    content = escape(policy(html, offline=offline), quote=False)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    return _CHARSET.sub(lambda m: m[1] + meta, html, count=1)


def strange_scripts(html: str) -> Iterator[str]:
    """The inline scripts of a finished page that the theme did not write."""
    for node in LexborHTMLParser(html).css("script:not([src])"):
        is_data = (node.attributes.get("type") or "").lower() in _DATA
        if not (is_data or _is_known(node.text())):
            yield node.text()


def file_fault(file: Path) -> str:
    """Why a file of docs/ may not be published as it is; empty where it may."""
    suffix = file.suffix.lower()
    if suffix not in PUBLISHED:
        return f"docs/ publishes pages, pictures and data, not files of the sort '{suffix}'"
    if suffix == ".svg" and _SCRIPT.search(file.read_bytes()):
        return "the drawing holds a script"
    return ""


def _hashes(html: str) -> dict[str, None]:
    texts = (m["text"].replace("\r\n", "\n") for m in _INLINE.finditer(html))
    return dict.fromkeys(_hash(text) for text in texts if _is_known(text))


def _is_known(text: str) -> bool:
    return any(known.fullmatch(text) for known in _known())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _known() -> tuple[re.Pattern[str], ...]:
    """The theme's own inline scripts; a script that any other text brought into a page gets no hash, so never runs."""
    theme = find_spec("material")
    folders = [Path(p, "templates") for p in (theme and theme.submodule_search_locations) or ()]
    sources = [f.read_text("utf-8") for folder in folders for f in sorted(folder.glob("partials/javascripts/*.html"))]
    return tuple(_pattern(m["text"]) for source in sources for m in _INLINE.finditer(source))


def _pattern(script: str) -> re.Pattern[str]:
    """A template's script with an address where the template sets one."""
    return re.compile(r"""[^"'<>\\\s]*""".join(re.escape(part) for part in _EXPRESSION.split(script)))
