"""The addresses that data files name: the JSON of the interface, and what the search finds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guide.sitecheck.links import has_anchor, missing_anchor
from guide.sitecheck.report import Findings
from guide.sitecheck.resolve import Fault, Inside, resolve_from_root
from guide.sitecheck.site import Site

_API = "api/v1/"
_KEYS = frozenset(("page", "json", "csv"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCheck:
    """Checks data files against the pages that were read."""

    site: Site
    """The files that exist."""
    anchors: Mapping[str, frozenset[str]]
    """Page to the ids and names in it."""
    findings: Findings
    """Where faults go."""

    def check_api(self) -> int:
        """Check the addresses in every JSON file below api/v1/; returns their number."""
        paths = sorted(file for file in self.site.files if file.startswith(_API) and file.endswith(".json"))
        found = [(path, *pair) for path in paths for pair in self._addresses(self._load(path))]
        for path, key, address in found:
            if fault := self._address_fault(address):
                self.findings.add(path, key, fault.problem, hint=fault.hint, value=address)
        return len(found)

    def check_search(self) -> int:
        """Check that all that the search finds is there to go to; returns the number of its targets."""
        languages = self.site.options.languages
        if self.site.files.isdisjoint(map(_search_file, languages)):
            return 0
        return sum(map(self._check_language, languages))

    def _load(self, path: str, *, is_script: bool = False) -> object:
        text = (self.site.root / path).read_text(encoding="utf-8-sig", errors="replace")
        if is_script:
            text = text[text.find("{") : text.rfind("}") + 1]
        try:
            return json.loads(text)
        except ValueError as error:
            self.findings.add(path, "", f"is no JSON: {error}")
            return None

    def _addresses(self, value: object) -> Iterator[tuple[str, str]]:
        """Yield key and address of each address in a document."""
        if isinstance(value, list):
            for item in value:
                yield from self._addresses(item)
        elif isinstance(value, dict):
            for key, item in value.items():
                named = self._named(key, item) if key in _KEYS else ()
                yield from named or self._addresses(item)

    def _named(self, key: str, value: object) -> tuple[tuple[str, str], ...]:
        """The addresses that stand under a key: one, or one a language; none where something else has its name."""
        if isinstance(value, str):
            return ((key, value),)
        if not isinstance(value, dict) or not value.keys() <= set(self.site.options.languages):
            return ()
        return tuple((f"{key}.{language}", item) for language, item in value.items() if isinstance(item, str))

    def _address_fault(self, address: str) -> Fault | None:
        target = resolve_from_root(self.site, address)
        if isinstance(target, Fault):
            return target
        known = self.anchors.get(target.file)
        is_there = known is None or has_anchor(known, target.fragment)
        return None if is_there else missing_anchor(target, "", known or frozenset())

    def _check_language(self, language: str) -> int:
        file = _search_file(language)
        if file not in self.site.files:
            self.findings.add(file, "", "does not exist, but another language can be searched")
            return 0
        found: Any = self._load(file, is_script=True)
        if found is None:
            return 0
        try:
            targets = [str(page["u"]) for page in found["pages"]]
            blocks = [(block["p"], block.get("a") or "") for block in found["blocks"]]
        except (AttributeError, KeyError, TypeError):
            self.findings.add(file, "", "has not the shape that the search reads: pages with 'u', blocks with 'p'")
            return 0
        pages = [self._page(language, target) for target in targets]
        for index, anchor in blocks:
            self._check_block(file, index, anchor, pages)
        return len(pages) + len(blocks)

    def _page(self, language: str, address: str) -> str:
        """The page that an entry leads to, or nothing."""
        target = resolve_from_root(self.site, address)
        if isinstance(target, Inside):
            if target.file in self.anchors and self.site.is_version(target.file, language):
                return target.file
            target = Fault(f"is no page in '{language}'")
        self.findings.add(_search_file(language), "u", target.problem, hint=target.hint, value=address)
        return ""

    def _check_block(self, file: str, index: object, anchor: str, pages: list[str]) -> None:
        if not isinstance(index, int) or not 0 <= index < len(pages):
            self.findings.add(file, "p", f"is no index into {len(pages)} pages", value=str(index))
        elif pages[index] and anchor and anchor not in self.anchors[pages[index]]:
            fault = missing_anchor(Inside(pages[index], anchor), "", self.anchors[pages[index]])
            self.findings.add(file, "a", fault.problem, hint=fault.hint, value=anchor)


def _search_file(language: str) -> str:
    return f"search/{language}.js"
