"""The files of data/: read once, checked by their models, their faults noted, what could not be used remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import schema
from .faults import validate
from .issues import Issues
from .reader import Document, field_name, read_yaml
from .values import ID, shown

Steps = tuple[str | int, ...]

_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHAPES: dict[type[Any], str] = {list: "a list", dict: "a mapping"}


class Files:
    """Reads data/; what a file with faults may have said is never blamed on others."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "data"
        self.issues = Issues()
        self.broken: set[str] = set()
        """Ids that stand in data/ but cannot be used."""
        self.lost: set[str] = set()
        """Files, from data/, of which nothing can be used."""
        self.rejected: dict[str, list[Any]] = {}
        """Items of lists that their model refused, by file."""
        self.documents: dict[str, Document] = {}

    def read(self, file: Path) -> Document | None:
        """A file's document, or None where its form is beyond use."""
        document, issues = read_yaml(file, self.root)
        self.issues.extend(issues)
        if document is None:
            self._give_up(file)
        else:
            self.documents[document.path] = document
        return document

    def _give_up(self, file: Path) -> None:
        """Nothing in a file can be used: each of its words may have been an id."""
        self.lost.add(file.relative_to(self.folder).as_posix())
        text = file.read_bytes().decode(errors="replace") if file.is_file() and not file.is_symlink() else ""
        self.broken.update((file.stem, *_WORD.findall(text)))

    def shaped(self, name: str, shape: type[Any]) -> Document | None:
        """A file that may be absent, if it is a list or a mapping as it must be."""
        file = self.folder / name
        document = self.read(file) if file.exists() or file.is_symlink() else None
        if document is None or isinstance(document.value, shape):
            return document
        self._give_up(file)
        self.fault(document, (), f"found {shown(document.value)} where {_SHAPES[shape]} is expected")
        return None

    def items(self, name: str, model: type[schema.Model]) -> Iterator[tuple[Any, Document, Steps]]:
        """The sound items of a file that is a list."""
        document = self.shaped(name, list)
        for index, value in enumerate(document.value if document else ()):
            assert document is not None
            found, issues = validate(model, document, (index,))
            self.issues.extend(issues)
            if found is not None:
                yield found, document, (index,)
            else:
                self.rejected.setdefault(name, []).append(value)
                self.broken.add(str(value.get("id") if isinstance(value, dict) else value))

    def entries(self, name: str, model: type[schema.Model]) -> Iterator[tuple[str, Any, Document]]:
        """The sound entries of a file that is a mapping."""
        document = self.shaped(name, dict)
        for key in document.value if document else ():
            assert document is not None
            found, issues = validate(model, document, (key,))
            self.issues.extend(issues)
            if found is None:
                self.broken.add(key)
            else:
                yield key, found, document

    def each(self, name: str) -> Iterator[tuple[str, Document]]:
        """Each readable file of a folder with its id."""
        for file in sorted((self.folder / name).glob("*")):
            if not file.name.startswith(".") and self.has_id(file) and (document := self.read(file)):
                yield file.stem, document

    def has_id(self, file: Path) -> bool:
        """Whether a file's name gives an id; a fault if not."""
        if file.suffix == ".yml" and ID.match(file.stem):
            return True
        path = file.relative_to(self.root).as_posix()
        if file.suffix != ".yml":
            self.issues.add(path, f"the file name '{file.name}' does not end in .yml", hint="rename it")
        else:
            hint = "name it with lower-case letters, digits and single hyphens, as in llama-cpp.yml"
            self.issues.add(path, f"the file name '{file.name}' gives no id", hint=hint)
        return False

    def fault(self, document: Document, steps: Steps, problem: str, hint: str = "", *, key: bool = False) -> None:
        """Note a fault at a value of a document, unless one was told there."""
        line, column = document.place(steps, key=key)
        if (line, column) not in document.faulty:
            self.issues.add(document.path, problem, line=line, column=column, field=field_name(steps), hint=hint)
