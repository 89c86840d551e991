"""What an address that leads to no file may have meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from guide.issues import nearest
from guide.sitecheck.site import INDEX


class _Names(NamedTuple):
    beside: Mapping[str, list[str]]
    """Folder to the names in it."""
    where: Mapping[str, str]
    """Name to a folder that has it."""


@lru_cache(maxsize=4096)
def near(files: frozenset[str], path: str) -> str:
    """A hint that names a like name beside a path, or the same name elsewhere; empty where there is neither.

    A template may repeat a fault on thousands of pages: each path is looked for once.
    """
    folder, _, name = path.removesuffix(f"/{INDEX}").rpartition("/")
    names = _names(files)
    beside = nearest(name, names.beside.get(folder, ()))
    return beside or (f"there is '{names.where[name]}/{name}'" if name in names.where else "")


@lru_cache(maxsize=1)
def _names(files: frozenset[str]) -> _Names:
    beside: defaultdict[str, list[str]] = defaultdict(list)
    where: dict[str, str] = {}
    for file in sorted(files):
        folder, _, name = file.removesuffix(f"/{INDEX}").rpartition("/")
        beside[folder].append(name)
        where.setdefault(name, folder)
    return _Names(beside, where)
