"""Rendered pages become search data that holds every text once, under the anchor where it stands."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from guide.model import LANGUAGES
from guide.search import blocks, script, search_data
from guide.site import Site
from guide.urls import Addresses

CASES = sorted((Path(__file__).parent / "cases/search").glob("*.yml"))
LARGEST = 500_000


def data(site: Path, lang: str) -> dict[str, Any]:
    text = (site / f"search/{lang}.js").read_text(encoding="utf-8")
    head = f'guideSearch.receive("{lang}", '
    assert text.startswith(head)
    assert text.endswith(");\n")
    return json.loads(text.removeprefix(head).removesuffix(");\n"))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_blocks(path: Path) -> None:
    """A page's HTML is cut into blocks as its case says."""
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = [[b.anchor, b.heading, b.text] for b in blocks(case["html"])]
    assert found == case["blocks"]


def test_script_keeps_characters() -> None:
    """Text is stored as UTF-8: escapes would double the size of Chinese."""
    assert "显存" in script({"lang": "zh", "pages": [], "blocks": [{"p": 0, "x": "显存"}]})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_entity_and_term_can_be_named(guide_site: Site, lang: Any) -> None:
    """Each entity and term is found by its names in both languages and by its aliases."""
    pages = search_data(guide_site, Addresses(), lang, {})["pages"]
    named = {name for page in pages for name in (page["t"], *page.get("n", ()))}
    for entity in guide_site.guide.entities.values():
        assert {entity.name.zh, entity.name.en, *entity.aliases} <= named
    for term in guide_site.guide.terms.values():
        assert {term.name.zh, term.name.en, *term.aliases["zh"], *term.aliases["en"]} <= named


@pytest.mark.parametrize(
    ("directory_urls", "address"),
    [(True, "en/glossary/#gpu"), (False, "en/glossary.html#gpu")],
    ids=["online", "offline"],
)
def test_addresses(guide_site: Site, directory_urls: bool, address: str) -> None:
    """Addresses are folders online and files offline, from the site's root."""
    pages = search_data(guide_site, Addresses(directory_urls=directory_urls), "en", {})["pages"]
    assert address in {page["u"] for page in pages}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_built_data(site: Path, lang: str) -> None:
    """What a reader loads: at most 500 kB gzip, every block with text or a heading, every kind with a name."""
    found = data(site, lang)
    assert len(gzip.compress((site / f"search/{lang}.js").read_bytes(), 9)) <= LARGEST
    assert all(block.get("x") or block.get("h") or "a" not in block for block in found["blocks"])
    assert {page["k"] for page in found["pages"]} == set(found["kinds"])
    assert not [label for label in found["kinds"].values() if "⟦" in label]
