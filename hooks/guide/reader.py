"""YAML files → plain values that know their line and column; whatever two readers could take differently is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
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
MAX_DEPTH = 20
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
"""Control and direction marks, blanks without width, line ends that no editor counts, characters for private use."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z")
_PROPERTY = re.compile(r"(?:^|[\s\[{,])(?:[&*]\S|!)", re.M)
_AMBIGUOUS = (
    (r"(?i:y|n|yes|no|on|off)", "some readers take it for true or false", 'write "{}" in quotes, or true or false'),
    (r"(True|TRUE|False|FALSE|Null|NULL)", "only true, false and null are read as such", "write it in lower case"),
    (
        r"[-+]?0[0-9_]+|[-+]?0[xob][0-9a-fA-F_]+",
        "some readers take it for an octal or hexadecimal number",
        'write "{}" in quotes, or the number without a leading zero',
    ),
    (
        r"[-+]?[0-9]+(:[0-9]{1,2})+(\.[0-9]*)?",
        "some readers take it for a number to the base of 60",
        'write "{}" in quotes',
    ),
    (
        r"(?i:[-+]?\.?(nan|inf)|infinity)",
        "some readers take it for a number that is none",
        'write "{}" in quotes if it is a text, or leave the record out',
    ),
    (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ][0-9].*)?", "some readers make a date of it", 'write "{}" in quotes'),
    (
        r"[-+]?[0-9][0-9_]*_[0-9_.]*|\+[0-9.]+([eE][+-]?[0-9]+)?|[-+]?\.[0-9]+|[-+]?[0-9]+\.([eE][+-]?[0-9]+)?",
        "some readers take it for a number",
        'write "{}" in quotes, or the number as 1234.5',
    ),
)
_IS_AMBIGUOUS = re.compile("|".join(rf"(?:{pattern})\Z" for pattern, _, _ in _AMBIGUOUS))
_AMBIGUITIES = tuple((re.compile(rf"(?:{pattern})\Z"), reason, hint) for pattern, reason, hint in _AMBIGUOUS)
_NOT_YAML = (
    ("found unexpected end of stream", "a quote is opened and never closed", "close it", True),
    (
        "did not find expected ',' or",
        "a bracket is opened and never closed",
        "close it, or put the text in quotes",
        True,
    ),
    ("could not find expected ':'", "a key has no ':'", "write key: value, or a blank behind the '-' of a list", True),
    ("mapping values are not allowed", "a ':' stands where none can be", "quote the text, or mend the indent", False),
    ("did not find expected key", "a key was expected", "mend the indent here, or the quotes before", False),
    ("did not find expected '-'", "'-' was expected, as on the lines before", "mend the indent", False),
    ("did not find expected node", "a value was expected", "look at the commas and brackets", False),
    ("cannot start any token", "no value can begin with this character", "put the text in quotes", False),
    ("found another document", "a second document begins", "write one file each", False),
)
"""What the parser says → what we say, what to do, and whether it lies where the thing began."""


class Written(Decimal):
    """A number that knows how it was written, for the messages about it."""

    text: str


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
    faulty: set[Place] = field(default_factory=set)
    """Where a fault was told already."""

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
        if len(path) > MAX_DEPTH:
            self.note(node.start_mark, f"nested more than {MAX_DEPTH} deep", "write it flatter", path[:3])
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        return self.scalar(node, path)

    def mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self.key(key_node, path)
            if key in result:
                self.note(key_node.start_mark, f"duplicate key '{key}'", "keep one of the two", (*path, key))
            elif key is not None:
                self.document.keys[*path, key] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
                result[key] = self.value(value_node, (*path, key))
        return result

    def key(self, node: yaml.Node, path: Path_) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            self.note(node.start_mark, "a key must be text", "quote it", path)
            return None
        if not node.style and len(node.value) > 1:
            self.ambiguity(node, (*path, node.value))
        return str(node.value)

    def ambiguity(self, node: yaml.Node, path: Path_) -> None:
        """Note a scalar without quotes that readers take differently."""
        if not _IS_AMBIGUOUS.match(node.value):
            return
        for pattern, reason, hint in _AMBIGUITIES:
            if pattern.match(node.value):
                problem = f"'{node.value}' without quotes is ambiguous: {reason}"
                self.note(node.start_mark, problem, hint.format(node.value), path)
                return

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
            number = Written(text)
            number.text = text
            return number
        self.ambiguity(node, path)
        return text


