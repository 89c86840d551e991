"""Pages stay light: what a reader's phone fetches has a limit, compressed as a server sends it."""

from __future__ import annotations

import gzip
import posixpath
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from guide.model import LANGUAGES
from guide.site import Site

KB = 1000
PAGE, DIRECTORY, SCRIPTS, STYLES, SEARCH = 30 * KB, 120 * KB, 55 * KB, 35 * KB, 500 * KB


def weight(raw: bytes) -> int:
    """Bytes on the wire."""
    return len(gzip.compress(raw, compresslevel=9, mtime=0))


def over(weights: Mapping[str, int], limit: int) -> dict[str, int]:
    """What is too heavy."""
    return {name: size for name, size in weights.items() if size > limit}


def test_pages_are_light(pages: Mapping[str, bytes], guide_site: Site):
    """A page has at most 30 kB; a whole directory, and the glossary as one, 120 kB."""
    whole = {"glossary", *(f"directory/{kind.segment}" for kind in guide_site.guide.kinds.values())}
    is_whole = {path: path.removeprefix("en/").removesuffix("/index.html") in whole for path in pages}
    assert is_whole["en/glossary/index.html"]
    assert is_whole["directory/frameworks/index.html"]
    assert over({path: weight(raw) for path, raw in pages.items() if not is_whole[path]}, PAGE) == {}
    assert over({path: weight(raw) for path, raw in pages.items() if is_whole[path]}, DIRECTORY) == {}


@pytest.mark.parametrize(
    ("selector", "attribute", "limit"),
    [("script[src]", "src", SCRIPTS), ("link[rel=stylesheet]", "href", STYLES)],
    ids=["scripts", "styles"],
)
def test_assets_are_light(site: Path, trees: Mapping[str, LexborHTMLParser], selector: str, attribute: str, limit: int):
    """All scripts of a page together have at most 55 kB, all styles 35 kB."""
    weights: dict[str, int] = {}

    def total(path: str, addresses: Iterable[str]) -> int:
        names = {posixpath.normpath(posixpath.join(posixpath.dirname("/" + path), a)) for a in addresses}
        for name in names - weights.keys():
            weights[name] = weight((site / name[1:]).read_bytes())
        return sum(weights[name] for name in names)

    totals = {path: total(path, [n.attributes[attribute] for n in tree.css(selector)]) for path, tree in trees.items()}
    assert min(totals.values()) > 0
    assert over(totals, limit) == {}, weights


def test_nothing_lies_about(site: Path, trees: Mapping[str, LexborHTMLParser]):
    """Every script and style sheet is asked for by a page; the search data is by the search."""
    nodes = [node for tree in trees.values() for node in tree.css("script[src], link[rel=stylesheet]")]
    asked = {posixpath.basename(n.attributes.get("src") or n.attributes.get("href")) for n in nodes}
    files = [path for path in site.rglob("*") if path.suffix in (".js", ".css", ".map")]
    assert [path.name for path in files if path.name not in asked and path.parent.name != "search"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_search_data_is_light(site: Path, lang: str):
    """What the search loads for a language has at most 500 kB."""
    assert 0 < weight((site / f"search/{lang}.js").read_bytes()) <= SEARCH
