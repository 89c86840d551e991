"""YAML files → plain values that know their line and column; whatever two readers could take differently is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from .issues import Issue

Place = tuple[int, int]
Path_ = tuple[str | int, ...]

MAX_LINE = 20_000
"""Characters; nobody can review a longer line."""
MAX_BYTES = 2_000_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z")
_AMBIGUOUS = (
    (re.compile(r"(?i)(y|n|yes|no|on|off)\Z"), "some readers take it for true or false"),
    (
        re.compile(r"[-+]?0[0-9_]+\Z|[-+]?0[xob][0-9a-fA-F_]+\Z"),
        "some take it for an octal or hex number",
    ),
    (re.compile(r"[-+]?[0-9]+(:[0-9]{1,2})+(\.[0-9]*)?\Z"), "some readers take it for a number to the base of 60"),
    (re.compile(r"(?i)[-+]?\.(nan|inf)\Z|(?i:nan|inf|infinity)\Z"), "it is not a number that can be printed"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?\Z"), "some readers take it for a date of their own"),
    (
        re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*\Z|\+[0-9.]+\Z|[-+]?\.[0-9]+\Z|[-+]?[0-9]+\.\Z"),
        "some readers take it for a number",
    ),
    (re.compile(r"(True|TRUE|False|FALSE|Null|NULL)\Z"), "only true, false and null are read as such"),
)
_CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value")
)


@dataclass(frozen=True, slots=True)
class Document:
    """One file as plain values (dict, list, str, int, Decimal, bool, None) with the place of each."""

    path: str
    """From the project's root, with forward slashes."""
    value: Any
    places: dict[Path_, Place] = field(default_factory=dict)
    """Path of keys and indexes → line and column of the value, from 1."""
    keys: dict[Path_, Place] = field(default_factory=dict)
    """The same for the key that names the value."""

    def place(self, path: Path_, *, key: bool = False) -> Place:
        """Line and column of a value, or of the nearest ancestor that stands in the file."""
        table = self.keys if key else self.places
        while path and path not in table:
            path, table = path[:-1], self.places
        return table.get(path, (1, 1))


class _Reader:
    """One file's nodes turned into values; faults are noted and reading goes on."""

    def __init__(self, path: str) -> None:
        self.document = Document(path=path, value=None)
        self.issues: list[Issue] = []

    def note(self, mark: Any, problem: str, hint: str = "", path: Path_ = ()) -> None:
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self.issues.append(
            Issue(path=self.document.path, line=line, column=column, field=field_name(path), problem=problem, hint=hint)
        )

    def value(self, node: yaml.Node, path: Path_) -> Any:
        self.document.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if node.tag not in _CORE_TAGS:
            self.note(node.start_mark, f"tag '{node.tag}' is not allowed", "write a plain value", path)
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        return self.scalar(node, path)

    def mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None:
                self.note(key_node.start_mark, "a key must be text", "", path)
                continue
            if key in result:
                self.note(key_node.start_mark, f"duplicate key '{key}'", "keep one of the two", (*path, key))
                continue
            self.document.keys[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            result[key] = self.value(value_node, (*path, key))
        return result

    def scalar(self, node: yaml.Node, path: Path_) -> Any:
        text = str(node.value)
        if getattr(node, "style", None) in ("'", '"', "|", ">"):
            return text
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.match(text):
            return int(text) if len(text) < 400 else text
        if _NUMBER.match(text):
            return Decimal(text)
        for pattern, reason in _AMBIGUOUS:
            if pattern.match(text):
                self.note(
                    node.start_mark,
                    f"'{text}' without quotes is ambiguous: {reason}",
                    f'write "{text}" in quotes or a plain number',
                    path,
                )
                return text
        return text


def field_name(path: Path_) -> str:
    """('facts', 2, 'unit') → 'facts[2].unit'."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.lstrip(".")


def decode(data: bytes, path: str) -> tuple[str, list[Issue]]:
    """Bytes of a text file → its text without BOM, with line feeds only, and what keeps it from being read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        problem = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return "", [Issue(path=path, line=line, column=column, problem=problem, hint="save the file as UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, list(_long_lines(text, path))


def _long_lines(text: str, path: str) -> Iterator[Issue]:
    if len(text) > MAX_BYTES:
        yield Issue(
            path=path, problem=f"the file has {len(text):,} characters; {MAX_BYTES:,} is the most", hint="split it"
        )
    elif len(text) > MAX_LINE:
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > MAX_LINE:
                problem = f"the line has {len(line):,} characters; {MAX_LINE:,} is the most"
                yield Issue(path=path, line=number, column=MAX_LINE + 1, problem=problem, hint="break it")


def read_yaml(file: Path, root: Path) -> tuple[Document | None, list[Issue]]:
    """A YAML file → its document, or None where it cannot be read, with every fault of its form."""
    path = file.relative_to(root).as_posix()
    return parse_yaml(file.read_bytes(), path)


def parse_yaml(data: bytes, path: str) -> tuple[Document | None, list[Issue]]:
    """Bytes of a YAML file → its document and faults, as `read_yaml`."""
    text, issues = decode(data, path)
    if issues:
        return None, issues
    reader = _Reader(path)
    try:
        node = None if _has_alias(text, reader) else yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        reader.note(error.problem_mark or error.context_mark, *_yaml_problem(error, text))
        return None, reader.issues
    except (yaml.YAMLError, RecursionError) as error:
        reader.note(None, f"not YAML: {' '.join(str(error).split())}")
        return None, reader.issues
    if reader.issues:
        return None, reader.issues
    if node is None:
        reader.note(None, "the file is empty", "fill it, or delete it")
        return None, reader.issues
    value = reader.value(node, ())
    document = Document(path=path, value=value, places=reader.document.places, keys=reader.document.keys)
    return document, reader.issues


def _has_alias(text: str, reader: _Reader) -> bool:
    """Anchors and aliases can make a small file huge; the first one is refused before anything is expanded."""
    if "&" not in text and "*" not in text:
        return False
    for event in yaml.parse(text, Loader=_LOADER):
        if anchor := getattr(event, "anchor", None):
            reader.note(event.start_mark, f"anchor or alias '{anchor}' is not allowed", "write the value out")
            return True
    return False


def _yaml_problem(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in line[: (mark.column if mark else 0) + 1] and not line[: line.find("\t")].strip():
        return "a tab stands where YAML wants blanks", "indent with two blanks a level"
    problem = " ".join(filter(None, (error.context, error.problem)))
    return f"not YAML: {problem}", "look at the indent, the colons and the quotes here and on the line before"
