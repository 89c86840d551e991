"""Nothing in the built site asks anybody else: over the files here, over the network log in tests/browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

ASKING = {
    "script": ("src",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("src",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
    "form": ("action",),
    "a": ("ping",),
    "body": ("background",),
}
"""Elements, and the attributes whose address a browser asks for without being told to."""

FOREIGN = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
IN_STYLE = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)", re.IGNORECASE)
IN_SCRIPT = re.compile(r"(?:https?|wss?)://([a-z0-9.-]+\.[a-z]{2,})", re.IGNORECASE)

DORMANT = {
    "api.github.com": "stars of `repo_url`, which the configuration does not set",
    "gitlab.com": "the same at GitLab",
    "github.com": "part of the pattern that recognises `repo_url`",
    "unpkg.com": "Mermaid for blocks marked .mermaid, which no page has",
    "clipboardjs.com": "a comment with a license",
    "fonts.googleapis.com": "theme.font, which is off",
}
"""Hosts in the script of Material, each with the reason why nothing asks them."""


def addresses(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """(element, address) of all that a browser asks for by itself."""
    for tag, names in ASKING.items():
        for node in tree.css(tag):
            if tag == "link" and {"canonical", "alternate"} & set((node.attributes.get("rel") or "").split()):
                continue
            yield from ((tag, node.attributes[name] or "") for name in names if name in node.attributes)
    for node in tree.css("style"):
        yield from (("style", a or b) for a, b in IN_STYLE.findall(node.text()))
    for node in tree.css("[style]"):
        yield from ((f"{node.tag}[style]", a or b) for a, b in IN_STYLE.findall(node.attributes["style"] or ""))


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="https://unpkg.com/x"></script>',
        '<link rel="stylesheet" href="//fonts.googleapis.com/css">',
        '<img srcset="HTTPS://a.example/x.png 2x">',
        '<p style="background:url(https://a.example/x.png)">',
        "<style>@import 'https://a.example/x.css'</style>",
        '<svg><use xlink:href="https://a.example/x.svg#y"/></svg>',
        '<a href="x" ping="https://a.example/">x</a>',
    ],
)
def test_foreign_addresses_are_seen(markup: str):
    """Each way of asking another host is recognised."""
    assert any(FOREIGN.match(address) for _, address in addresses(LexborHTMLParser(markup)))


def test_pages_ask_nobody(trees: Mapping[str, LexborHTMLParser]):
    """No page names another host where a browser would ask it, nor hints at one."""
    asked = [(path, tag, a) for path, tree in trees.items() for tag, a in addresses(tree) if FOREIGN.match(a)]
    assert asked == []


def test_styles_ask_nobody(site: Path):
    """No style sheet names another host."""
    for path in site.rglob("*.css"):
        found = [a or b for a, b in IN_STYLE.findall(path.read_text(encoding="utf-8"))]
        assert [address for address in found if FOREIGN.match(address)] == [], path


def test_scripts_ask_nobody(site: Path):
    """Our scripts name no host; Material's names those that are known to be dormant."""
    for path in site.rglob("*.js"):
        inside = path.relative_to(site).as_posix()
        if inside.startswith("search/"):
            continue
        hosts = set(IN_SCRIPT.findall(path.read_text(encoding="utf-8"))) - {"www.w3.org"}
        allowed = set(DORMANT) if inside.startswith("assets/javascripts/bundle.") else set()
        assert hosts <= allowed, inside
