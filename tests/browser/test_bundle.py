"""The offline bundle, driven over file:// as a reader does it after a double click."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

PAGES = (
    "index.html",
    "en/index.html",
    "choosing/frameworks.html",
    "en/directory/frameworks.html",
    "directory/frameworks/pytorch.html",
    "en/glossary.html",
)
QUIET = 300


@pytest.fixture
def disk(watch, bundle):
    """A watched page with the bundle in a folder of its own; at the end nothing has left it, failed or complained."""
    watched = watch()
    yield watched
    inside = bundle.folder.as_uri() + "/"
    assert [address for address in watched.requests if not address.startswith((inside, "data:"))] == []
    assert watched.failures == []
    assert watched.errors == []


@pytest.mark.parametrize("path", PAGES)
def test_pages_open(disk, offline: str, path: str):
    """Pages open with their styles and scripts, and ask for nothing beside."""
    page = disk.goto(offline + path)
    page.wait_for_timeout(QUIET)
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    assert page.evaluate("document.documentElement.classList.contains('js')")


def test_walk_from_the_start_page(disk, bundle):
    """From START.html to the English home, by the navigation to a chapter, by its table to an entity and back up."""
    page = disk.goto((bundle.folder / "START.html").as_uri())
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/guide/en/index.html")
    page.locator("nav a[href$='choosing/index.html']").first.click()
    assert page.url.endswith("/guide/en/choosing/index.html")
    page.locator("a[href$='frameworks.html']").first.click()
    assert page.url.endswith("/guide/en/choosing/frameworks.html")
    page.locator("article a[href*='directory/frameworks/']").first.click()
    assert "/guide/en/directory/frameworks/" in page.url
    page.locator(".breadcrumbs a").last.click()
    assert page.url.endswith("/guide/en/directory/frameworks.html")
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_language_switch(watch, offline: str, width: int):
    """The switch leads to the same page in the other language, and back."""
    page = watch(width=width).goto(offline + "directory/frameworks/pytorch.html")
    page.locator("header a[hreflang=en]").first.click()
    assert page.url == offline + "en/directory/frameworks/pytorch.html"
    page.locator("header a[hreflang=zh]").first.click()
    assert page.url == offline + "directory/frameworks/pytorch.html"


@pytest.mark.parametrize(
    ("path", "query", "target"),
    [("index.html", "飞桨", "directory/frameworks/paddlepaddle"), ("en/glossary.html", "paddlepaddle", "paddlepaddle")],
)
def test_search(disk, offline: str, path: str, query: str, target: str):
    """The search opens by key, finds in the page's language, and its first result leads to the page."""
    page = disk.goto(offline + path)
    page.keyboard.press("/")
    page.keyboard.type(query)
    result = page.locator("#search-dialog ol a").first
    result.wait_for()
    result.click()
    assert target in page.url
    assert page.url.startswith(offline + ("en/" if path.startswith("en/") else ""))


def test_tables_are_whole(disk, offline: str, guide_site):
    """The directory shows every entity of its kind, in sight, each with a link to its page."""
    page = disk.goto(offline + "directory/frameworks.html")
    links = page.locator("article a[href*='frameworks/']").filter(visible=True)
    targets = {href.rpartition("/")[2].removesuffix(".html") for href in links.evaluate_all("l => l.map(a => a.href)")}
    assert targets >= {e.id for e in guide_site.guide.entities.values() if e.kind.id == "framework"}
    for table in page.locator("article table").filter(visible=True).all():
        assert min(table.locator("tr").evaluate_all("rows => rows.map(row => row.offsetHeight)")) > 0


def test_data_files_open(disk, offline: str):
    """The open data lies beside the pages and opens in the browser."""
    page = disk.goto(offline + "api/v1/framework.json")
    assert '"pytorch"' in page.content()


def test_start_page_alone_tells_what_to_do(watch, bundle, tmp_path: Path):
    """Opened inside the zip, where only START.html is unpacked, the page says to unpack the rest."""
    shutil.copy(bundle.folder / "START.html", tmp_path)
    page = watch().goto((tmp_path / "START.html").as_uri())
    assert page.get_by_text("解压").is_visible()
    assert page.get_by_text("Unpack").is_visible()
