"""Every built page is sound HTML that a screen reader can use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import html5lib
from html5lib.constants import E as MESSAGES
from selectolax.lexbor import LexborHTMLParser, LexborNode


def faults(raw: bytes) -> list[str]:
    """Each fault of form that a strict parser finds, with its place."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(raw, transport_encoding="utf-8")
    return [f"{line}:{column}: {MESSAGES[code] % data}" for (line, column), code, data in parser.errors]


def test_strict_parser_finds_faults():
    """The parser tells of what is not closed, closed twice or named twice."""
    page = "<!doctype html><html lang=en><head><title>x</title></head><body>{}</body></html>"
    assert faults(page.format("<p>text</p>").encode()) == []
    for broken in ("<p><div></div></p>", "<b><i>x</b></i>", "<a id=x id=y>x</a>", "<table><p>x</table>", "<div>"):
        assert faults(page.format(broken).encode()), broken


def test_pages_are_well_formed(pages: Mapping[str, bytes]):
    """No page breaks a rule of HTML's grammar; Material's own frame breaks none, so nothing is left out."""
    assert [f"{path}:{fault}" for path, raw in pages.items() for fault in faults(raw)] == []


def test_bundle_start_page_is_well_formed(bundle):
    """The bundle's own page is sound too."""
    assert faults((bundle.folder / "START.html").read_bytes()) == []


def test_pages_say_their_language(trees: Mapping[str, LexborHTMLParser]):
    """A page's `lang` is that of its folder."""
    wrong = [
        path
        for path, tree in trees.items()
        if tree.css_first("html").attributes.get("lang") != ("en" if path.startswith("en/") else "zh")
    ]
    assert wrong == []


def test_pages_have_one_first_heading(trees: Mapping[str, LexborHTMLParser]):
    """A page has one h1, with text; the title names it, and no two pages of a language have the same title."""
    titles: dict[str, str] = {}
    for path, tree in trees.items():
        headings = [node.text().strip() for node in tree.css("h1")]
        assert len(headings) == 1, (path, headings)
        assert headings[0], path
        title = tree.css_first("title").text().strip()
        assert path == "404.html" or titles.setdefault(title, path) == path, title


def test_pages_skip_no_level_of_headings(trees: Mapping[str, LexborHTMLParser]):
    """Headings of a page's text go down one level at a time, so that a screen reader's list of them is whole."""
    for path, tree in trees.items():
        levels = [int(node.tag[1]) for node in tree.css("article :is(h1, h2, h3, h4, h5, h6)")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


def test_pictures_have_a_text(trees: Mapping[str, LexborHTMLParser]):
    """An image has an alt text; a drawing in the text has a name or is hidden from screen readers."""
    for path, tree in trees.items():
        assert [n.html for n in tree.css("img:not([alt])")] == [], path
        assert [n.html[:120] for n in tree.css("article svg") if not (_is_named(n) or _is_hidden(n))] == [], path


def _is_named(drawing: LexborNode) -> bool:
    return bool(drawing.css_first("title")) or any(
        {"aria-label", "aria-labelledby"} & set(node.attributes) and node.attributes.get("role") in ("img", "figure")
        for node in _upwards(drawing)
    )


def _is_hidden(drawing: LexborNode) -> bool:
    return any(
        node.attributes.get("aria-hidden") == "true" or "hidden" in node.attributes or node.tag in ("a", "button")
        for node in _upwards(drawing)
    )


def _upwards(node: LexborNode | None) -> Iterator[LexborNode]:
    """An element and all around it."""
    while node is not None:
        yield node
        node = node.parent


def test_tables_have_headers(trees: Mapping[str, LexborHTMLParser]):
    """Every table of a page's text names its columns or rows."""
    for path, tree in trees.items():
        assert [n.html[:120] for n in tree.css("article table") if not n.css_first("th")] == [], path


def test_no_script_wraps_a_table(trees: Mapping[str, LexborHTMLParser]):
    """Material's script puts a table without class into a box when it runs: what is in sight then moves (0.92)."""
    assert [path for path, tree in trees.items() if tree.css("article table:not([class])")] == []
