"""What a data file may say: pydantic models of each file, their faults as issues, their JSON Schemas for editors."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import pydantic
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from .issues import Issue, nearest
from .reader import Document, field_name

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
FIELD_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def fault(problem: str, hint: str = "") -> PydanticCustomError:
    """The error of a value, with what to do about it."""
    return PydanticCustomError("guide", "{problem}", {"problem": problem, "hint": hint})


def shown(value: object) -> str:
    """A value as an error names it: short, on one line."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    kind = {dict: "a mapping", list: "a list", str: "the text", int: "the number", Decimal: "the number"}[type(value)]
    if isinstance(value, (dict, list)):
        return kind
    text = " ".join(str(value).split())
    return f"{kind} '{text if len(text) <= 60 else text[:57] + '…'}'"


def _text(value: object) -> object:
    if isinstance(value, str) and value.strip():
        if bad := _CONTROL.search(value):
            raise fault(f"the text holds the invisible character U+{ord(bad[0]):04X}", "delete it")
        return value
    if isinstance(value, (int, Decimal)):
        raise fault(f"found {shown(value)} where text is expected", f'put it in quotes: "{str(value).lower()}"')
    raise fault(f"found {shown(value) if value else 'empty text'} where text is expected")


def _line(value: object) -> object:
    text = _text(value)
    if isinstance(text, str) and "\n" in text.strip():
        raise fault("the name runs over several lines", "write it on one line")
    return text


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        hint = (
            "take off the quotes" if isinstance(value, str) and re.fullmatch(r"-?[\d.]+([eE][+-]?\d+)?", value) else ""
        )
        raise fault(f"found {shown(value)} where a number is expected", hint)
    return Decimal(value)


def _id(value: object) -> object:
    text = _text(value)
    if not ID.match(str(text)):
        raise fault(f"'{text}' is not an id", "use lower-case letters, digits and single hyphens, such as 'llama-cpp'")
    return text


def _field_id(value: object) -> object:
    text = _text(value)
    if not FIELD_ID.match(str(text)):
        raise fault(f"'{text}' is not the name of a field", "use lower-case letters, digits and underscores")
    return text


def _date(value: object) -> object:
    if isinstance(value, (int, Decimal)):
        raise fault(f"found {shown(value)} where a date is expected", f'put it in quotes: "{value}"')
    text = str(_text(value))
    match = _DATE.match(text)
    if not match:
        raise fault(f"'{text}' is not a date", 'write "2026", "2026-03" or "2026-03-06"')
    try:
        dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise fault(f"there is no day '{text}'", "look at the month and the day") from None
    return text


def _day(value: object) -> object:
    text = str(_date(value))
    if len(text) != 10:
        raise fault(f"'{text}' is not a day", 'write year, month and day, as "2026-03-06"')
    return text


def _url(value: object) -> object:
    text = str(_text(value))
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"'`\\]", text):
        raise fault(f"'{text[:80]}' is not a web address", "write an address that begins with https://")
    return text


def _as_list(value: object) -> object:
    return [value] if isinstance(value, dict) else value


def _json(kind: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


TextLine = Annotated[str, BeforeValidator(_text), _json("string")]
Name = Annotated[str, BeforeValidator(_line), _json("string")]
Number = Annotated[Decimal, BeforeValidator(_number), _json("number")]
Id = Annotated[str, BeforeValidator(_id), _json("string", pattern=ID.pattern.replace(r"\Z", "$"))]
FieldId = Annotated[str, BeforeValidator(_field_id), _json("string")]
Date = Annotated[str, BeforeValidator(_date), _json("string", pattern=_DATE.pattern.replace(r"\Z", "$"))]
Day = Annotated[str, BeforeValidator(_day), _json("string", format="date")]
Url = Annotated[str, BeforeValidator(_url), _json("string", format="uri")]


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
    hosts: list[Name] = Field(min_length=1)


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


class NavItemFile(Model):
    """A page of data/nav.yml, or a titled group."""

    page: Name | None = None
    title: LabelFile | None = None
    pages: list[NavItemFile] = []


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
    return value if isinstance(value, dict) else _number(value)


def _range_order(value: RangeFile | Decimal) -> RangeFile | Decimal:
    if isinstance(value, RangeFile) and value.min >= value.max:
        raise fault(f"the range runs from {value.min} to {value.max}", "write the smaller number as min")
    return value


Currency = Annotated[str, BeforeValidator(_line), Field(pattern=r"^[A-Z]{3}$")]
Amount = Annotated[RangeFile | Number, BeforeValidator(_amount), AfterValidator(_range_order)]


class MoneyFile(Model):
    """An amount in a row, with its currency."""

    amount: Amount
    currency: Currency


def _value_type(fact: FieldFile) -> Any:
    options: Any = tuple(option.id for option in fact.options)
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
    }[fact.type]


