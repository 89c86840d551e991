"""data/ → Guide: every file read, validated, converted and joined; faults are collected, never raised."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from . import convert, faults, model, schema, tables, units, validate, worked
from .entities import Entities
from .files import Files, Steps
from .issues import Issues, UsageError
from .reader import Document
from .sources import Sources
from .values import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What came of data/: the guide as far as it is sound, and every fault."""

    guide: model.Guide
    issues: Issues
    broken: frozenset[str]
    """Ids that exist in data/ but could not be used; pages that name them are not to blame."""
    lost: frozenset[str]
    """Files, from data/, of which nothing could be used."""
    documents: Mapping[str, Document]
    """Every file that could be read, by its path from the root."""


def load(root: Path) -> Loaded:
    """Read all of `root`/data.

    Raises:
        UsageError: there is no such folder.
    """
    if not (root / "data").is_dir():
        raise UsageError(f"{root} holds no guide: it has no folder data")
    return _Loader(root).load()


def read_kinds(root: Path) -> dict[str, schema.KindFile]:
    """What the files of data/kinds say, by id.

    Raises:
        ContentError: one of them has faults.
    """
    files = Files(root)
    found = {}
    for id, document in files.each("kinds"):
        found[id], issues = faults.validate(schema.KindFile, document)
        files.issues.extend(issues)
    files.issues.raise_if_any()
    return found


def today(reads: Iterator[dt.date]) -> dt.date:
    """SOURCE_DATE_EPOCH's day, or else the newest day on which a source was read."""
    return epoch() or max(reads, default=dt.date(2026, 1, 1))


def epoch() -> dt.date | None:
    """The day of SOURCE_DATE_EPOCH, where it is set."""
    text = os.environ.get("SOURCE_DATE_EPOCH")
    if text and not text.isdigit():
        raise UsageError(f"SOURCE_DATE_EPOCH is '{text}'; it must be seconds since 1970")
    return dt.datetime.fromtimestamp(int(text), dt.UTC).date() if text else None


class _Loader:
    """One pass over data/; the order is that in which files name one another."""

    def __init__(self, root: Path) -> None:
        self.files = Files(root)
        self.issues = self.files.issues

    def load(self) -> Loaded:
        self.sources = Sources(self.files)
        self.models: dict[str, type[schema.Model]] = {}
        kinds = dict(self._kinds())
        reader = Entities(self.files, self.sources, kinds, self.models)
        entities = dict(reader.read())
        self.places = reader.places
        terms = {t.id: t for f, d, s in self.files.items("terms.yml", schema.TermFile) if (t := self._term(f, d, s))}
        known = self.sources.shared | {s.key: s for e in entities.values() for s in e.sources.values()}
        guide = model.Guide(
            today=today(s.read for s in known.values()),
            kinds=MappingProxyType(kinds),
            entities=MappingProxyType(entities),
            terms=MappingProxyType(terms),
            sources=MappingProxyType(known),
            publishers=self.sources.publishers,
            labels=MappingProxyType(
                {key: convert.text(f) for key, f, _ in self.files.entries("labels.yml", schema.LabelFile)}
            ),
            outline=MappingProxyType(dict(self._outline())),
            worked=MappingProxyType({}),
            tables=MappingProxyType({}),
            nav=tuple(convert.nav_item(f) for f, _, _ in self.files.items("nav.yml", schema.NavItemFile)),
            redirects=MappingProxyType(dict(self._redirects())),
            units=self._units(),
        )
        figures = worked.load(self.files, guide)
        guide = replace(guide, worked=MappingProxyType(figures))
        guide = replace(guide, tables=MappingProxyType(tables.load(self.files, guide, self.sources.shared)))
        validate.check(guide, self.files, tuple(reader.salvaged))
        guide = self._sound(guide)
        return Loaded(
            guide=guide,
            issues=self.issues,
            broken=frozenset(self.files.broken),
            lost=frozenset(self.files.lost),
            documents=self.files.documents,
        )

    def _sound(self, guide: model.Guide) -> model.Guide:
        """The guide without what rests on a file with faults, so that no page stumbles over it."""
        faulty = {issue.path for issue in self.issues}
        kinds = {k: v for k, v in guide.kinds.items() if f"data/kinds/{k}.yml" not in faulty}
        usable = "data/units.yml" not in faulty
        entities = {
            k: e for k, e in guide.entities.items() if usable and e.place.path not in faulty and e.kind.id in kinds
        }
        figures = {k: f for k, f in guide.worked.items() if usable and f.place.path not in faulty}
        figures = {
            k: f for k, f in figures.items() if all(i.fact.partition(".")[0] in entities for i in f.inputs if i.fact)
        }
        self.files.broken.update(guide.kinds.keys() - kinds, guide.entities.keys() - entities)
        self.files.broken.update(guide.worked.keys() - figures)
        return replace(
            guide,
            kinds=MappingProxyType(kinds),
            entities=MappingProxyType(entities),
            worked=MappingProxyType(figures),
        )

    def _units(self) -> units.Units:
        document = self.files.shaped("units.yml", dict)
        return units.parse_units(document.value, self.issues, place=document.place) if document else units.Units()

    def _kinds(self) -> Iterator[tuple[str, model.Kind]]:
        for id, document in self.files.each("kinds"):
            found, issues = faults.validate(schema.KindFile, document)
            self.issues.extend(issues)
            if found:
                self.models[id] = schema.entity_model(id, found)
                yield id, convert.kind(id, found)
            else:
                self.files.broken.add(id)

    def _term(self, file: schema.TermFile, document: Document, steps: Steps) -> model.Term | None:
        at = convert.place(document, steps)
        taken = self.places.setdefault(file.id, at)
        source = self.sources.find(file.source, {}, document, steps)
        if taken is not at:
            problem = f"the id '{file.id}' is taken by {taken.path}:{taken.line}"
            hint = "choose another; ids are unique over entities and terms"
            self.files.fault(document, (*steps, "id"), problem, hint)
        elif source:
            return convert.term(file, source, at)
        else:
            self.files.broken.add(file.id)
        return None

    def _redirects(self) -> Iterator[tuple[str, str]]:
        document = self.files.shaped("redirects.yml", dict)
        for key, value in document.value.items() if document else ():
            if isinstance(value, str):
                yield key, value
            else:
                assert document is not None
                self.files.fault(document, (key,), f"found {shown(value)} where an address is expected")

    def _outline(self) -> Iterator[tuple[str, model.OutlineItem]]:
        document = self.files.shaped("outline.yml", list)
        for part in document.value if document else ():
            yield from _outline_items(part, "", "")


def _outline_items(node: Any, section: str, parent: str) -> Iterator[tuple[str, model.OutlineItem]]:
    """An outline node and all beneath it, in order."""
    if not isinstance(node, dict):
        return
    names = (node.get(key) for key in ("id", "section", "chapter", "term", "appendix"))
    id = str(next(filter(None, names), ""))
    section = id if "section" in node or "chapter" in node or "appendix" in node else section
    if id:
        yield id, model.OutlineItem(id=id, title=str(node.get("title", "")), section=section)
    for key in ("chapters", "sections", "subsections", "points", "terms"):
        for child in node.get(key) or ():
            yield from _outline_items(child, section, id)
