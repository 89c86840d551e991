"""Pydantic's errors → our issues: one a fault, at its place, with what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pydantic

from .issues import Issue, nearest
from .reader import Document, field_name
from .schema import Model
from .values import shown

_HINTS: Mapping[str, str] = {
    "zh": "every text a reader sees stands in zh and en",
    "en": "every text a reader sees stands in zh and en",
    "as_of": "write the date it holds for, or null where the source names none",
    "source": "name a key of the file's sources or of data/sources.yml",
    "currency": "write the ISO 4217 code, such as USD or CNY",
    "read": 'write the day on which it was read, as "2026-03-06"',
}
"""What to do about a field that is missing."""
_RECORD = "write {value: …, as_of: …, source: …}"
_MAPPINGS: Mapping[str, str] = {
    "TextFile": "write {zh: …, en: …}",
    "LabelFile": "write {zh: …, en: …}",
    "SourceFile": "write url, title and read",
    "MoneyFile": "write {amount: …, currency: …}",
}
_WANTED: Mapping[str, str] = {
    "model_type": "a mapping",
    "dict_type": "a mapping",
    "list_type": "a list",
    "bool_type": "true or false",
}


def validate(
    model: type[Model], document: Document, at: tuple[str | int, ...] = (), *, value: Any = ...
) -> tuple[Any, list[Issue]]:
    """A document's value `at` a place (or one given in its stead) → the model's instance, or None, with every fault."""
    if value is ...:
        value = document.value
        for part in at:
            value = value[part]
    try:
        return model.model_validate(value), []
    except pydantic.ValidationError as error:
        return None, list(_issues(error, document, at, model))


def paths(model: type[Model], document: Document) -> Iterator[tuple[str | int, ...]]:
    """The way to each fault of a document's value, whether it is told or not; never the whole."""
    try:
        model.model_validate(document.value)
    except pydantic.ValidationError as error:
        for item in error.errors(include_url=False):
            if path := _in_file(item["loc"], document, ()):
                yield path


def _issues(
    error: pydantic.ValidationError, document: Document, at: tuple[str | int, ...], model: type[Model]
) -> Iterator[Issue]:
    """Each fault of a value once, but for those whose form was faulty already."""
    items = [i for i in error.errors(include_url=False) if not any(str(p).startswith("function-") for p in i["loc"])]
    misspelt = {_meant(i, model) for i in items if i["type"] == "extra_forbidden"}
    for item in items:
        if item["type"] == "missing" and item["loc"] in misspelt:
            continue
        path = at + _in_file(item["loc"], document, at)
        problem, hint = _say(item, model)
        is_key = item["type"] == "extra_forbidden" or item["loc"][-1:] == ("[key]",)
        line, column = document.place(path, key=is_key)
        if (line, column) not in document.faulty or item["type"] == "missing":
            yield Issue(
                path=document.path, line=line, column=column, field=field_name(path), problem=problem, hint=hint
            )


def _meant(item: Mapping[str, Any], model: type[Model]) -> tuple[str | int, ...]:
    """Where the field stands that an unknown one was probably meant to be."""
    *above, name = item["loc"]
    found = difflib.get_close_matches(str(name), _fields(model, tuple(above)), n=1)
    return (*above, *found)


def _in_file(location: tuple[str | int, ...], document: Document, at: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Pydantic's path without the steps (of unions, of a lone record taken as a list) that are not in the file."""
    path: tuple[str | int, ...] = ()
    last = len(location) - 1
    for index, part in enumerate(location):
        if (*at, *path, part) in document.places or (index == last and isinstance(part, str) and part != "[key]"):
            path = (*path, part)
    return path


def _say(item: Mapping[str, Any], model: type[Model]) -> tuple[str, str]:
    """A fault of pydantic in our words: what was found, and what to do."""
    context, location = item.get("ctx") or {}, item["loc"]
    match item["type"]:
        case "guide":
            return str(context["problem"]), str(context["hint"])
        case "extra_forbidden":
            known = _fields(model, location[:-1])
            name = str(location[-1])
            return f"unknown field '{name}'", nearest(name, known) or f"known: {', '.join(known)}"
        case "missing":
            return "is missing", _HINTS.get(str(location[-1]), "add it")
        case "literal_error":
            known = [part.strip("'") for part in re.split(r", | or ", context["expected"])]
            value = item["input"]
            return f"found {shown(value)}; known: {', '.join(known)}", nearest(str(value), known)
        case "too_short":
            return "the list is empty", "name at least one, or leave the field out"
        case "string_pattern_mismatch":
            return f"found {shown(item['input'])}", _HINTS["currency"]
        case "list_type":
            is_fact = location[:1] == ("facts",) and len(location) == 2
            wanted, hint = ("a record", _RECORD) if is_fact else ("a list", "write [one, two]")
            return f"found {shown(item['input'])} where {wanted} is expected", hint
        case kind:
            found = f"found {shown(item['input'])} where {_WANTED.get(kind, item['msg'])} is expected"
            name = str(context.get("class_name", ""))
            return found, _RECORD if name.startswith("Record_") else _MAPPINGS.get(name, "")


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
