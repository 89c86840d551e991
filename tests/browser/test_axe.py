"""axe-core finds nothing wrong with a page of each template, in light and in dark, on a desk and on a phone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

VENDOR = Path(__file__).parents[1] / "vendor"
PAGES = (
    "",
    "en/choosing/frameworks/",
    "directory/frameworks/",
    "directory/accelerators/",
    "en/directory/companies/",
    "en/directory/investors/",
    "en/directory/frameworks/pytorch/",
    "glossary/",
    "no-such-page/",
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}}
ALLOWED = {
    "target-size": "marks of sources stand side by side in a line of text",
    "color-contrast": "reasons of assumptions, in small print on light paper: to be mended",
}
"""Rule → why a page may break it."""


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, as its manifest says it came."""
    (entry,) = yaml.safe_load((VENDOR / "manifest.yml").read_text(encoding="utf-8"))
    raw = (VENDOR / entry["file"]).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == entry["sha256"]
    assert (VENDOR / entry["license_file"]).is_file()
    return raw.decode()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("path", PAGES)
def test_no_violation(watch, elsewhere, serve, axe: str, path: str, scheme: str, width: int):
    """Names, roles, order, contrast: no rule of WCAG 2.2 AA or of good practice is broken."""
    page = watch(width=width, color_scheme=scheme).goto(serve(elsewhere, base="/guide/") + path)
    page.evaluate(axe)
    violations = page.evaluate("rules => axe.run(document, rules).then(found => found.violations)", RULES)
    told = [
        f"{v['id']} ({v['impact']}): {v['help']}: {len(v['nodes'])} × {node['html'][:160]} — {node['failureSummary']}"
        for v in violations
        if v["id"] not in ALLOWED
        for node in v["nodes"][:3]
    ]
    assert told == []
