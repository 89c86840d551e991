"""Blanks, line ends and quotes are set as each language sets them; nothing else is touched."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import markdown
import pytest
import yaml
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from guide.proofreading import FORBIDDEN, check_text
from guide.typography import TypographyExtension


class _Marks(markdown.Extension):
    """==text== → a link with finished text, as glossary marks are."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register before emphasis."""
        md.inlinePatterns.register(_Mark("==(.+?)==", md), "mark", 70)


class _Mark(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        mark = Element("a")
        mark.text = AtomicString(m[1])
        return mark, m.start(), m.end()


CASES = Path(__file__).parent / "cases/typography"
EXTENSIONS = ["attr_list", "tables", "toc", "footnotes", "admonition", "pymdownx.superfences", "md_in_html", "def_list"]


def cases(name: str) -> list[Any]:
    """Each case of a file, in its language."""
    topic = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["about"]) for case in topic]


def rendered(text: str, lang: Any, keep: list[str]) -> str:
    """Markdown → HTML without the line ends at its end."""
    extensions: list[Any] = [*EXTENSIONS, _Marks(), TypographyExtension(lang=lang, keep=keep)]
    return markdown.markdown(text, extensions=extensions).strip()


@pytest.mark.parametrize("case", [*cases("zh"), *cases("en")])
def test_set(case: dict[str, Any]) -> None:
    """Text is set as the language sets it; code, addresses, math and raw HTML stay."""
    assert rendered(case["in"], case.get("lang", "zh"), case.get("keep", [])) == case["out"].strip()


def test_the_list_of_contents_has_the_set_text() -> None:
    """What MkDocs shows beside the page reads as the heading does."""
    md = markdown.Markdown(extensions=["toc", TypographyExtension(lang="zh")])
    md.convert("# 什么是LLM ？")
    assert md.toc_tokens[0]["name"] == "什么是 LLM？"  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", [*cases("check-zh"), *cases("check-en")])
def test_checked(case: dict[str, Any]) -> None:
    """Each fault of a line is told with its column and what to write; sound lines are silent."""
    found = [f"{column}: {problem}; {hint}" for column, problem, hint in check_text(case["in"], case["lang"])]
    assert found == case.get("out", [])


@pytest.mark.parametrize(("lang", "phrase"), [(lang, phrase) for lang in FORBIDDEN for phrase in FORBIDDEN[lang]])
def test_every_forbidden_phrase_is_found(lang: Any, phrase: str) -> None:
    """The pattern that looks for empty phrases holds all that are listed."""
    assert [column for column, _, _ in check_text(f"x {phrase} x", lang)] == [3]


@pytest.mark.parametrize(
    "line", ["`" * 5000 + "中,", "(" * 5000, "[" * 5000 + "](", "$" * 5001, "{" * 5000, "-" * 5000 + "x"]
)
def test_no_line_is_slow(line: str) -> None:
    """A line made to hang the check takes under a second."""
    begin = time.perf_counter()
    check_text(line, "zh")
    assert time.perf_counter() - begin < 1
