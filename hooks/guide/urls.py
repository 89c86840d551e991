"""Addresses: source paths of pages → URLs from the site's root, and from page to page."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import quote

from . import model
from .model import DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """How pages are addressed: as folders online, as files offline."""

    directory_urls: bool = True

    def page(self, lang: model.Lang, src: str) -> str:
        """'choosing/frameworks.md' → 'en/choosing/frameworks/' (or '….html'), from the site's root."""
        stem = src.removesuffix(".md")
        folder = "" if lang == DEFAULT_LANGUAGE else f"{lang}/"
        if stem == "index" or stem.endswith("/index"):
            stem = stem.removesuffix("index")
            return folder + stem + ("" if self.directory_urls else "index.html")
        return folder + stem + ("/" if self.directory_urls else ".html")

    def between(self, here: str, there: str, fragment: str = "") -> str:
        """The relative address of `there` on the page `here`, both from the site's root."""
        end = f"#{quote(fragment, safe='')}" if fragment else ""
        if here == there and end:
            return end
        base = posixpath.dirname(here)
        path = posixpath.relpath("/" + (there or "."), "/" + base) if there else posixpath.relpath("/", "/" + base)
        if there == "" or there.endswith("/"):
            path = path + "/" if path != "." else "./"
        return quote(path, safe="/.~!$&'()*+,;=:@%-_") + end
