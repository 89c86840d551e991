"""data/ → Guide: every file read, validated, converted and joined; faults are collected, never raised."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from . import convert, model, schema, units, validate, worked
from .issues import Issues, nearest
from .reader import Document, read_yaml

T = TypeVar("T")
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What came of data/: the guide as far as it is sound, and every fault."""

    guide: model.Guide
    issues: Issues
    broken: frozenset[str]
    """Ids that exist in data/ but could not be used; pages that name them are not to blame."""


def load(root: Path) -> Loaded:
    """Read all of `root`/data."""
    return _Loader(root).load()


def today(reads: Iterator[dt.date]) -> dt.date:
    """SOURCE_DATE_EPOCH's day, or else the newest day on which a source was read."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    return max(reads, default=dt.date(2026, 1, 1))


class _Loader:
    """One pass over data/; the order is that in which files name one another."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data = root / "data"
        self.issues = Issues()
        self.broken: set[str] = set()
        self.sources: dict[str, model.Source] = {}
        self.places: dict[str, model.Place] = {}

    def load(self) -> Loaded:
        self.units = self._units()
        publishers = tuple(
            self._list(
                "publishers.yml", schema.PublisherFile, lambda f, d, p: convert.publisher(f, convert.place(d, p))
            )
        )
        self.publishers = convert.Publishers(publishers)
        self._sources()
        self.kinds = dict(self._kinds())
        entities = dict(self._entities())
        terms = {t.id: t for t in self._list("terms.yml", schema.TermFile, self._term) if t}
        known = self.sources | {s.key: s for e in entities.values() for s in e.sources.values()}
        guide = model.Guide(
            today=today(s.read for s in known.values()),
            kinds=MappingProxyType(self.kinds),
            entities=MappingProxyType(entities),
            terms=MappingProxyType(terms),
            sources=MappingProxyType(known),
            publishers=publishers,
            labels=MappingProxyType(dict(self._labels())),
            outline=MappingProxyType(dict(self._outline())),
            worked=MappingProxyType({}),
            nav=tuple(self._list("nav.yml", schema.NavItemFile, lambda f, d, p: convert.nav_item(f))),
            redirects=MappingProxyType(self._values("redirects.yml", dict) or {}),
            units=self.units,
        )
        figures = worked.load(self._each("worked"), guide, self.issues)
        guide = replace(guide, worked=MappingProxyType(figures))
        validate.check(guide, frozenset(self.broken), self.issues)
        return Loaded(guide=guide, issues=self.issues, broken=frozenset(self.broken))

    def _read(self, file: Path) -> Document | None:
        document, issues = read_yaml(file, self.root)
        self.issues.extend(issues)
        return document if not issues else None

    def _values(self, name: str, shape: type) -> Any:
        """The plain value of a file that may be absent."""
        file = self.data / name
        document = self._read(file) if file.exists() else None
        if document is None or isinstance(document.value, shape):
            return document.value if document else None
        self.issues.add(document.path, f"found {schema.shown(document.value)}, expected a {shape.__name__}")
        return None

    def _list(self, name: str, item: type[schema.Model], make: Callable[[Any, Document, Steps], T]) -> Iterator[T]:
        """A file that is a list: each sound item converted."""
        file = self.data / name
        document = self._read(file) if file.exists() else None
        for index, value in enumerate(document.value if document and isinstance(document.value, list) else []):
            assert document is not None
            found, issues = schema.validate(item, document, value, (index,))
            self.issues.extend(issues)
            if found is not None:
                yield make(found, document, (index,))
            elif isinstance(value, dict):
                self.broken.add(str(value.get("id")))

    def _units(self) -> units.Units:
        document = self._read(self.data / "units.yml")
        return units.parse_units(document.value, self.issues, place=document.place) if document else units.Units()

    def _each(self, folder: str) -> Iterator[tuple[str, Document]]:
        """Each readable YAML file of a folder with its id."""
        for file in sorted((self.data / folder).glob("*.yml")):
            if self._is_id(file) and (document := self._read(file)):
                yield file.stem, document

    def _is_id(self, file: Path) -> bool:
        """Whether a file's name can be an id; a fault if not."""
        if schema.ID.match(file.stem) and file.suffix == ".yml":
            return True
        hint = "name it with lower-case letters, digits and single hyphens, as in llama-cpp.yml"
        self.issues.add(file.relative_to(self.root).as_posix(), f"the file name '{file.name}' gives no id", hint=hint)
        return False

    def _kinds(self) -> Iterator[tuple[str, model.Kind]]:
        self.models: dict[str, type[schema.Model]] = {}
        for id, document in self._each("kinds"):
            found, issues = schema.validate(schema.KindFile, document)
            self.issues.extend(issues)
            if found:
                self.models[id] = schema.entity_model(id, found)
                yield id, convert.kind(id, found)

    def _sources(self) -> None:
        file = self.data / "sources.yml"
        document = self._read(file) if file.exists() else None
        if document and isinstance(document.value, dict):
            for key in document.value:
                found = self._source(key, document, (key,), key)
                if found:
                    self.sources[key] = found

    def _source(self, key: str, document: Document, path: Steps, name: str) -> model.Source | None:
        value = document.value
        for part in path:
            value = value[part]
        file, issues = schema.validate(schema.SourceFile, document, value if value is not None else {}, path)
        if not schema.ID.match(key):
            issues.append(
                convert.issue(
                    convert.place(document, path, key=True),
                    f"'{key}' is not a source key",
                    "use lower-case letters, digits and single hyphens",
                )
            )
        found = None
        if file:
            found, more = convert.source(name, file, convert.place(document, (*path, "url")), self.publishers)
            issues += more
        self.issues.extend(issues)
        return found

    def _entities(self) -> Iterator[tuple[str, model.Entity]]:
        for file in sorted((self.data / "entities").rglob("*")):
            if file.is_dir() or file.name.startswith("."):
                continue
            parts = file.relative_to(self.data / "entities").parts
            if self._is_entity(file, parts) and (entity := self._entity(file, parts[0])):
                yield entity.id, entity

    def _is_entity(self, file: Path, parts: tuple[str, ...]) -> bool:
        path = file.relative_to(self.root).as_posix()
        if len(parts) != 2:
            self.issues.add(path, "an entity stands at data/entities/<kind>/<id>.yml", hint="move the file")
            return False
        if parts[0] not in self.kinds:
            if not (self.data / "kinds" / f"{parts[0]}.yml").exists():
                self.issues.add(
                    path,
                    f"unknown kind '{parts[0]}'",
                    hint=nearest(parts[0], self.kinds) or "add data/kinds/<kind>.yml",
                )
            self.broken.add(file.stem)
            return False
        if not self._is_id(file):
            return False
        first = self.places.setdefault(file.stem, model.Place(path=path))
        if first.path != path:
            self.issues.add(
                path,
                f"the id '{file.stem}' is taken by {first.path}",
                hint="rename the file; ids are unique over all kinds",
            )
        return first.path == path

    def _entity(self, file: Path, kind_id: str) -> model.Entity | None:
        before = len(self.issues)
        document = self._read(file)
        entity = None
        if document:
            found, issues = schema.validate(self.models[kind_id], document)
            self.issues.extend(issues)
            if found:
                entity = self._join(file.stem, self.kinds[kind_id], found, document)
        if len(self.issues) > before:
            self.broken.add(file.stem)
            return None
        return entity

    def _join(self, id: str, kind: model.Kind, file: Any, document: Document) -> model.Entity:
        """An entity's file with its sources and facts joined; missing sources are faults."""
        own = {
            key: found
            for key in file.sources
            if (found := self._source(key, document, ("sources", key), f"{id}.{key}"))
        }
        for key in own.keys() & self.sources.keys():
            at = convert.place(document, ("sources", key), key=True)
            self.issues.extend(
                [convert.issue(at, f"the source key '{key}' also stands in data/sources.yml", "use another key")]
            )
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
            arrows=MappingProxyType(dict(self._arrows(document))),
            sources=MappingProxyType(own),
            place=model.Place(path=document.path),
        )

    @staticmethod
    def _arrows(document: Document) -> Iterator[tuple[tuple[str, str], model.Place]]:
        for relation, ids in (document.value.get("relations") or {}).items():
            for index, id in enumerate(ids):
                yield (relation, id), convert.place(document, ("relations", relation, index))

    def _fact(
        self, name: str, kind: model.Kind, file: Any, document: Document, own: Mapping[str, model.Source]
    ) -> model.Fact:
        fact, records = kind.facts[name], []
        lone = isinstance(document.value["facts"][name], dict)
        for index, item in enumerate(getattr(file.facts, name)):
            path: Steps = ("facts", name) if lone else ("facts", name, index)
            source = self._find(item.source, own, document, (*path, "source"), tuple(file.sources))
            if source:
                records.append(convert.record(item, fact, source, convert.place(document, (*path, "value"))))
        if not fact.many:
            records.sort(key=lambda r: r.as_of or str(r.source.read), reverse=True)
        return model.Fact(type=fact, records=tuple(records))

    def _find(
        self, key: str, own: Mapping[str, model.Source], document: Document, path: Steps, declared: tuple[str, ...] = ()
    ) -> model.Source | None:
        found = own.get(key) or self.sources.get(key)
        if found is None and key not in declared:
            known = [*own, *self.sources]
            hint = nearest(key, known) or "name a key of the file's sources or of data/sources.yml"
            at = convert.place(document, path)
            self.issues.add(
                at.path, f"unknown source '{key}'", line=at.line, column=at.column, field="source", hint=hint
            )
        return found

    def _term(self, file: schema.TermFile, document: Document, path: Steps) -> model.Term | None:
        at = convert.place(document, path)
        taken = self.places.setdefault(file.id, at)
        if taken is not at:
            self.issues.extend(
                [
                    convert.issue(
                        at,
                        f"the id '{file.id}' is taken by {taken.path}:{taken.line}",
                        "choose another; ids are unique over entities and terms",
                    )
                ]
            )
        source = self._find(file.source, {}, document, (*path, "source"))
        if source is None:
            self.broken.add(file.id)
        return convert.term(file, source, at) if source else None

    def _labels(self) -> Iterator[tuple[str, model.Text]]:
        document = self._read(self.data / "labels.yml") if (self.data / "labels.yml").exists() else None
        for key in document.value if document else {}:
            assert document is not None
            found, issues = schema.validate(schema.LabelFile, document, document.value[key] or {}, (key,))
            self.issues.extend(issues)
            if found:
                yield key, convert.text(found)

    def _outline(self) -> Iterator[tuple[str, model.OutlineItem]]:
        for part in self._values("outline.yml", list) or []:
            yield from _outline_items(part, "", "")


def _outline_items(node: Mapping[str, Any], section: str, parent: str) -> Iterator[tuple[str, model.OutlineItem]]:
    """An outline node and all beneath it, in order."""
    id = str(
        node.get("id") or node.get("section") or node.get("chapter") or node.get("term") or node.get("appendix") or ""
    )
    section = id if "section" in node or "chapter" in node or "appendix" in node else section
    if id:
        yield id, model.OutlineItem(id=id, title=str(node.get("title", "")), section=section)
    for key in ("chapters", "sections", "subsections", "points", "terms"):
        for child in node.get(key) or ():
            yield from _outline_items(child, section, id)
