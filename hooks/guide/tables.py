"""Wide tables: data/tables/<id>.csv with its columns in <id>.yml → rows with their sources, each cell checked."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from . import convert, model, schema
from .faults import validate
from .files import Files
from .issues import nearest
from .periods import first_day, is_date
from .reader import decode
from .worked import FormulaError, compute

FIXED = ("currency", "as_of", "source", "note")
"""Columns that every table has beside its own."""
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")


def load(files: Files, guide: model.Guide, sources: Mapping[str, model.Source]) -> dict[str, model.Table]:
    """Every table of data/tables, as far as it is sound."""
    found = {}
    for file in sorted((files.folder / "tables").glob("*.yml")):
        document = files.read(file) if files.has_id(file) else None
        described, issues = validate(schema.TableFile, document) if document else (None, [])
        files.issues.extend(issues)
        if described:
            found[file.stem] = _Reader(file.stem, described, files, guide, sources).table()
    return found


class _Reader:
    """One table: its rows read, checked and converted."""

    def __init__(
        self,
        id: str,
        described: schema.TableFile,
        files: Files,
        guide: model.Guide,
        sources: Mapping[str, model.Source],
    ) -> None:
        self.id, self.described, self.files, self.guide, self.sources = id, described, files, guide, sources
        self.path = f"data/tables/{id}.csv"
        self.columns = {c.id: c for c in described.columns}

    def table(self) -> model.Table:
        columns = [
            model.Column(id=c.id, label=convert.text(c.label), type=c.type, unit=c.unit) for c in self.described.columns
        ]
        columns += [
            model.Column(id=d.id, label=convert.text(d.label), type="number", unit=d.unit, formula=d.formula)
            for d in self.described.derived
        ]
        return model.Table(
            id=self.id,
            title=convert.text(self.described.title),
            description=convert.text(self.described.description),
            columns=tuple(columns),
            rows=tuple(self.rows()),
        )

    def fault(self, line: int, cells: list[str], index: int, problem: str, hint: str = "") -> None:
        """Note a fault at a cell; its column in the file is reckoned from the cells before it."""
        column = sum(len(cell) + 1 for cell in cells[:index]) + 1
        self.files.issues.add(self.path, problem, line=line, column=column, field=self.name(index), hint=hint)

    def name(self, index: int) -> str:
        return self.header[index] if index < len(self.header) else ""

    def rows(self) -> Iterator[model.TableRow]:
        file = self.files.folder / "tables" / f"{self.id}.csv"
        text, issues = decode(file.read_bytes() if file.exists() else b"", self.path)
        self.files.issues.extend(issues)
        reader = csv.reader(text.split("\n"))
        self.header = next(reader, [])
        wanted = [*self.columns, *FIXED]
        for name in [n for n in wanted if n not in self.header]:
            self.files.issues.add(self.path, f"the column '{name}' is missing", hint=nearest(name, self.header))
        for index, name in enumerate(self.header):
            if name not in wanted:
                self.fault(1, self.header, index, f"unknown column '{name}'", nearest(name, wanted))
        seen: dict[tuple[str, ...], int] = {}
        if set(wanted) == set(self.header):
            for cells in reader:
                if cells and (row := self.row(reader.line_num, cells, seen)):
                    yield row

    def row(self, line: int, cells: list[str], seen: dict[tuple[str, ...], int]) -> model.TableRow | None:
        """A row's cells as values, or None where one has a fault."""
        before = len(self.files.issues)
        if len(cells) != len(self.header):
            problem = f"the row has {len(cells)} cells, the head has {len(self.header)}"
            self.files.issues.add(self.path, problem, line=line, hint="look at the commas and quotes")
            return None
        raw = dict(zip(self.header, cells, strict=True))
        key = tuple(raw[k] for k in self.described.key)
        if (first := seen.setdefault(key, line)) != line:
            self.fault(line, cells, 0, f"the row repeats line {first}: {', '.join(key)}", "keep one of the two")
        values = {id: v for id, c in self.columns.items() if (v := self.value(line, cells, c, raw)) is not None}
        source = self.source(line, cells, raw)
        self.plausible(line, cells, values)
        if len(self.files.issues) > before or source is None:
            return None
        values |= self.derived(line, cells, values)
        if len(self.files.issues) > before:
            return None
        return model.TableRow(
            values=MappingProxyType(values),
            as_of=raw["as_of"] or None,
            source=source,
            note=raw["note"],
            place=model.Place(path=self.path, line=line),
        )

    def value(
        self, line: int, cells: list[str], column: schema.ColumnFile, raw: Mapping[str, str]
    ) -> model.Value | None:
        text, index = raw[column.id], self.header.index(column.id)
        if not text:
            if column.required:
                self.fault(line, cells, index, "the cell is empty", "fill it, or take the row out")
            return None
        if column.type in ("number", "money"):
            return self.number(line, cells, index, column, raw)
        if column.type == "ref" and text not in self.guide.entities and text not in self.files.broken:
            self.fault(line, cells, index, f"unknown id '{text}'", nearest(text, self.guide.entities) or "add its file")
        return text

    def number(
        self, line: int, cells: list[str], index: int, column: schema.ColumnFile, raw: Mapping[str, str]
    ) -> model.Value | None:
        text = raw[column.id]
        if not _NUMBER.match(text):
            self.fault(line, cells, index, f"found '{text}' where a number is expected", "digits and a point only")
            return None
        number = Decimal(text)
        if number in column.refuse:
            self.fault(line, cells, index, f"{text} is a placeholder, not a value", "leave the cell empty")
        elif _outside(number, column):
            hint = f"between {column.low} and {column.high} is plausible; look at its unit"
            self.fault(line, cells, index, f"{text} is out of range", hint)
        if column.type == "number":
            return number
        currency = raw["currency"]
        if currency not in self.guide.units.currencies:
            at = self.header.index("currency")
            hint = nearest(currency, self.guide.units.currencies) or "write its ISO 4217 code"
            self.fault(line, cells, at, f"unknown currency '{currency}'", hint)
        return model.Money(number, currency)

    def source(self, line: int, cells: list[str], raw: Mapping[str, str]) -> model.Source | None:
        found = self.sources.get(raw["source"])
        if found is None and raw["source"] not in self.files.broken:
            hint = nearest(raw["source"], self.sources) or "name a key of data/sources.yml"
            self.fault(line, cells, self.header.index("source"), f"unknown source '{raw['source']}'", hint)
        date = raw["as_of"]
        if date and not is_date(date):
            self.fault(line, cells, self.header.index("as_of"), f"'{date}' is not a date", "write 2026-03-06")
        elif date and found and first_day(date) > found.read:
            problem = f"as_of {date} is later than the day the source was read, {found.read}"
            self.fault(line, cells, self.header.index("as_of"), problem)
        return found

    def plausible(self, line: int, cells: list[str], values: Mapping[str, model.Value]) -> None:
        """A column above another (spot above on demand), or above the most of its kind."""
        for column in self.columns.values():
            if column.not_above and column.id in values and column.not_above in values:
                low, high = _amount(values[column.id]), _amount(values[column.not_above])
                if low > high:
                    index = self.header.index(column.id)
                    self.fault(line, cells, index, f"{low} is above {column.not_above}, {high}", "look at the columns")

        for rule in self.described.most:
            limit = rule.limits.get(str(values.get(rule.by)))
            number = values.get(rule.column)
            if limit is not None and number is not None and _amount(number) > limit:
                problem = f"{_amount(number)} {values[rule.by]} are more than a machine has, {limit}"
                self.fault(line, cells, self.header.index(rule.column), problem, "look at the count")

    def derived(self, line: int, cells: list[str], values: Mapping[str, model.Value]) -> dict[str, model.Value]:
        """Computed columns, where all that they use is there."""
        made: dict[str, model.Value] = {}
        for column in self.described.derived:
            used = {name: self.used(path, {**values, **made}) for name, path in column.uses.items()}
            known = {name: v for name, v in used.items() if v is not None}
            if len(known) < len(used):
                continue
            try:
                result = compute(column.formula, {name: _amount(v) for name, v in known.items()})
            except FormulaError as error:
                self.fault(line, cells, 0, f"{column.id}: {error}")
                continue
            if _outside(result, column):
                hint = f"between {column.low} and {column.high} is plausible; look at the price and the count"
                self.fault(line, cells, 0, f"{column.id} comes to {result:.4g}", hint)
            money = next((v for v in known.values() if isinstance(v, model.Money)), None)
            made[column.id] = model.Money(result, money.currency) if money else result
        return made

    def used(self, path: str, values: Mapping[str, model.Value]) -> model.Value | None:
        """A column's value, or with `column.fact` a fact of what the column refers to."""
        column, _, fact_id = path.partition(".")
        held = values.get(column)
        if not fact_id or held is None:
            return held
        entity = self.guide.entities.get(str(held))
        fact = entity.facts.get(fact_id) if entity else None
        return fact.record.value if fact and isinstance(fact.record.value, Decimal) else None


def _outside(number: Decimal, bounds: schema.ColumnFile | schema.DerivedFile) -> bool:
    return (bounds.low is not None and number < bounds.low) or (bounds.high is not None and number > bounds.high)


def _amount(value: Any) -> Decimal:
    """The number in a number or in an amount of money."""
    inner = value.amount if isinstance(value, model.Money) else value
    return inner if isinstance(inner, Decimal) else Decimal(0)
