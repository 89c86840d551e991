"""What the pages claim to cover of the outline stands in both built languages, with text behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from guide.check import covered
from guide.model import LANGUAGES
from guide.site import Site

SLICE = ("5.1", "6.4", "A")
"""Sections that are written in full."""

LEAST = 20
"""Characters below which a section says nothing."""


@pytest.fixture(scope="module")
def marked(trees: Mapping[str, LexborHTMLParser]) -> dict[str, dict[str, list[LexborNode]]]:
    """Language → outline id → what covers it."""
    found: dict[str, dict[str, list[LexborNode]]] = {lang: defaultdict(list) for lang in LANGUAGES}
    for path, tree in trees.items():
        for node in tree.css("article [data-outline]"):
            for id in (node.attributes["data-outline"] or "").split():
                found["en" if path.startswith("en/") else "zh"][id].append(node)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_marks_survive_the_build(marked, guide_site: Site, lang: str):
    """Every id that the sources claim stands in the built pages, and no other."""
    assert set(marked[lang]) == covered(guide_site, lang)
    assert set(marked[lang]) <= set(guide_site.guide.outline)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_written_sections_are_whole(marked, guide_site: Site, lang: str):
    """Each section that is written covers all of its outline, down to the points."""
    wanted = {id for id in guide_site.guide.outline if id in SLICE or id.startswith(tuple(f"{s}." for s in SLICE))}
    assert wanted - set(marked[lang]) - set(SLICE) == set()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_covered_says_something(marked, lang: str):
    """Behind each mark stands text: in the block itself, or under the heading up to the next of its level."""
    empty = [id for id, nodes in marked[lang].items() if all(len(_text(node)) < LEAST for node in nodes)]
    assert empty == []


def _text(node: LexborNode) -> str:
    if not (len(node.tag) == 2 and node.tag[0] == "h" and node.tag[1].isdigit()):
        return node.text().strip()
    texts, after = [], node.next
    while after is not None and not (after.tag[0] == "h" and after.tag[1:].isdigit() and after.tag <= node.tag):
        texts.append(after.text().strip())
        after = after.next
    return "".join(texts)
