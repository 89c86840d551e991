"""What is written beside the pages: open data, the search data, and each page's content security policy."""

from __future__ import annotations

from pathlib import Path

from .export import documents
from .safety import secured
from .site import Site
from .urls import Addresses


class Output:
    """Files that belong to the whole guide."""

    secured = staticmethod(secured)

    def __init__(self, folder: Path, root: Path, site: Site, addresses: Addresses, *, offline: bool) -> None:
        self.folder, self.root, self.site, self.addresses, self.offline = folder, root, site, addresses, offline

    def write(self) -> None:
        """Write all of them."""
        for path, text in documents(self.site.guide, self.addresses).items():
            self._file(path, text)

    def _file(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