def field_name(path: Path_) -> str:
    """('facts', 2, 'unit') → 'facts[2].unit'."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.lstrip(".")


def decode(data: bytes, path: str) -> tuple[str, list[Issue]]:
    """Bytes of a text file → its text without BOM and with line feeds only, and what keeps it from being read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        problem = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return "", [Issue(path=path, line=line, column=column, problem=problem, hint="save the file as UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, [*_long_lines(text, path), *_invisible(text, path)]


def _invisible(text: str, path: str) -> Iterator[Issue]:
    """The first character of each line that nobody can see."""
    told = 0
    for match in INVISIBLE.finditer(text):
        line, column = text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start())
        if line > told:
            told = line
            problem = f"the invisible character U+{ord(match[0]):04X} stands here"
            yield Issue(path=path, line=line, column=column, problem=problem, hint="delete it")


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


def read_text(file: Path, root: Path) -> tuple[str, list[Issue]]:
    """A text file of the project → its text, and the faults that keep it from being read."""
    path = file.relative_to(root).as_posix()
    if file.is_symlink():
        return "", [Issue(path=path, problem="the file is a link to another one", hint="put the file itself there")]
    try:
        return decode(file.read_bytes(), path)
    except OSError as error:
        return "", [Issue(path=path, problem=f"the file cannot be read: {error.strerror}")]


def read_yaml(file: Path, root: Path) -> tuple[Document | None, list[Issue]]:
    """A YAML file → its document, or None where it cannot be read, with every fault of its form."""
    text, issues = read_text(file, root)
    return (None, issues) if issues else parse_yaml(text, file.relative_to(root).as_posix())


def parse_yaml(text: str, path: str) -> tuple[Document | None, list[Issue]]:
    """Text of a YAML file → its document and faults, as `read_yaml`."""
    reader = _Reader(path)
    node = None
    try:
        if not _has_property(text, reader):
            node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        reader.note(*_yaml_problem(error, text))
    except (yaml.YAMLError, RecursionError) as error:
        reader.note(None, f"not YAML: {' '.join(str(error).split())}")
    else:
        if node is None and not reader.issues:
            reader.note(None, "the file is empty", "fill it, or delete it")
    if node is None:
        return None, reader.issues
    document = replace(reader.document, value=reader.value(node, ()))
    document.faulty.update((issue.line, issue.column) for issue in reader.issues)
    return document, reader.issues


def _has_property(text: str, reader: _Reader) -> bool:
    """Aliases make a small file huge, tags change what a value is: the first one is refused, and nothing expanded."""
    for event in yaml.parse(text, Loader=_LOADER) if _PROPERTY.search(text) else ():
        if anchor := getattr(event, "anchor", None):
            reader.note(event.start_mark, f"anchor or alias '{anchor}' is not allowed", "write the value out")
            return True
        if tag := getattr(event, "tag", None):
            name = tag.replace("tag:yaml.org,2002:", "!!")
            reader.note(event.start_mark, f"the tag {name} is not allowed", "write a plain value")
            return True
    return False


def _yaml_problem(error: yaml.MarkedYAMLError, text: str) -> tuple[Any, str, str]:
    """The place of a fault of form, what it is, and what to do."""
    mark = error.problem_mark or error.context_mark
    lines = text.split("\n")
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in line[: (mark.column if mark else 0) + 1] and not line[: line.find("\t")].strip():
        return mark, "a tab stands where YAML wants blanks", "indent with two blanks a level"
    for said, problem, hint, at_start in _NOT_YAML:
        if said in (error.problem or ""):
            return (error.context_mark or mark) if at_start else mark, f"not YAML: {problem}", hint
    problem = " ".join(filter(None, (error.context, error.problem)))
    return mark, f"not YAML: {problem}", "look at the indent, the colons and the quotes here and on the line before"
