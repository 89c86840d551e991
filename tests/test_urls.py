"""Addresses: of each page in each language, and from page to page, online and from a disk."""

from __future__ import annotations

import pytest

from guide.links import Backlinks, relative_source
from guide.model import Lang
from guide.urls import Addresses

ONLINE, OFFLINE = Addresses(), Addresses(directory_urls=False)


@pytest.mark.parametrize(
    ("lang", "src", "online", "offline"),
    [
        ("zh", "index.md", "", "index.html"),
        ("en", "index.md", "en/", "en/index.html"),
        ("zh", "glossary.md", "glossary/", "glossary.html"),
        ("en", "choosing/index.md", "en/choosing/", "en/choosing/index.html"),
        ("zh", "directory/frameworks/pytorch.md", "directory/frameworks/pytorch/", "directory/frameworks/pytorch.html"),
    ],
)
def test_page(lang: Lang, src: str, online: str, offline: str) -> None:
    """Chinese stands at the root, English below en/; a page is a folder online and a file on a disk."""
    assert ONLINE.page(lang, src) == online
    assert OFFLINE.page(lang, src) == offline


@pytest.mark.parametrize(
    ("here", "there", "fragment", "found"),
    [
        ("", "", "", "./"),
        ("", "en/", "", "en/"),
        ("en/", "", "", "../"),
        ("glossary/", "", "", "../"),
        ("glossary/", "glossary/", "gpu-memory", "#gpu-memory"),
        ("choosing/", "glossary/", "gpu-memory", "../glossary/#gpu-memory"),
        ("en/directory/frameworks/pytorch/", "en/glossary/", "", "../../../glossary/"),
        ("choosing/", "api/v1/framework.csv", "", "../api/v1/framework.csv"),
        ("glossary/", "glossary/", "注意力", "#%E6%B3%A8%E6%84%8F%E5%8A%9B"),
        ("index.html", "en/index.html", "", "en/index.html"),
        ("en/index.html", "index.html", "", "../index.html"),
        ("choosing/index.html", "glossary.html", "gpu-memory", "../glossary.html#gpu-memory"),
        ("directory/frameworks/pytorch.html", "directory/frameworks/jax.html", "", "jax.html"),
    ],
)
def test_between(here: str, there: str, fragment: str, found: str) -> None:
    """Every address is relative, so that the site works below any path and from a disk."""
    assert Addresses.between(ONLINE, here, there, fragment) == found


@pytest.mark.parametrize(
    ("here", "there", "fragment", "found"),
    [
        ("index.md", "index.md", "", "index.md"),
        ("index.md", "index.md", "top", "#top"),
        ("index.md", "choosing/index.md", "", "choosing/index.md"),
        ("choosing/index.md", "glossary.md", "gpu-memory", "../glossary.md#gpu-memory"),
        ("directory/frameworks/pytorch.md", "directory/frameworks/jax.md", "", "jax.md"),
    ],
)
def test_between_sources(here: str, there: str, fragment: str, found: str) -> None:
    """Markdown links name sources, from the page on which they stand."""
    assert relative_source(here, there, fragment) == found


def test_backlinks() -> None:
    """Each page that mentions an id is named once, with its first heading, sorted; the id's own page is left out."""
    links = Backlinks()
    links.add("b.md", [("pytorch", "two"), ("pytorch", "three"), ("jax", "two")])
    links.add("a.md", [("pytorch", "")])
    links.add("pytorch.md", [("pytorch", "facts")])
    assert [(b.src, b.heading) for b in links.of("pytorch", besides="pytorch.md")] == [("a.md", ""), ("b.md", "two")]
    assert links.of("none") == ()
