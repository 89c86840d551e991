"""What a data file may say: pydantic models of each file; those of entities are made from their kinds."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal

import pydantic
from pydantic import AfterValidator, BeforeValidator, Field

from .values import Date, Day, FieldId, Host, Id, Name, Number, TextLine, Url, as_line, as_list, as_number, fault


class Model(pydantic.BaseModel):
    """Base of every file's model: no unknown field, no conversion."""

    model_config = pydantic.ConfigDict(extra="forbid", strict=True, frozen=True)


class TextFile(Model):
    """Text that a reader sees, in both languages."""

    zh: TextLine
    en: TextLine


class LabelFile(Model):
    """A short name in both languages, on one line."""

    zh: Name
    en: Name


class SourceFile(Model):
    """What was read."""

    url: Url
    title: Name
    read: Day
    official: Url | None = None


class PublisherFile(Model):
    """Who publishes what is cited."""

    id: Id
    name: LabelFile
    kind: Literal["official", "law", "paper", "repository", "newsroom", "aggregator"]
    of: list[Id] = []
    hosts: list[Host] = Field(min_length=1)


class OptionFile(LabelFile):
    """One value of a choice."""

    id: Id


FACT_TYPES = (
    "text",
    "label",
    "name",
    "names",
    "choice",
    "choices",
    "number",
    "money",
    "date",
    "url",
    "ref",
    "refs",
    "flag",
    "row",
)
FactKind: Any = Literal[FACT_TYPES]


class FieldFile(Model):
    """What a kind says of a value: a fact's, or a field's of a row."""

    id: FieldId
    label: LabelFile
    type: FactKind
    unit: Name | None = None
    required: Literal["always", "full", "never"] = "never"
    future: bool = False
    options: list[OptionFile] = []
    hint: TextFile | None = None


class SumFile(Model):
    """Which rows of a fact may be added up: those whose choice `where` is one of `counts`."""

    of: FieldId
    where: FieldId
    counts: list[Id] = Field(min_length=1)


class FactTypeFile(FieldFile):
    """What a kind says of a fact; `fields` and what follows are for rows."""

    facet: bool = False
    decides: bool = False
    many: bool = False
    lasting: bool = False
    not_before: FieldId | None = None
    fields: list[FieldFile] = []
    order_by: FieldId | None = None
    key: list[FieldId] = []
    sum: SumFile | None = None


class RelationTypeFile(Model):
    """How one entity may point to another."""

    id: FieldId
    label: LabelFile
    inverse: LabelFile | None = None
    symmetric: bool = False
    acyclic: bool = False


class KindFile(Model):
    """data/kinds/<kind>.yml."""

    name: LabelFile
    plural: LabelFile
    segment: Id
    group_by: FieldId
    facts: list[FactTypeFile] = Field(min_length=1)
    relations: list[RelationTypeFile] = []


class AliasesFile(Model):
    """Other forms of a term, in each language."""

    zh: list[Name] = []
    en: list[Name] = []


class TermFile(Model):
    """One entry of data/terms.yml."""

    id: Id
    zh: Name
    en: Name
    aliases: AliasesFile = AliasesFile()
    outline: Name | None = None
    definition: TextFile
    source: Id
    at: Name | None = None
    related: list[Id] = []
    auto: bool = True
    not_in: AliasesFile = AliasesFile()


class WorkedInputFile(Model):
    """A record (`fact: deepspeed.stars`) or an assumption (`assume: 16`) with its reason."""

    label: LabelFile
    fact: Name | None = None
    assume: Number | None = None
    unit: Name | None = None
    reason: TextFile | None = None


class SeriesXFile(Model):
    """The input that a series runs over."""

    name: FieldId
    label: LabelFile
    values: list[Number] = Field(min_length=2)
    unit: Name | None = None


class SeriesLineFile(Model):
    """One line of a series."""

    id: Id
    label: LabelFile
    formula: Name


class SeriesFile(Model):
    """A worked figure over a range of one input."""

    x: SeriesXFile
    lines: list[SeriesLineFile] = Field(min_length=1)


class WorkedFile(Model):
    """data/worked/<id>.yml."""

    title: LabelFile
    sort: Literal["worked", "judgement"]
    inputs: dict[FieldId, WorkedInputFile] = {}
    formula: Name | None = None
    series: SeriesFile | None = None
    value: Number | None = None
    unit: Name | None = None
    reason: TextFile | None = None


class ColumnFile(Model):
    """A column of a table: what its cells are, and between which values they are plausible."""

    id: FieldId
    label: LabelFile
    type: Literal["name", "number", "money", "ref", "date", "source", "text"]
    unit: Name | None = None
    required: bool = False
    low: Number | None = None
    high: Number | None = None
    not_above: FieldId | None = None
    refuse: list[Number] = []


class DerivedFile(Model):
    """A column computed from others: `uses` gives names to columns, or to a fact of what a column refers to."""

    id: FieldId
    label: LabelFile
    formula: Name
    uses: dict[FieldId, Name]
    unit: Name | None = None
    low: Number | None = None
    high: Number | None = None


