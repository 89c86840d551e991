"""Faults in the guide's content: collected, sorted, told all at once, each with its place and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


class GuideError(Exception):
    """Base of every error that the guide raises on purpose.

    GuideError
    ├── ContentError   faults in data, pages or the built site; carries its Issues
    └── UsageError     a command was called in a way it cannot serve
    """


class ContentError(GuideError):
    """Content has faults; `issues` holds all of them."""

    def __init__(self, issues: Issues) -> None:
        super().__init__(issues.text())
        self.issues = issues


class UsageError(GuideError):
    """A command cannot do what was asked; the message says why."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Issue:
    """One fault, where it stands, and what mends it."""

    path: str
    """Path from the project's root, with forward slashes."""
    line: int = 1
    """Line, counted from 1."""
    column: int = 1
    """Column in characters, counted from 1."""
    field: str = ""
    """The field, as `facts.license.value`; empty where there is none."""
    problem: str
    """What was found and what was expected."""
    hint: str = ""
    """What to do, or the nearest known name."""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}:{self.column}: "
        field = f"{self.field}: " if self.field else ""
        return f"{where}{field}{self.problem}" + (f"; {self.hint}" if self.hint else "")


class Issues:
    """Collects issues; the same fault at the same place counts once."""

    def __init__(self, issues: Iterable[Issue] = ()) -> None:
        self._issues: set[Issue] = set(issues)

    def add(self, path: str, problem: str, *, line: int = 1, column: int = 1, field: str = "", hint: str = "") -> None:
        """Note one fault."""
        self._issues.add(Issue(path=path, line=line, column=column, field=field, problem=problem, hint=hint))

    def extend(self, issues: Iterable[Issue]) -> None:
        """Note several faults."""
        self._issues.update(issues)

    def __iter__(self) -> Iterator[Issue]:
        return iter(sorted(self._issues))

    def __len__(self) -> int:
        return len(self._issues)

    def text(self) -> str:
        """All faults, one a line, sorted by place, with their count at the end."""
        count = f"{len(self)} fault{'' if len(self) == 1 else 's'}"
        return "\n".join([*map(str, self), count])

    def raise_if_any(self) -> None:
        """Raise ContentError when there is at least one fault."""
        if self._issues:
            raise ContentError(self)


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """A hint that names the nearest known name, or an empty string."""
    names = list(known)
    same = [n for n in names if n.casefold() == name.casefold()]
    found = same or difflib.get_close_matches(name, names, n=1, cutoff=cutoff)
    return f"did you mean '{found[0]}'?" if found else ""
