"""Rendered pages → search data: one classic script a language, whose blocks lead to a page and an anchor."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from . import model, pages
from .site import GLOSSARY, Page, Site
from .urls import Addresses

SKIPPED = (
    "nav, script, style, template, svg, button, [hidden], [aria-hidden=true], annotation, .headerlink, sup.src, "
    ".sources, .mentioned, .mentions, .definitions, .lead__label, .lead__meta, .related, .card, "
    ".entry__summary, .entry__judgement, .entry .brief, .finder, .finder__bar, .directory .table-wrap, "
    ".term-entry__aliases, .term-entry__related, .directory__meta, "
    ".facts thead, .lead ~ #facts, .lead ~ #related"
)
"""What is no text of its own: ways to other pages, marks, and what the page of an entity or term says again."""

_INLINE = re.compile(
    "a|abbr|b|bdi|cite|code|del|dfn|em|i|ins|kbd|mark|math|m[inso]|mrow|mtext|q|s|samp|semantics|small|span|"
    "strong|sub|sup|time|u|var"
)
_HEADINGS = frozenset(f"h{n}" for n in range(1, 7))
_BREAK = "\n"
_BREAKS = re.compile(r"[^\S\n]*\n\s*")
_ENDED = re.compile(r"[。．！？；：，、.!?;:,…—(（]$")


@dataclass(slots=True)
class Block:
    """The text under one heading, or of one row that has an address."""

    anchor: str = ""
    heading: str = ""
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, with a point between parts that do not end a sentence."""
        text = ""
        for part in _BREAKS.split(" ".join(re.split(r"[^\S\n]+", "".join(self.parts))).strip()):
            text += ("" if not text else " " if _ENDED.search(text) else " · ") + part
        return unicodedata.normalize("NFC", text)


def search_data(
    site: Site, addresses: Addresses, lang: model.Lang, texts: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    """What the search of a language knows: `pages` with their names and kinds, `blocks` with their text."""
    entries = [_page(site, addresses, page) for page in site.pages.values() if page.lang == lang]
    entries += [_term(addresses, term, lang) for term in site.guide.terms.values()]
    index = {entry["u"]: number for number, entry in enumerate(entries)}
    found: list[dict[str, Any]] = []
    for (language, src), html in texts.items():
        if language == lang:
            url = addresses.page(lang, src)
            found += (_entry(block, url, index, glossary=src == GLOSSARY) for block in blocks(html))
    kinds = {entry["k"]: _kind(site, entry["k"], lang) for entry in entries}
    return {"lang": lang, "kinds": kinds, "pages": entries, "blocks": found}


def script(data: Mapping[str, Any]) -> str:
    """The data as the script that hands it to the search."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'guideSearch.receive("{data["lang"]}", {text});\n'


def blocks(html: str) -> Iterator[Block]:
    """The blocks of a page's HTML that say something, in order."""
    tree = LexborHTMLParser(html)
    for node in tree.css(SKIPPED):
        node.decompose()
    walked = [Block()]
    if tree.body:
        _walk(tree.body, walked, walked[0])
    return (block for block in walked if block.text or block.heading)


def _walk(node: LexborNode, walked: list[Block], block: Block) -> Block:
    """Read a node's children into `block`; returns the block under way after them."""
    row: Block | None = None
    for child in node.iter(include_text=True):
        if child.is_text_node:
            block.parts.append((child.text_content or "").replace("\n", " "))
        elif (start := _start(child)) is not None:
            walked.append(start)
            if child.tag in _HEADINGS:
                block = start
            else:
                row = start
                _walk(child, walked, start)
        elif row and child.tag == "tr" and not child.css_first("th"):
            row.parts.append(_BREAK)
            _walk(child, walked, row)
        else:
            edge = "" if _INLINE.fullmatch(child.tag or "") else _BREAK
            block.parts.append(edge)
            block = _walk(child, walked, block)
            block.parts.append(edge)
    return block


def _start(node: LexborNode) -> Block | None:
    """A new block where a node begins one: a heading, a glossary entry, a table's row with an address."""
    id = node.attributes.get("id") or ""
    if node.tag in _HEADINGS:
        return Block(anchor="" if node.tag == "h1" else id, heading="" if node.tag == "h1" else _line(node))
    if node.tag == "section" and id:
        for heading in node.css("h2"):
            heading.decompose()
        return Block(anchor=id)
    head = node.css_first("th[id]") if node.tag == "tr" else None
    if head is None:
        return None
    block = Block(anchor=head.attributes["id"] or "", heading=_line(head))
    head.decompose()
    return block


def _line(node: LexborNode) -> str:
    return unicodedata.normalize("NFC", " ".join(node.text(deep=True).split()))


def _entry(block: Block, url: str, index: Mapping[str, int], *, glossary: bool) -> dict[str, Any]:
    page = index.get(f"{url}#{block.anchor}", index[url]) if glossary else index[url]
    fields = {"p": page, "a": block.anchor, "h": block.heading, "x": block.text}
    return {key: value for key, value in fields.items() if value != ""}


def _page(site: Site, addresses: Addresses, page: Page) -> dict[str, Any]:
    entity = site.guide.entities.get(page.entity or "")
    names = [entity.name.zh, entity.name.en, *entity.aliases] if entity else []
    names += [pages.title(site, other, page.src) for other in model.LANGUAGES]
    kind = entity.kind.id if entity else "page"
    return _named(addresses.page(page.lang, page.src), pages.title(site, page.lang, page.src), kind, names)


def _term(addresses: Addresses, term: model.Term, lang: model.Lang) -> dict[str, Any]:
    names = [term.name.zh, term.name.en, *term.aliases["zh"], *term.aliases["en"]]
    return _named(f"{addresses.page(lang, GLOSSARY)}#{term.id}", term.name[lang], "term", names)


def _named(url: str, title: str, kind: str, names: list[str]) -> dict[str, Any]:
    others = [name for name in dict.fromkeys(names) if name != title]
    return {"u": url, "t": title, "k": kind, **({"n": others} if others else {})}


def _kind(site: Site, kind: str, lang: model.Lang) -> str:
    if kind in site.guide.kinds:
        return site.guide.kinds[kind].plural[lang]
    label = site.guide.labels.get(f"search_kind_{kind}")
    return label[lang] if label else f"⟦search_kind_{kind}⟧"
