"""What a contributor may write is explained where contributors read: macros, types of facts, and each kind's facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from guide import model
from guide.check import Checked
from guide.expand import expand
from guide.macros import MACROS, Context
from guide.schema import FactKind
from guide.urls import Addresses

PAGES = ("about/contributing.md", "about/architecture.md")
_CODE = re.compile(r"```.*?```|`[^`\n]+`|<code>.*?</code>", re.S)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def named(checked: Checked, lang: model.Lang) -> frozenset[str]:
    """Every name that stands in code on the pages for contributors, also in what their macros show."""
    text = ""
    for src in PAGES:
        page = checked.site.page(lang, src)
        assert page is not None, f"docs/{lang}/{src} is missing"
        context = Context(
            site=checked.site,
            addresses=Addresses(),
            templates=checked.templates,
            lang=lang,
            src=src,
            origin=page.origin,
        )
        expanded = expand(page.scan, context)
        text += "\n".join([page.scan.body, *(call.html for call in expanded.calls)])
    return frozenset(name for code in _CODE.finditer(text) for name in _NAME.findall(code[0]))


def wanted(checked: Checked) -> Iterator[tuple[str, str]]:
    """(what it is, its name) of all that a contributor may write."""
    yield from (("macro", name) for name in MACROS)
    yield from (("type of fact", name) for name in get_args(FactKind))
    for kind in checked.site.guide.kinds.values():
        yield "kind", kind.id
        yield from ((f"fact of the kind {kind.id}", name) for name in kind.facts)


@pytest.mark.parametrize("lang", model.LANGUAGES)
def test_everything_is_explained(lang: model.Lang, checked: Checked, root: Path) -> None:
    """Each macro, type of fact, kind and fact stands in code on one of the pages for contributors."""
    found = named(checked, lang)
    missing = [f"{what} `{name}`" for what, name in wanted(checked) if name not in found]
    where = " or ".join(f"docs/{lang}/{src}" for src in PAGES)
    assert not missing, f"explain in {where}:\n" + "\n".join(missing)
