"""Finds glossary terms in running text: longest first, and in Chinese only where no word is cut through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from . import model

Cut = Callable[[str], Iterable[str]]
"""A text → its words, in order."""

_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text, from `start` to `end`."""

    start: int
    end: int
    term: str


class Finder:
    """Finds a language's terms; built once a build."""

    def __init__(self, terms: Iterable[model.Term], lang: model.Lang, cut: Cut | None = None) -> None:
        self._lang = lang
        self._cut = cut
        self._ids: dict[str, str] = {}
        self._not_in: dict[str, tuple[str, ...]] = {}
        for term in terms:
            if term.auto:
                self._not_in[term.id] = term.not_in[lang]
                for form in (term.name[lang], *term.aliases[lang]):
                    self._ids.setdefault(form.casefold(), term.id)
        forms = sorted(self._ids, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_pattern, forms)), re.I) if forms else None

    def find(self, text: str) -> Iterator[Found]:
        """Every term in a text, from left to right, none overlapping."""
        if self._pattern is None or not text.strip():
            return
        edges: set[int] | None = None
        at = 0
        while match := self._pattern.search(text, at):
            id = self._ids[match[0].casefold()]
            han = bool(_HAN.search(match[0]))
            if han and edges is None:
                edges = self._edges(text)
            if self._stands(text, match, id) and not (han and edges and self._is_cut(match, edges)):
                yield Found(match.start(), match.end(), id)
                at = match.end()
            else:
                at = match.start() + 1

    def _stands(self, text: str, match: re.Match[str], id: str) -> bool:
        """Whether no context of the term's `not_in` surrounds the match."""
        for context in self._not_in[id]:
            for inner in re.finditer(re.escape(match[0]), context, re.I):
                start = match.start() - inner.start()
                if start >= 0 and text[start : start + len(context)].casefold() == context.casefold():
                    return False
        return True

    def _edges(self, text: str) -> set[int]:
        if self._cut is None:
            return set()
        edges, at = {0}, 0
        for word in self._cut(text):
            at += len(word)
            edges.add(at)
        return edges

    @staticmethod
    def _is_cut(match: re.Match[str], edges: set[int]) -> bool:
        """Whether a word of the dictionary runs over an end of the match."""
        return match.start() not in edges or match.end() not in edges


def _pattern(form: str) -> str:
    """A form's pattern; a Latin end must not stand inside a longer word."""
    left = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", form) else ""
    right = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]\Z", form) else ""
    return left + re.escape(form) + right


def segment() -> Cut | None:
    """The dictionary segmentation of Chinese text, without guesses at unknown words (they cut through 预训练)."""
    import rjieba

    return lambda text: rjieba.cut(text, False)
