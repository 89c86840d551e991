"""What the tests of the built site share: its pages, read once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from builds import bundle, elsewhere

__all__ = ["bundle", "elsewhere"]


@pytest.fixture(scope="session")
def pages(site: Path) -> Mapping[str, bytes]:
    """File of each page, from the site's root → what it says."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*.html"))}


@pytest.fixture(scope="session")
def trees(pages: Mapping[str, bytes]) -> Mapping[str, LexborHTMLParser]:
    """File of each page → its tree."""
    return {path: LexborHTMLParser(raw) for path, raw in pages.items()}
