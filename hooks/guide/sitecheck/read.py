"""One built page, read once: the addresses it names, and what the checks ask of its markup."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from guide.sitecheck import css, markup
from guide.sitecheck.markup import Attributes, Role

_DATA_SCRIPTS = frozenset(("application/json", "application/ld+json"))
_SCRIPT_FILES = ("src", "href", "xlink:href")
_NAMING = ("aria-label", "aria-labelledby", "title")
_LINE_NUMBER = "__codelineno"


class Address(NamedTuple):
    """An address as a page names it."""

    role: Role
    where: str
    """Element and attribute, as `a[href]`."""
    value: str
    """The address as it stands."""
    in_article: bool
    """Whether it stands in the text, not in the frame that the theme puts around it."""
    is_way: bool = False
    """Whether it is a way to walk: a link in the text or in a navigation."""
    code: str = ""
    """Its `hreflang`."""


class Spot(NamedTuple):
    """A place in a page."""

    where: str
    """Element and attribute, as `img[onerror]`."""
    value: str
    """What stands there."""
    in_article: bool
    """Whether it stands in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the checks need to know of one file of HTML or SVG."""

    path: str
    """File, from the root of the site."""
    lang: str
    """Language that the page says it has."""
    count: int
    """Addresses, each as often as it stands."""
    addresses: tuple[Address, ...]
    """Addresses, each once."""
    ids: tuple[Spot, ...]
    """Every id, as often as it stands."""
    anchors: frozenset[str]
    """What a fragment may name."""
    headings: int
    """Headings of the first level."""
    nameless: tuple[Spot, ...]
    """Links that say nothing."""
    wordless: tuple[Spot, ...]
    """Images without a text alternative."""
    active: tuple[Spot, ...]
    """Markup that acts, or changes how all addresses are read, where text alone should stand."""
    modules: tuple[Spot, ...]
    """Scripts that a browser does not load from a disk."""


def read_page(path: str, raw: bytes) -> Page:
    """Parse a file and collect what the checks ask for."""
    tree = LexborHTMLParser(raw)
    reader = _Reader(_inside(tree.css("article")), _inside(tree.css("nav")))
    if tree.root is not None:
        for node in tree.root.traverse():
            reader.take(node)
    return reader.page(path)


def _inside(nodes: Iterable[LexborNode]) -> set[int]:
    return {inner.mem_id for node in nodes for inner in node.traverse()}


class _Reader:
    """Collects, element by element in the order of the document."""

    def __init__(self, article: set[int], nav: set[int]) -> None:
        self._article, self._nav = article, nav
        self._addresses: dict[Address, None] = {}
        self._anchors: set[str] = set()
        self._spots: defaultdict[str, list[Spot]] = defaultdict(list)
        self._count = self._headings = 0
        self._lang = ""

    def take(self, node: LexborNode) -> None:
        """Note what one element holds."""
        tag, attributes = node.tag or "", node.attributes
        for name, value in attributes.items():
            if name not in markup.INERT:
                self._take_attribute(node, tag, name, value or "", attributes)
        if special := _SPECIAL.get(tag):
            special(self, node, attributes)

    def page(self, path: str) -> Page:
        """What was collected."""
        return Page(
            path=path,
            lang=self._lang,
            count=self._count,
            addresses=tuple(self._addresses),
            anchors=frozenset(self._anchors),
            headings=self._headings,
            ids=tuple(self._spots["ids"]),
            nameless=tuple(self._spots["nameless"]),
            wordless=tuple(self._spots["wordless"]),
            active=tuple(self._spots["active"]),
            modules=tuple(self._spots["modules"]),
        )

    def _take_attribute(self, node: LexborNode, tag: str, name: str, value: str, attributes: Attributes) -> None:
        if name == "id":
            self._note("ids", node, f"{tag}[id]", value)
            self._anchors.add(value)
        elif name.startswith("on") or name == "srcdoc":
            self._note("active", node, f"{tag}[{name}]", value)
        elif tag != "base":
            for address in markup.values(tag, name, value):
                self._take_address(node, f"{tag}[{name}]", address, markup.role(tag, name, attributes), attributes)

    def _take_address(self, node: LexborNode, where: str, value: str, role: Role, attributes: Attributes) -> None:
        self._count += 1
        in_article = node.mem_id in self._article
        is_way = role is Role.LINK and (in_article or node.mem_id in self._nav) and "hreflang" not in attributes
        self._addresses[Address(role, where, value, in_article, is_way, attributes.get("hreflang") or "")] = None

    def _note(self, kind: str, node: LexborNode, where: str, value: str) -> None:
        self._spots[kind].append(Spot(where, value, node.mem_id in self._article))

    def _take_html(self, node: LexborNode, attributes: Attributes) -> None:
        self._lang = attributes.get("lang") or ""

    def _take_heading(self, node: LexborNode, attributes: Attributes) -> None:
        self._headings += 1

    def _take_link(self, node: LexborNode, attributes: Attributes) -> None:
        if name := attributes.get("name"):
            self._anchors.add(name)
        href = attributes.get("href")
        if href is not None and not _has_name(node, attributes) and _LINE_NUMBER not in href:
            self._note("nameless", node, "a[href]", href)

    def _take_image(self, node: LexborNode, attributes: Attributes) -> None:
        if "alt" not in attributes:
            self._note("wordless", node, "img[alt]", attributes.get("src") or "")

    def _take_script(self, node: LexborNode, attributes: Attributes) -> None:
        kind = (attributes.get("type") or "").lower()
        if kind == "module":
            self._note("modules", node, "script[type]", attributes.get("src") or "module")
        is_inline = attributes.keys().isdisjoint(_SCRIPT_FILES) and kind not in _DATA_SCRIPTS
        if is_inline and node.mem_id in self._article:
            self._note("active", node, "script", node.text()[:40])

    def _take_style(self, node: LexborNode, attributes: Attributes) -> None:
        for address in css.addresses(node.text()):
            self._take_address(node, "style", address, Role.IMAGE, attributes)

    def _take_meta(self, node: LexborNode, attributes: Attributes) -> None:
        target = markup.refresh(attributes)
        if target is not None:
            self._take_address(node, "meta[http-equiv=refresh]", target, Role.REFRESH, attributes)

    def _take_base(self, node: LexborNode, attributes: Attributes) -> None:
        self._note("active", node, "base[href]", attributes.get("href") or "")


def _has_name(node: LexborNode, attributes: Attributes) -> bool:
    if node.text().strip() or any((attributes.get(name) or "").strip() for name in _NAMING):
        return True
    inner = (inner.attributes for inner in node.traverse())
    return any((found.get("alt") or found.get("aria-label") or "").strip() for found in inner)


_SPECIAL = {
    "html": _Reader._take_html,
    "h1": _Reader._take_heading,
    "a": _Reader._take_link,
    "img": _Reader._take_image,
    "script": _Reader._take_script,
    "style": _Reader._take_style,
    "meta": _Reader._take_meta,
    "base": _Reader._take_base,
}
