"""data/entities: each file checked against its kind and joined with its sources, every fault of it told at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from . import convert, faults, model, schema
from .files import Files, Steps
from .issues import nearest
from .reader import Document
from .sources import Sources

_NO_SOURCE = model.Source(
    key="",
    url="",
    title="",
    read=dt.date.max,
    publisher=model.Publisher(id="", name=model.Text("", ""), kind="aggregator", hosts=(), place=model.Place(path="")),
    place=model.Place(path=""),
)
"""Stands for a source that is not known, while the other faults of its record are looked for."""
_TEXT = {"zh": "…", "en": "…"}
_STAND_INS: Mapping[str, Any] = {
    "name": _TEXT,
    "depth": "short",
    "url": "https://example.org/",
    "checked": "2000-01-01",
    "summary": _TEXT,
    "judgement": _TEXT,
    "facts": {},
    "sources": {},
}
"""What stands for the fields of an entity in which a fault lies, while its other faults are looked for."""


class Entities:
    """Reads the entities; ids are unique over all kinds."""

    def __init__(
        self, files: Files, sources: Sources, kinds: Mapping[str, model.Kind], models: Mapping[str, type[schema.Model]]
    ) -> None:
        self.files, self.sources, self.kinds, self.models = files, sources, kinds, models
        self.places: dict[str, model.Place] = {}
        """Where each id was taken."""
        self.salvaged: list[model.Entity] = []
        """Entities with faults, as far as they could be read."""

    def read(self) -> Iterator[tuple[str, model.Entity]]:
        """Each sound entity with its id; of the others what is sound is kept in `salvaged`."""
        folder = self.files.folder / "entities"
        for file in sorted(folder.rglob("*")):
            parts = file.relative_to(folder).parts
            if file.is_dir() or file.name.startswith("."):
                continue
            if self._is_entity(file, parts) and (entity := self._entity(file, parts[0])):
                yield entity.id, entity

    def _is_entity(self, file: Path, parts: tuple[str, ...]) -> bool:
        path = file.relative_to(self.files.root).as_posix()
        if len(parts) != 2:
            self.files.issues.add(path, "an entity stands at data/entities/<kind>/<id>.yml", hint="move the file")
            return False
        if not self.files.has_id(file):
            return False
        first = self.places.setdefault(file.stem, model.Place(path=path))
        if first.path != path:
            problem = f"the id '{file.stem}' is taken by {first.path}"
            self.files.issues.add(path, problem, hint="rename the file; ids are unique over all kinds")
            self.files.broken.add(file.stem)
            return False
        if parts[0] not in self.kinds:
            self.files.broken.add(file.stem)
            self._kind(parts[0])
            return False
        return True

    def _kind(self, kind: str) -> None:
        """A folder whose kind has no file is told once."""
        if not (self.files.folder / "kinds" / f"{kind}.yml").exists():
            hint = nearest(kind, self.kinds) or f"add data/kinds/{kind}.yml"
            self.files.issues.add(f"data/entities/{kind}", f"unknown kind '{kind}'", hint=hint)

    def _entity(self, file: Path, kind_id: str) -> model.Entity | None:
        before = len(self.files.issues)
        document = self.files.read(file)
        entity = self._read_entity(file.stem, kind_id, document) if document else None
        if len(self.files.issues) == before and file.stem not in self.files.broken:
            return entity
        self.files.broken.add(file.stem)
        if entity:
            self.salvaged.append(entity)
        return None

    def _read_entity(self, id: str, kind_id: str, document: Document) -> model.Entity | None:
        """What an entity's file says; of one with faults what is sound, so that all its faults are told at once."""
        found, issues = faults.validate(self.models[kind_id], document)
        self.files.issues.extend(issues)
        if found is None:
            value = _without_faults(document, faults.paths(self.models[kind_id], document))
            found, _ = faults.validate(self.models[kind_id], document, value=value)
        return self._join(id, self.kinds[kind_id], found, document) if found else None

    def _join(self, id: str, kind: model.Kind, file: Any, document: Document) -> model.Entity:
        """An entity's file with its sources and facts joined; missing sources are faults."""
        own = {
            key: found
            for key, source in file.sources.items()
            if (found := self.sources.make(f"{id}.{key}", source, document, ("sources", key)))
        }
        for key in file.sources.keys() & self.sources.shared.keys():
            problem = f"the source key '{key}' also stands in data/sources.yml"
            self.files.fault(document, ("sources", key), problem, "use another key", key=True)
        facts = {name: self._fact(name, kind, file, document, own) for name in kind.facts if getattr(file.facts, name)}
        return model.Entity(
            id=id,
            kind=kind,
            name=convert.text(file.name),
            aliases=tuple(file.aliases),
            depth=file.depth,
            url=file.url,
            checked=dt.date.fromisoformat(file.checked),
            summary=convert.text(file.summary),
            judgement=convert.text(file.judgement),
            facts=MappingProxyType(facts),
            relations=MappingProxyType({r: tuple(getattr(file.relations, r)) for r in kind.relations}),
            arrows=MappingProxyType(dict(_arrows(kind, file, document))),
            sources=MappingProxyType(own),
            place=model.Place(path=document.path),
        )

    def _fact(
        self, name: str, kind: model.Kind, file: Any, document: Document, own: Mapping[str, model.Source]
    ) -> model.Fact:
        fact, records = kind.facts[name], []
        lone = isinstance(document.value["facts"][name], dict)
        for index, item in enumerate(getattr(file.facts, name)):
            steps: Steps = ("facts", name) if lone else ("facts", name, index)
            source = self.sources.find(item.source, own, document, steps)
            records.append(convert.record(item, fact, source or _NO_SOURCE, convert.place(document, steps)))
            if source is None:
                self.files.broken.add(Path(document.path).stem)
        if not fact.many:
            records.sort(key=lambda r: r.as_of or str(r.source.read), reverse=True)
        return model.Fact(type=fact, records=tuple(records))


def _without_faults(document: Document, paths: Iterable[Steps]) -> Any:
    """An entity's plain value without the facts, relations, sources and other fields in which a fault lies."""
    if not isinstance(document.value, dict):
        return None
    value = {k: dict(v) if isinstance(v, dict) else v for k, v in document.value.items()}
    for part, *rest in paths:
        held = value.get(part)
        if rest and isinstance(held, dict) and part in ("facts", "relations", "sources"):
            held.pop(rest[0], None)
        else:
            value.pop(part, None)
    return {**_STAND_INS, **value}


def _arrows(kind: model.Kind, file: Any, document: Document) -> Iterator[tuple[tuple[str, str], model.Place]]:
    for relation in kind.relations:
        for index, id in enumerate(getattr(file.relations, relation)):
            yield (relation, id), convert.place(document, ("relations", relation, index))
