"""What is written beside the pages: open data, the search data, and each page's content security policy."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .export import documents
from .model import LANGUAGES
from .safety import secured
from .search import script, search_data
from .site import Site
from .urls import Addresses


class Output:
    """Files that belong to the whole guide."""

    secured = staticmethod(secured)

    def __init__(
        self,
        folder: Path,
        root: Path,
        site: Site,
        addresses: Addresses,
        texts: Mapping[tuple[str, str], str],
        *,
        offline: bool,
    ) -> None:
        self.folder, self.root, self.site, self.addresses, self.offline = folder, root, site, addresses, offline
        self.texts = texts
        """(language, src) → a page's HTML without what stands round it."""

    def write(self) -> None:
        """Write all of them."""
        for path, text in documents(self.site.guide, self.addresses).items():
            self._file(path, text)
        for lang in LANGUAGES:
            self._file(f"search/{lang}.js", script(search_data(self.site, self.addresses, lang, self.texts)))

    def _file(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
