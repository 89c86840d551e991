"""Glossary terms are found in running text: longest first, and in Chinese only where no word is cut through."""

from __future__ import annotations

from typing import Any

import pytest

from guide import model
from guide.terms import Finder, segment
from sample import Case, cases

FORMS = ("aliases", "not_in")
PLACE = model.Place(path="data/terms.yml")


def term(values: dict[str, Any]) -> model.Term:
    """A term of a case."""
    publisher = model.Publisher(id="x", name=model.Text("x", "x"), kind="paper", hosts=("x.org",), place=PLACE)
    source: Any = model.Source(key="x", url="", title="", read=None, publisher=publisher, place=PLACE)  # type: ignore[arg-type]
    forms = {key: {lang: tuple(values.get(key, {}).get(lang, ())) for lang in model.LANGUAGES} for key in FORMS}
    return model.Term(
        id=values["id"],
        name=model.Text(values["zh"], values["en"]),
        aliases=forms["aliases"],
        definition=model.Text("x", "x"),
        source=source,
        at=None,
        related=(),
        auto=values.get("auto", True),
        not_in=forms["not_in"],
        outline=None,
        place=PLACE,
    )


@pytest.mark.parametrize("case", cases("terms"))
def test_found(case: Case) -> None:
    """Each mention is found with its term, and nothing else."""
    lang, text = case.values["lang"], case.values["text"]
    finder = Finder(map(term, case.values["terms"]), lang, segment() if lang == "zh" else None)
    found = [f"{f.start} {text[f.start : f.end]} {f.term}" for f in finder.find(text)]
    assert found == case.messages
