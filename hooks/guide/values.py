"""Values of data files: what each must be, and what to do about one that is not."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlsplit

import pydantic
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from .reader import INVISIBLE, Written

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
FIELD_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
MAX_POWER = 60
"""Numbers beyond ten to this power, or below its inverse, say nothing."""
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s/?#]+)*\Z")


def fault(problem: str, hint: str = "") -> PydanticCustomError:
    """The error of a value, with what to do about it."""
    return PydanticCustomError("guide", "{problem}", {"problem": problem, "hint": hint})


def shown(value: object) -> str:
    """A value as an error names it: short, on one line."""
    if value is None or value == "":
        return "nothing" if value is None else "empty text"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    text = " ".join(_written(value).split())
    kind = "the text" if isinstance(value, str) else "the number"
    return f"{kind} '{text if len(text) <= 60 else text[:57] + '…'}'"


def _written(value: object) -> str:
    return value.text if isinstance(value, Written) else str(value)


def _text(value: object) -> object:
    if isinstance(value, str) and value.strip():
        if bad := INVISIBLE.search(value):
            raise fault(f"the text holds the invisible character U+{ord(bad[0]):04X}", "delete it")
        return value
    if isinstance(value, (bool, int, Decimal)):
        text = _written(value).lower() if isinstance(value, bool) else _written(value)
        raise fault(f"found {shown(value)} where text is expected", f'put it in quotes: "{text}"')
    raise fault(
        f"found {'empty text' if isinstance(value, str) else shown(value)} where text is expected", "fill it in"
    )


def as_line(value: object) -> object:
    """A text on one line."""
    text = _text(value)
    if isinstance(text, str) and "\n" in text.strip():
        raise fault("the name runs over several lines", "write it on one line")
    return text


def as_number(value: object) -> object:
    """A number of a size that can be said."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        is_number = isinstance(value, str) and re.fullmatch(r"-?[0-9.]+([eE][+-]?[0-9]+)?", value)
        raise fault(f"found {shown(value)} where a number is expected", "take off the quotes" if is_number else "")
    number = Decimal(value)
    if number and abs(number.adjusted()) > MAX_POWER:
        raise fault(f"the number '{_written(value)}' is beyond what can be said", "look at its exponent")
    return number


def _id(value: object) -> object:
    text = _text(value)
    if not ID.match(str(text)):
        raise fault(f"'{text}' is not an id", "use lower-case letters, digits and single hyphens, such as 'llama-cpp'")
    return text


def _field_id(value: object) -> object:
    text = _text(value)
    if not FIELD_ID.match(str(text)):
        raise fault(f"'{text}' is not the name of a field", "use lower-case letters, digits and underscores")
    if hasattr(pydantic.BaseModel, str(text)) or str(text).startswith("model_"):
        raise fault(f"'{text}' means something else to the program", "choose another name")
    return text


def _date(value: object) -> object:
    if isinstance(value, (int, Decimal)):
        raise fault(f"found {shown(value)} where a date is expected", f'put it in quotes: "{_written(value)}"')
    if value is None or value == "":
        raise fault(f"found {shown(value)} where a date is expected", 'write "2026", "2026-03" or "2026-03-06"')
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
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"[\s<>\"'`\\]", text)
    except ValueError:
        sound = None
    if not sound:
        raise fault(f"'{text[:80]}' is not a web address", "write an address that begins with https://")
    if "@" in parts.netloc or re.search(r"(?i)/(\.|%2e){1,2}(/|\Z)", parts.path):
        raise fault(f"'{text[:80]}' hides where it leads", "write it without '@' before the host and without '..'")
    return text


def _host(value: object) -> object:
    text = str(as_line(value))
    host, slash, path = text.partition("/")
    if not _HOST.match(host.lower() + slash + path):
        hint = "write it without https://, as in pytorch.org or github.com/pytorch"
        raise fault(f"'{text}' is not a host", hint)
    return text


def as_list(value: object) -> object:
    """A lone record as a list of one."""
    return [value] if isinstance(value, dict) else value


def _json(kind: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


TextLine = Annotated[str, BeforeValidator(_text), _json("string")]
Name = Annotated[str, BeforeValidator(as_line), _json("string")]
Number = Annotated[Decimal, BeforeValidator(as_number), _json("number")]
Id = Annotated[str, BeforeValidator(_id), _json("string", pattern=ID.pattern.replace(r"\Z", "$"))]
FieldId = Annotated[str, BeforeValidator(_field_id), _json("string")]
Date = Annotated[str, BeforeValidator(_date), _json("string", pattern=_DATE.pattern.replace(r"\Z", "$"))]
Day = Annotated[str, BeforeValidator(_day), _json("string", format="date")]
Host = Annotated[str, BeforeValidator(_host), _json("string")]
Url = Annotated[str, BeforeValidator(_url), _json("string", format="uri")]
