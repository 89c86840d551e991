"""The site works wherever it is put: SITE_URL and REPO_URL, under a subpath, without either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from builds import REPO_URL, SITE_URL
from guide.site import Site

EDIT = f"{REPO_URL}/edit/main/"


def trees_of(folder: Path) -> Iterator[tuple[str, LexborHTMLParser]]:
    """(file, tree) of every page of the guide."""
    for path in sorted(folder.rglob("*.html")):
        if path.name != "404.html":
            yield path.relative_to(folder).as_posix(), LexborHTMLParser(path.read_bytes())


def edit_links(tree: LexborHTMLParser) -> list[str]:
    """Addresses that lead to the repository's editor."""
    return [n.attributes["href"] for n in tree.css("a[href*='/edit/']") if n.attributes["href"].startswith(EDIT)]


def test_canonical_follows_site_url(elsewhere: Path):
    """Each page's own address begins with SITE_URL, with or without a slash at its end, and ends as its file does."""
    for path, tree in trees_of(elsewhere):
        links = [n.attributes["href"] for n in tree.css("link[rel=canonical]")]
        assert links == [SITE_URL + path.removesuffix("index.html")]


def test_only_machines_read_absolute_addresses(elsewhere: Path):
    """What a reader follows inside the site is relative, so the same pages work at every address."""
    for path, tree in trees_of(elsewhere):
        absolute = [n.attributes["href"] for n in tree.css("a[href]") if n.attributes["href"].startswith(SITE_URL)]
        rooted = [n.attributes["href"] for n in tree.css("a[href^='/']")]
        assert absolute + rooted == [], path


def test_error_page_begins_at_the_subpath(elsewhere: Path):
    """404.html is shown at every address, so all it names begins at the path of SITE_URL."""
    tree = LexborHTMLParser((elsewhere / "404.html").read_bytes())
    nodes = tree.css("head link, script[src], body a")
    own = [n.attributes for n in nodes if "noopener" not in (n.attributes.get("rel") or "")]
    names = [attributes.get("href") or attributes.get("src") for attributes in own]
    assert names
    assert [name for name in names if not name.startswith(("/guide/", SITE_URL, "#"))] == []


def test_sitemap_lists_every_page(elsewhere: Path):
    """The site map holds each page's address once, and nothing else."""
    found = LexborHTMLParser((elsewhere / "sitemap.xml").read_bytes()).css("loc")
    pages = [SITE_URL + path.removesuffix("index.html") for path, _ in trees_of(elsewhere)]
    assert sorted(node.text() for node in found) == sorted(pages)


def test_pages_lead_to_their_source(elsewhere: Path, guide_site: Site, root: Path):
    """With REPO_URL each page has one edit link, to the Markdown or data file that it is made of."""
    origins = {_file(page.lang, page.src): page.origin for page in guide_site.pages.values()}
    found = {path: edit_links(tree) for path, tree in trees_of(elsewhere)}
    assert found == {path: [EDIT + origin] for path, origin in origins.items()}
    assert all((root / origin).is_file() for origin in origins.values())


def test_no_edit_link_without_repository(trees: Mapping[str, LexborHTMLParser]):
    """Without REPO_URL no page claims that it can be edited."""
    assert [path for path, tree in trees.items() if tree.css("a[href*='/edit/main/']")] == []


def _file(lang: str, src: str) -> str:
    stem = src.removesuffix(".md")
    folder = stem.removesuffix("index") if f"/{stem}".endswith("/index") else f"{stem}/"
    return ("en/" if lang == "en" else "") + folder + "index.html"
