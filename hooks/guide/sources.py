"""Sources: who publishes an address, which key names what was read."""

from __future__ import annotations

from collections.abc import Mapping

from . import convert, model, schema
from .files import Files, Steps
from .issues import nearest
from .reader import Document
from .values import ID


class Sources:
    """The publishers and shared sources of data/, and what an entity adds to them."""

    def __init__(self, files: Files) -> None:
        self.files = files
        found = files.items("publishers.yml", schema.PublisherFile)
        self.publishers = tuple(convert.publisher(f, convert.place(d, s)) for f, d, s in found)
        self._find = convert.Publishers(self.publishers)
        self.shared: dict[str, model.Source] = {}
        for key, file, document in files.entries("sources.yml", schema.SourceFile):
            self._share(key, file, document)

    def _share(self, key: str, file: schema.SourceFile, document: Document) -> None:
        if not ID.match(key):
            hint = "use lower-case letters, digits and single hyphens"
            self.files.fault(document, (key,), f"'{key}' is not a source key", hint, key=True)
        if found := self.make(key, file, document, (key,)):
            self.shared[key] = found
        else:
            self.files.broken.add(key)

    def make(self, key: str, file: schema.SourceFile, document: Document, steps: Steps) -> model.Source | None:
        """A source with its publisher; a fault if there is none."""
        found = self._find.find(file.url)
        if found:
            return convert.source(key, file, convert.place(document, steps), found)
        name = self._find.name(file.url)
        doubtful = str(self.files.rejected.get("publishers.yml", ""))
        if "publishers.yml" not in self.files.lost and name not in doubtful:
            problem, hint = f"'{name}' is not among the publishers", self._find.suggest(file.url)
            self.files.fault(document, (*steps, "url"), problem, hint)
        return None

    def find(self, key: str, own: Mapping[str, model.Source], document: Document, steps: Steps) -> model.Source | None:
        """The source that a record or term names; a fault if there is none."""
        found = own.get(key) or self.shared.get(key)
        declared = (document.value.get("sources") if isinstance(document.value, dict) else None) or ()
        if found is None and key not in declared and key not in self.files.broken:
            hint = nearest(key, [*declared, *self.shared]) or "name a key of the file's sources or of data/sources.yml"
            self.files.fault(document, (*steps, "source"), f"unknown source '{key}'", hint)
        return found