class MostFile(Model):
    """The most that a column may say for what another column refers to: cards of one accelerator in a machine."""

    column: FieldId
    by: FieldId
    limits: dict[Id, Number]


class TableFile(Model):
    """data/tables/<id>.yml, beside <id>.csv; money is in the currency that the column `currency` names."""

    title: LabelFile
    description: TextFile
    key: list[FieldId] = Field(min_length=1)
    columns: list[ColumnFile] = Field(min_length=2)
    derived: list[DerivedFile] = []
    most: list[MostFile] = []


class NavItemFile(Model):
    """A page of data/nav.yml, or a titled group."""

    page: Name | None = None
    title: LabelFile | None = None
    pages: list[NavItemFile] = []


class PageFile(Model):
    """The front matter of a page."""

    title: Name | None = None
    description: Name | None = None
    questions: list[Name] = []
    hide: list[Name] = []


class RangeFile(Model):
    """From `min` to `max`, both included."""

    min: Number
    max: Number


class RecordFile(Model):
    """What every record has beside its value."""

    as_of: Date | None
    source: Id
    at: Name | None = None
    note: TextFile | None = None
    basis: Literal["claim", "estimate", "derived"] | None = None


def _amount(value: object) -> object:
    return value if isinstance(value, dict) else as_number(value)


def _range_order(value: RangeFile | Decimal) -> RangeFile | Decimal:
    if isinstance(value, RangeFile) and value.min >= value.max:
        raise fault(f"the range runs from {value.min} to {value.max}", "write the smaller number as min")
    return value


Currency = Annotated[str, BeforeValidator(as_line), Field(pattern=r"^[A-Z]{3}$")]
Amount = Annotated[RangeFile | Number, BeforeValidator(_amount), AfterValidator(_range_order)]


class MoneyFile(Model):
    """An amount in a row, with its currency."""

    amount: Amount
    currency: Currency


def _value_type(type: str, options: tuple[str, ...]) -> Any:
    choice: Any = Literal[options] if options else Name
    return {
        "text": TextFile,
        "label": LabelFile,
        "name": Name,
        "names": Annotated[list[Name], Field(min_length=1)],
        "number": Amount,
        "choice": choice,
        "choices": Annotated[list[choice], Field(min_length=1)],
        "money": Amount,
        "date": Date,
        "url": Url,
        "ref": Id,
        "refs": Annotated[list[Id], Field(min_length=1)],
        "flag": bool,
    }[type]


def _option_ids(fact: FieldFile) -> tuple[str, ...]:
    return tuple(option.id for option in fact.options)


def _row_type(fact: FactTypeFile) -> Any:
    """The model of a row: its fields, money with the currency in it."""
    columns: dict[str, Any] = {}
    for field in fact.fields:
        type = MoneyFile if field.type == "money" else _value_type(field.type, _option_ids(field))
        columns[field.id] = (type, ...) if field.required == "always" else (type | None, None)
    return pydantic.create_model(f"Row_{fact.id}", __base__=Model, **columns)


def _record_type(fact: FactTypeFile) -> Any:
    if fact.type == "row":
        return _records(fact.id, fact.type, _row_type(fact))
    if fact.options:
        return _records(fact.id, fact.type, _value_type(fact.type, _option_ids(fact)))
    return _plain_records(fact.type)


@cache
def _plain_records(type: str) -> Any:
    """Made once for all facts of a type: making them is most of the time that reading data/ takes."""
    return _records(type, type, _value_type(type, ()))


def _records(name: str, type: str, value: Any) -> Any:
    """One record, or a list of them."""
    fields: dict[str, Any] = {"value": (value, ...)}
    if type == "money":
        fields["currency"] = (Currency, ...)
    if type in ("number", "money"):
        fields["unit"] = (Name | None, None)
    record: Any = pydantic.create_model(f"Record_{name}", __base__=RecordFile, **fields)
    either: Any = record | list[record]
    return Annotated[list[record], BeforeValidator(as_list, json_schema_input_type=either), Field(min_length=1)]


Depth: Any = Literal["full", "short"]


def entity_model(id: str, kind: KindFile) -> type[Model]:
    """The model of data/entities/<kind>/<id>.yml, from what the kind's file says."""
    facts = pydantic.create_model(f"Facts_{id}", __base__=Model, **{f.id: (_record_type(f), None) for f in kind.facts})  # type: ignore[call-overload]
    relations = pydantic.create_model(
        f"Relations_{id}", __base__=Model, **{r.id: (list[Id], []) for r in kind.relations}
    )  # type: ignore[call-overload]
    model: type[Model] = pydantic.create_model(
        f"Entity_{id}",
        __base__=Model,
        name=(LabelFile, ...),
        aliases=(list[Name], []),
        depth=(Depth, ...),
        url=(Url, ...),
        checked=(Day, ...),
        summary=(TextFile, ...),
        judgement=(TextFile, ...),
        facts=(facts, ...),
        relations=(relations, relations()),
        sources=(dict[Id, SourceFile], ...),
    )
    return model
