"""Rules that hold across files; each reports what breaks it and none repairs."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from . import model, rows
from .files import Files, Steps
from .issues import nearest
from .periods import first_day

REQUIRED_LABELS = ("site_name", "site_description", "language_zh", "language_en", "yes", "no")
"""Words of the interface that no build can do without."""


def check(guide: model.Guide, files: Files, salvaged: tuple[model.Entity, ...] = ()) -> None:
    """Note every breach of a rule in the guide's data.

    Args:
        guide: What is sound in each file for itself.
        files: The files, which take the faults.
        salvaged: Entities with faults, as far as they could be read.
    """
    rules = _Rules(guide, files)
    for entity in guide.entities.values():
        rules.required(entity)
    for entity in (*guide.entities.values(), *salvaged):
        rules.records(entity)
        rules.relations(entity)
    rules.cycles()
    rules.terms()
    rules.kinds()
    rules.publishers()
    rules.read_dates(salvaged)
    rules.worked_units()
    rules.labels()


class _Rules:
    """The guide's rules; a fault stands where the value stands that breaks one."""

    def __init__(self, guide: model.Guide, files: Files) -> None:
        self.guide, self.files = guide, files
        self.known = frozenset(guide.entities) | files.broken
        """Ids that may be named as an entity; those with faults of their own are told there."""

    def fault(self, place: model.Place, steps: Steps, problem: str, hint: str = "", *, key: bool = False) -> None:
        """Note a fault at a value inside of what stands at a place."""
        self.files.fault(self.files.documents[place.path], (*place.steps, *steps), problem, hint, key=key)

    def required(self, entity: model.Entity) -> None:
        """Facts that the kind asks for."""
        for fact in entity.kind.facts.values():
            wanted = fact.required == "always" or (fact.required == "full" and entity.depth == "full")
            if wanted and fact.id not in entity.facts:
                hint = f"add facts.{fact.id}" + (", or set depth: short" if fact.required == "full" else "")
                self.fault(entity.place, ("facts", fact.id), f"{fact.label.en} is missing", hint)

    def records(self, entity: model.Entity) -> None:
        """Dates, units and references of each record."""
        for fact in entity.facts.values():
            for record in fact.records:
                self._dates(record, fact.type)
                self._unit(record, fact.type)
                self._references(record, fact.type)
            self._tell(rows.check(fact, self.guide, self.known))
        self._tell(rows.order_of_dates(entity))

    def _tell(self, found: Iterable[rows.Found]) -> None:
        for place, steps, problem, hint in found:
            self.fault(place, steps, problem, hint)

    def _dates(self, record: model.Record, fact: model.FactType) -> None:
        read = record.source.read
        if record.as_of and first_day(record.as_of) > read:
            problem = f"{record.as_of} is later than the day on which the source was read, {read}"
            self.fault(record.place, ("as_of",), problem, "one of the two is wrong")
        if fact.type == "date" and not fact.future and first_day(str(record.value)) > read:
            problem = f"{record.value} is later than the day on which the source was read, {read}"
            self.fault(record.place, ("value",), problem, "one of the two is wrong")

    def _unit(self, record: model.Record, fact: model.FactType) -> None:
        units = self.guide.units
        if record.unit and record.unit != fact.unit:
            self.unit(record.place, ("unit",), record.unit)
        if isinstance(record.value, model.Money) and "units.yml" not in self.files.lost:
            code = record.value.currency
            if code not in units.currencies:
                hint = nearest(code, units.currencies) or "currencies stand in data/units.yml"
                self.fault(record.place, ("currency",), f"unknown currency '{code}'", hint)

    def unit(self, place: model.Place, steps: Steps, unit: str) -> None:
        """Note a unit that data/units.yml does not have."""
        if unit not in self.guide.units.units and "units.yml" not in self.files.lost and unit not in self.files.broken:
            near = nearest(unit, self.guide.units.units)
            hint = f"{near} (data/units.yml)" if near else "units stand in data/units.yml"
            self.fault(place, steps, f"unknown unit '{unit}'", hint)

    def _references(self, record: model.Record, fact: model.FactType) -> None:
        names: Any = {"ref": (record.value,), "refs": record.value}.get(fact.type, ())
        for index, name in enumerate(names):
            if name not in self.known:
                steps = ("value", index) if fact.type == "refs" else ("value",)
                self.fault(record.place, steps, f"unknown id '{name}'", self._entity_hint(name))

    def _entity_hint(self, id: str) -> str:
        return nearest(id, self.known) or "name an entity of data/entities"

    def relations(self, entity: model.Entity) -> None:
        """What an entity points to."""
        for (_, id), place in entity.arrows.items():
            if id == entity.id:
                self.fault(place, (), f"'{id}' names itself", "take it out")
            elif id not in self.known:
                self.fault(place, (), f"unknown id '{id}'", self._entity_hint(id))

    def cycles(self) -> None:
        """Relations that must not lead back to where they began."""
        names = {r.id for kind in self.guide.kinds.values() for r in kind.relations.values() if r.acyclic}
        for name in sorted(names):
            arrows = {e.id: e.relations.get(name, ()) for e in self.guide.entities.values()}
            for ring in rings(arrows):
                arrow = self.guide.entities[ring[0]].arrows[name, ring[1]]
                self.fault(arrow, (), f"a circle: {' → '.join([*ring, ring[0]])}", "take one arrow out")

    def terms(self) -> None:
        """References and forms of the glossary."""
        forms: dict[tuple[str, str], str] = {}
        for term in self.guide.terms.values():
            every = self.known | frozenset(self.guide.terms)
            for index, id in enumerate(term.related):
                if id not in every:
                    self.fault(term.place, ("related", index), f"unknown id '{id}'", nearest(id, every))
            if term.outline and term.outline not in self.guide.outline and "outline.yml" not in self.files.lost:
                hint = nearest(term.outline, self.guide.outline) or "see data/outline.yml"
                self.fault(term.place, ("outline",), f"unknown outline id '{term.outline}'", hint)
            for lang in model.LANGUAGES:
                self._forms(term, lang, forms)

    def _forms(self, term: model.Term, lang: model.Lang, forms: dict[tuple[str, str], str]) -> None:
        steps: list[Steps] = [(lang,), *(("aliases", lang, i) for i in range(len(term.aliases[lang])))]
        for step, form in zip(steps, (term.name[lang], *term.aliases[lang]), strict=True):
            other = forms.setdefault((lang, form.casefold()), term.id)
            if other != term.id:
                problem = f"'{form}' already belongs to the term '{other}'"
                self.fault(term.place, step, problem, "keep it in one of the two")

    def kinds(self) -> None:
        """What one kind's file says, and what no two may share."""
        segments: dict[str, str] = {}
        for kind in self.guide.kinds.values():
            place = model.Place(path=f"data/kinds/{kind.id}.yml")
            if (other := segments.setdefault(kind.segment, kind.id)) != kind.id:
                problem = f"the segment '{kind.segment}' is taken by the kind '{other}'"
                self.fault(place, ("segment",), problem, "choose another")
            choices = [f.id for f in kind.facts.values() if f.type == "choice"]
            if kind.group_by not in choices:
                hint = nearest(kind.group_by, choices) or f"known: {', '.join(choices)}"
                self.fault(place, ("group_by",), f"'{kind.group_by}' is no choice of this kind", hint)
            value = self.files.documents[place.path].value
            for part in ("facts", "relations"):
                self._twice(place, (part,), value.get(part) or ())
            for index, fact in enumerate(value["facts"]):
                steps: Steps = ("facts", index)
                self._fact_type(place, steps, fact)
                self._twice(place, (*steps, "fields"), fact.get("fields") or ())
                for inner, field in enumerate(fact.get("fields") or ()):
                    self._fact_type(place, (*steps, "fields", inner), field)
                self._tell(rows.check_type(kind.facts[fact["id"]], kind.facts, replace(place, steps=steps)))

    def _fact_type(self, place: model.Place, steps: Steps, fact: Mapping[str, Any]) -> None:
        if fact.get("unit"):
            self.unit(place, (*steps, "unit"), fact["unit"])
        if fact["type"] in ("choice", "choices") and not fact.get("options"):
            self.fault(place, (*steps, "options"), "a choice needs its options", "list id, zh and en of each")
        self._twice(place, (*steps, "options"), fact.get("options") or ())

    def _twice(self, place: model.Place, steps: Steps, items: Iterable[Mapping[str, Any]]) -> None:
        counts: Counter[str] = Counter()
        for index, item in enumerate(items):
            counts[item["id"]] += 1
            if counts[item["id"]] > 1:
                self.fault(place, (*steps, index, "id"), f"the id '{item['id']}' stands twice", "rename one of the two")

    def publishers(self) -> None:
        """No publisher and no host stands twice, and each is official of entities that exist."""
        ids: set[str] = set()
        hosts: dict[str, str] = {}
        for publisher in self.guide.publishers:
            if publisher.id in ids:
                self.fault(publisher.place, ("id",), f"the publisher '{publisher.id}' stands twice", "join the two")
            ids.add(publisher.id)
            for index, host in enumerate(publisher.hosts):
                if (other := hosts.setdefault(host, publisher.id)) != publisher.id:
                    problem = f"the host '{host}' also belongs to '{other}'"
                    self.fault(publisher.place, ("hosts", index), problem, "keep it in one of the two")
            for index, id in enumerate(publisher.of):
                if id not in self.known:
                    hint = nearest(id, self.known) or "leave it out until the entity exists"
                    self.fault(publisher.place, ("of", index), f"unknown id '{id}'", hint)

    def read_dates(self, salvaged: tuple[model.Entity, ...]) -> None:
        """Nobody has read anything tomorrow; a day's grace for the time zones."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        now = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now(dt.UTC)
        limit = now.date() + dt.timedelta(days=1)
        lost = (s for e in salvaged for s in e.sources.values())
        for source in (*self.guide.sources.values(), *lost):
            if source.read > limit:
                problem = f"{source.read} lies in the future"
                self.fault(source.place, ("read",), problem, "write the day on which it was read")
        for entity in (*self.guide.entities.values(), *salvaged):
            if entity.checked > limit:
                problem = f"{entity.checked} lies in the future"
                self.fault(entity.place, ("checked",), problem, "write the day of the check")

    def worked_units(self) -> None:
        """Units that worked figures name themselves."""
        for figure in self.guide.worked.values():
            stated: dict[Steps, str | None] = {("unit",): figure.unit}
            stated |= {("inputs", i.name, "unit"): i.unit for i in figure.inputs if not i.record}
            stated |= {("series", "x", "unit"): figure.series.unit} if figure.series else {}
            for steps, unit in stated.items():
                if unit:
                    self.unit(figure.place, steps, unit)

    def labels(self) -> None:
        """Words that a build needs."""
        for key in REQUIRED_LABELS if "labels.yml" not in self.files.lost else ():
            if key not in self.guide.labels and key not in self.files.broken:
                self.files.issues.add("data/labels.yml", f"the label '{key}' is missing", hint="add it in zh and en")


def rings(arrows: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Circles in a graph, each once, beginning with its least id; a node that names itself is none."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for start in sorted(arrows):
        stack: list[tuple[str, tuple[str, ...]]] = [(start, (start,))]
        seen = set()
        while stack:
            node, path = stack.pop()
            for after in arrows.get(node, ()):
                if after == start and len(path) > 1:
                    found.setdefault(frozenset(path), path)
                elif after not in seen and after not in path:
                    seen.add(after)
                    stack.append((after, (*path, after)))
    return list(found.values())
