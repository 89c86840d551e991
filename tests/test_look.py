"""The look: text that can be read in both schemes, styles that stay light, and a 404 page that knows its languages."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).resolve().parents[1]
CSS = ROOT / "overrides/assets/css"
STYLE = (CSS / "guide.css").read_text(encoding="utf-8")
SCHEMES = {"light": 0, "dark": 1, "print": 2}
AA = 4.5
TEXTS = ("ink", "ink-soft", "accent", "accent-2")
GROUNDS = ("paper", "paper-2", "accent-wash")


def luminance(color: str) -> float:
    """Relative luminance of WCAG 2, of '#1a1e22' or '#000'."""
    digits = color[1:] if len(color) == 7 else "".join(2 * c for c in color[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def color(name: str, scheme: str) -> float:
    """The luminance of a token in a scheme; print names only what differs from light."""
    values = re.findall(rf"--{name}: (#[0-9a-f]{{3,6}});", STYLE)
    return luminance(values[SCHEMES[scheme] if SCHEMES[scheme] < len(values) else 0])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read(text: str, ground: str, scheme: str):
    """Every text color has a contrast of 4.5 to every ground, on light and dark screens and on paper."""
    dark, light = sorted((color(text, scheme), color(ground, scheme)))
    assert (light + 0.05) / (dark + 0.05) >= AA


def test_styles_stay_light():
    """Our own styles add at most 12 kB, compressed, to Material's."""
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in CSS.glob("*.css")) <= 12_000


def test_404_speaks_both_languages(site: Path):
    """The page of errors says in each language what happened and leads home, from the site's root at any depth."""
    tree = LexborHTMLParser((site / "404.html").read_bytes())
    assert [node.attributes["lang"] for node in tree.css(".lost > section")] == ["zh", "en"]
    links = [node.attributes["href"] for node in tree.css(".lost a")]
    assert {"/", "/en/"} <= set(links)
    assert [link for link in links if not link.startswith("/")] == []
