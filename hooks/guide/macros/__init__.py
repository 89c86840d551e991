"""Macros: what a page may call, as `{{ name(plain values) }}`."""

from . import charts, dictionary, directories, duties, entities, facts, pages, quality, rows, wide
from .calls import MACROS, Call, CallError, bind, macro, parse
from .context import BrokenId, Cited, Context, Mention

__all__ = [
    "MACROS",
    "BrokenId",
    "Call",
    "CallError",
    "Cited",
    "Context",
    "Mention",
    "bind",
    "charts",
    "dictionary",
    "directories",
    "duties",
    "entities",
    "facts",
    "macro",
    "pages",
    "parse",
    "quality",
    "rows",
    "wide",
]
