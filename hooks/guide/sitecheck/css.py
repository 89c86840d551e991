"""The addresses that a style sheet, a style element or a style attribute names."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_URL = re.compile(rf"(?<![\w-])(?:url|src)\(\s*({_QUOTED}|[^\"')\s][^)]*)?\s*\)", re.IGNORECASE)
_IMPORT = re.compile(rf"@import\s+({_QUOTED})", re.IGNORECASE)
_IMAGE_SET = re.compile(rf"image-set\(((?:{_QUOTED}|[^()\"']|\([^()]*\))*)\)", re.IGNORECASE)
_CALL = re.compile(rf"[\w-]+\(\s*(?:{_QUOTED}|[^()]*)\s*\)")
_STRING = re.compile(_QUOTED)


def addresses(text: str) -> Iterator[str]:
    """Yield every address in a style's text; escapes, which may hide one, are read as a browser reads them."""
    text = _plain_names(_COMMENT.sub(" ", text))
    for found in _URL.finditer(text):
        yield _unquote(found[1] or "")
    for found in _IMPORT.finditer(text):
        yield _unquote(found[1])
    for found in _IMAGE_SET.finditer(text):
        yield from map(_unquote, _STRING.findall(_CALL.sub(" ", found[1])))


def _plain_names(text: str) -> str:
    """Undo escapes of letters, which may hide a function's name; others may stand in a string and stay."""
    return _ESCAPE.sub(lambda found: _letter(found) or found[0], text) if "\\" in text else text


def _letter(found: re.Match[str]) -> str:
    char = _unescape(found)
    return char if char.isascii() and char.isalpha() else ""


def _unescape(found: re.Match[str]) -> str:
    if not found[1]:
        return str(found[2])
    number = int(found[1], 16)
    return chr(number) if 0 < number <= sys.maxunicode else "\ufffd"


def _unquote(text: str) -> str:
    bare = text[1:-1] if text[:1] in {'"', "'"} else text.strip()
    return _ESCAPE.sub(_unescape, bare) if "\\" in bare else bare
