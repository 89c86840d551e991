"""Which attributes of HTML and SVG hold addresses, and what a browser does with each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import IntEnum, auto

from guide.sitecheck import css

Attributes = Mapping[str, str | None]


class Role(IntEnum):
    """What an address is for."""

    LINK = auto()
    """The reader may follow it: it may lead anywhere."""
    OWN = auto()
    """The browser asks for it, or is sent to it, by itself: it must be the site's own."""
    IMAGE = auto()
    """Like OWN, and the bytes may stand in the address itself."""
    REFRESH = auto()
    """Where a redirect leads: like OWN."""
    CANONICAL = auto()
    """The page's own address."""
    ALTERNATE = auto()
    """The same page in a language, for machines."""
    SWITCHER = auto()
    """The same page in a language, for readers."""


SINGLE = frozenset(
    ("href", "xlink:href", "src", "data-src", "poster", "action", "formaction", "background", "cite", "longdesc")
)
"""Attributes that hold one address."""

LISTS = frozenset(("srcset", "data-srcset", "imagesrcset"))
"""Attributes that hold several, each with a size."""

_INERT = """
    class d viewBox xmlns title type rel target hreflang lang dir for hidden tabindex autocomplete checked value role
    alt aria-label aria-hidden aria-labelledby data-md-component data-md-level data-md-toggle data-outline
    colspan scope width height
"""
INERT = frozenset(_INERT.split())
"""Common attributes that never hold an address; the check would find none in them, only slower."""

_LINKS = frozenset(("a", "area"))
_OWN = frozenset(("script", "iframe", "embed", "object"))
_ASKING = frozenset(
    ("stylesheet", "manifest", "preload", "modulepreload", "prefetch", "prerender", "preconnect", "dns-prefetch")
)
_ICONS = frozenset(("icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"))
_CANDIDATE = re.compile(r"\s*(data:[^\s]+|[^\s,]\S*[^\s,]|[^\s,])(?:\s+[^\s,]+)?\s*(?:,|$)")
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,\s]\s*(?:url\s*=)?\s*[\"']?([^\"']*)", re.IGNORECASE)


def role(tag: str, name: str, attributes: Attributes) -> Role:
    """What the address in this attribute of this element is for."""
    if tag == "a" and name == "href" and "md-select__link" in (attributes.get("class") or ""):
        return Role.SWITCHER
    if name in {"action", "formaction", "ping"}:
        return Role.OWN
    if tag in _LINKS or name in {"cite", "longdesc"}:
        return Role.LINK
    if tag == "link":
        return _link_role(attributes)
    return Role.OWN if tag in _OWN else Role.IMAGE


def _link_role(attributes: Attributes) -> Role:
    words = set((attributes.get("rel") or "").lower().split())
    if words & _ASKING:
        return Role.OWN
    if words & _ICONS:
        return Role.IMAGE
    if "canonical" in words:
        return Role.CANONICAL
    return Role.ALTERNATE if "alternate" in words and "hreflang" in attributes else Role.LINK


def values(tag: str, name: str, value: str) -> Iterator[str]:
    """Yield the addresses in an attribute's value; none where it holds none."""
    if name in SINGLE or (tag, name) == ("object", "data"):
        yield value
    elif name == "ping":
        yield from value.split()
    elif name in LISTS:
        yield from (found[1] for found in _CANDIDATE.finditer(value))
    elif name == "style" or "url(" in value:
        yield from css.addresses(value)


def refresh(attributes: Attributes) -> str | None:
    """Where a `meta` element sends the reader, or None."""
    if (attributes.get("http-equiv") or "").lower() != "refresh":
        return None
    found = _REFRESH.match(attributes.get("content") or "")
    return found[1].strip() if found else None