def _row_type(fact: FactTypeFile) -> Any:
    """The model of a row: its fields, money with the currency in it."""
    columns: dict[str, Any] = {}
    for field in fact.fields:
        type = MoneyFile if field.type == "money" else _value_type(field)
        columns[field.id] = (type, ...) if field.required == "always" else (type | None, None)
    return pydantic.create_model(f"Row_{fact.id}", __base__=Model, **columns)


def _record_type(fact: FactTypeFile) -> Any:
    fields: dict[str, Any] = {"value": (_row_type(fact) if fact.type == "row" else _value_type(fact), ...)}
    if fact.type == "money":
        fields["currency"] = (Currency, ...)
    if fact.type in ("number", "money"):
        fields["unit"] = (Name | None, None)
    record = pydantic.create_model(f"Record_{fact.id}", __base__=RecordFile, **fields)
    return Annotated[list[record], BeforeValidator(_as_list), Field(min_length=1)]  # type: ignore[valid-type]


Depth: Any = Literal["full", "short"]


def entity_model(id: str, kind: KindFile) -> type[Model]:
    """The model of data/entities/<kind>/<id>.yml, from what the kind's file says."""
    facts = pydantic.create_model(
        f"Facts_{id}", __base__=Model, **{f.id: (_record_type(f) | None, None) for f in kind.facts}
    )  # type: ignore[call-overload]
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


def validate(
    model: type[Model], document: Document, value: Any = None, at: tuple[str | int, ...] = ()
) -> tuple[Any, list[Issue]]:
    """A document's value (or the part `at`) → the model's instance, or None, with every fault."""
    try:
        return model.model_validate(document.value if value is None else value), []
    except pydantic.ValidationError as error:
        return None, list(_issues(error, document, at, model))


def _issues(
    error: pydantic.ValidationError, document: Document, at: tuple[str | int, ...], model: type[Model]
) -> Iterator[Issue]:
    for item in error.errors(include_url=False):
        path = at + _in_file(item["loc"], document, at)
        problem, hint = _say(item, model)
        line, column = document.place(path, key=item["type"] == "extra_forbidden")
        yield Issue(path=document.path, line=line, column=column, field=field_name(path), problem=problem, hint=hint)


def _in_file(location: tuple[str | int, ...], document: Document, at: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Pydantic's path without the steps (of unions, of a lone record taken as a list) that are not in the file."""
    path: tuple[str | int, ...] = ()
    last = len(location) - 1
    for index, part in enumerate(location):
        if (*at, *path, part) in document.places or (
            index == last and isinstance(part, str) and part not in ("[key]",)
        ):
            path = (*path, part)
    return path


def _say(item: Mapping[str, Any], model: type[Model]) -> tuple[str, str]:
    context = item.get("ctx") or {}
    match item["type"]:
        case "guide":
            return str(context["problem"]), str(context["hint"])
        case "extra_forbidden":
            name = str(item["loc"][-1])
            return f"unknown field '{name}'", nearest(name, _fields(model, item["loc"][:-1]))
        case "missing":
            return "is missing", "every text a reader sees stands in zh and en" if item["loc"][-1] in (
                "zh",
                "en",
            ) else "add it"
        case "literal_error":
            known = [part.strip("'") for part in re.split(r", | or ", context["expected"])]
            value = item["input"]
            return f"found {shown(value)}; known: {', '.join(known)}", nearest(str(value), known)
        case "too_short":
            return "the list is empty", "name at least one, or leave the field out"
        case "string_pattern_mismatch":
            return f"found {shown(item['input'])}", "write the ISO 4217 code, such as USD or CNY"
        case _:
            wanted = {
                "model_type": "a mapping",
                "dict_type": "a mapping",
                "list_type": "a list",
                "bool_type": "true or false",
            }
            return f"found {shown(item['input'])} where {wanted.get(item['type'], item['msg'])} is expected", ""


def _fields(model: Any, location: tuple[str | int, ...]) -> list[str]:
    """Names of the fields of the model that stands at a location."""
    names = getattr(model, "model_fields", {})
    if not location:
        return list(names)
    head, rest = location[0], location[1:]
    if isinstance(head, int) or head not in names:
        return _fields(model, rest)
    return _fields(next(_models(names[head].annotation), None), rest)


def _models(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        yield annotation
    for part in (*getattr(annotation, "__args__", ()), *getattr(annotation, "__metadata__", ())):
        yield from _models(part)
