"""A name is text: HTML, Markdown, macros and links in it show as they are written, wherever it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from guide.release import build_checked
from sample import Case, make_sample

NAME = "<b>A</b> **b** _c_ {{ x }} [d][beta] `e` & #f | ~g~ {% h %} $i$ \\j ![k](l)"
PAGES = ("directory/frameworks/alpha/", "directory/frameworks/beta/", "directory/frameworks/", "choosing/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with that name in both languages, built."""
    root = make_sample(tmp_path_factory.mktemp("project"), whole=True)
    name = json.dumps(NAME)
    change = {
        "data/entities/framework/alpha.yml": [
            ["name: {zh: 阿尔法, en: Alpha}", f"name: {{zh: {name}, en: {name}}}"],
            ["title: README.md (alpha/alpha)", f"title: {name}"],
        ]
    }
    Case(about="", values={"change": change}).apply(root)
    build_checked(root, root / "mkdocs.yml", root / "site")
    return root / "site"


def tree(site: Path, address: str) -> LexborHTMLParser:
    """A page of the site."""
    return LexborHTMLParser((site / address / "index.html").read_bytes())


@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_page_has_its_name_as_title(folder: str, site: Path) -> None:
    """The heading and the window's title are the name, character for character."""
    page = tree(site, folder + PAGES[0])
    for anchor in page.css("h1 .headerlink"):
        anchor.decompose()
    (heading,) = page.css("h1")
    assert heading.text().strip() == NAME
    (title,) = page.css("title")
    assert title.text().startswith(NAME)


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize("address", PAGES[1:])
def test_links_show_the_name(address: str, folder: str, site: Path) -> None:
    """Relations, the directory and links by id show the name as text."""
    page = tree(site, folder + address)
    found = [a for a in page.css("article a") if (a.attributes.get("href") or "").endswith("alpha/")]
    assert NAME in [a.text().strip() for a in found]


@pytest.mark.parametrize("folder", ["", "en/"])
@pytest.mark.parametrize("address", PAGES)
def test_nothing_of_it_becomes_markup(address: str, folder: str, site: Path) -> None:
    """No bold, italic, code, picture or link is made of what a name or title says."""
    page = tree(site, folder + address)
    made = page.css("article b, article em, article img, a[href*='/beta/'] b")
    assert [n.html for n in made] == []
    assert [n.html for n in page.css("article code, article strong") if n.text() in ("e", "b")] == []
    assert [n.html for n in page.css("article a") if n.text() == "d"] == []


def test_titles_of_sources_are_text_as_well(site: Path) -> None:
    """A source's title stands at the foot of the page as it is written."""
    page = tree(site, PAGES[0])
    assert NAME in [a.text() for a in page.css(".sources a")]
