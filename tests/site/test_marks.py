"""Glossary marks on the real pages: every context is printed (pytest -s); none cuts a word or stands where none may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from guide.terms import segment

SKIPPED = ("h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "th", "summary", "button")


def marks(trees: Mapping[str, LexborHTMLParser]) -> Iterator[tuple[str, LexborNode]]:
    for path, tree in trees.items():
        for node in tree.css("article a.term"):
            yield path, node


def around(node: LexborNode, width: int = 14) -> tuple[str, str, str]:
    """The text before a mark, the mark, and the text behind it, within its block."""
    block = node.parent
    while block is not None and block.tag in ("strong", "em", "span", "a"):
        block = block.parent
    assert block is not None
    before, marked, after = "", node.text(), ""
    seen = False
    for part in block.traverse(include_text=True):
        if part.tag != "-text":
            continue
        inside = part.parent is not None and part.parent.mem_id == node.mem_id
        seen = seen or inside
        if not inside:
            before, after = (before, after + part.text()) if seen else (before + part.text(), after)
    return before[-width:], marked, after[:width]


def test_every_context_is_printed_and_no_word_is_cut(trees: Mapping[str, LexborHTMLParser]):
    """A mark in Chinese text begins and ends where words of the dictionary do (稍微调整 holds no 微调)."""
    cut = segment()
    if cut is None:
        pytest.fail("no segmentation")
    wrong = []
    for path, node in marks(trees):
        before, marked, after = around(node)
        print(f"{path}: …{before}[{marked}]{after}…")
        edges, at = {0}, 0
        for word in cut(before + marked + after):
            at += len(word)
            edges.add(at)
        han = any("一" <= c <= "鿿" for c in marked)
        if han and not {len(before), len(before + marked)} <= edges:
            wrong.append((path, before, marked, after))
    assert wrong == []


def test_marks_stand_in_running_text(trees: Mapping[str, LexborHTMLParser]):
    """No heading, link, code, table head or button holds a mark."""
    for path, tree in trees.items():
        bad = tree.css(", ".join(f"article {tag} a.term" for tag in SKIPPED))
        assert [node.text() for node in bad] == [], path
