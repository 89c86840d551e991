"""Directory pages: what their tables are sorted and chosen by is what the records say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from guide.macros.directories import column_types
from guide.macros.facts import Part, RecordView, SourceMark
from guide.model import LANGUAGES
from guide.site import Site
from guide.templates import Templates

ROOT = Path(__file__).resolve().parents[2]
PAGES = {lang: "" if lang == "zh" else f"{lang}/" for lang in LANGUAGES}


@dataclass(frozen=True)
class Entity:
    """What the template of a card's facts looks at."""

    facts: tuple[tuple[str, tuple[RecordView, ...]], ...]


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    """Each language."""
    return request.param


def test_every_kind_has_every_entity(trees: Mapping[str, LexborHTMLParser], guide_site: Site, lang: str) -> None:
    """Each entity stands once among the entries of its kind, and once in its table where the kind has one."""
    for kind in guide_site.guide.kinds.values():
        tree = trees.get(f"{PAGES[lang]}directory/{kind.segment}/index.html")
        entities = guide_site.guide.of_kind(kind.id)
        ids = sorted(e.id for e in entities)
        assert sorted(n.attributes["id"].removeprefix("entry-") for n in tree.css(".directory .entry")) == ids
        rows = sorted(n.attributes["data-id"] for n in tree.css("table[data-rows] tr[data-id]"))
        assert rows == (ids if column_types(kind, entities) else [])


def test_cells_are_sorted_by_plain_values(trees: Mapping[str, LexborHTMLParser], guide_site: Site, lang: str) -> None:
    """A figure's cell bears the number of its newest record, a date's the date as ISO has it, a blank one nothing."""
    kind = guide_site.guide.kinds["accelerator"]
    table = trees[f"{PAGES[lang]}directory/{kind.segment}/index.html"].css_first("table[data-rows]")
    columns = [n.attributes["data-column"] for n in table.css("thead th")]
    for row in table.css("tbody tr"):
        facts = guide_site.guide.entities[row.attributes["data-id"]].facts
        sorts = dict(zip(columns, [n.attributes.get("data-sort") for n in row.css("th, td")], strict=True))
        for id in ("memory", "bf16"):
            value = facts[id].record.value if id in facts else None
            assert sorts[id] == (f"{value.normalize():f}" if isinstance(value, Decimal) else None)
        assert sorts["released"] == (str(facts["released"].record.value) if "released" in facts else None)


def test_facets_count_their_entries(trees: Mapping[str, LexborHTMLParser], guide_site: Site, lang: str) -> None:
    """Each option says how many entries have it, and none that nobody has is offered."""
    kind = guide_site.guide.kinds["accelerator"]
    held = Counter(e.facts["maker"].record.value for e in guide_site.guide.of_kind(kind.id))
    tree = trees[f"{PAGES[lang]}directory/{kind.segment}/index.html"]
    boxes = [(n.attributes["value"], n.parent) for n in tree.css("input[name=maker]")]
    assert {value: int(label.css_first("span").text()) for value, label in boxes} == held


def test_only_rows_that_count_are_summed(trees: Mapping[str, LexborHTMLParser], guide_site: Site, lang: str) -> None:
    """A sum leaves out what was only reported or denied; one of two currencies, or of another, is not ordered."""
    tree = trees[f"{PAGES[lang]}directory/companies/index.html"]
    at = [n.attributes["data-column"] for n in tree.css("table[data-rows] thead th")].index("rounds")
    sums: dict[str, dict[str, Decimal]] = {}
    for entity in guide_site.guide.of_kind("company"):
        rounds = [r.value for r in entity.facts["rounds"].records]
        amounts = {str(r["name"]): r["amount"] for r in reversed(rounds) if r["status"] == "closed" and r["amount"]}
        held = sums.setdefault(entity.id, {})
        for money in amounts.values():
            held[money.currency] = held.get(money.currency, Decimal()) + money.amount
    assert any(len(held) > 1 for held in sums.values())
    for row in tree.css("table[data-rows] tbody tr"):
        held = sums[row.attributes["data-id"]]
        expected = f"{held['USD'].normalize():f}" if set(held) == {"USD"} else None
        assert row.css("th, td")[at].attributes.get("data-sort") == expected


def test_addresses_in_columns_show_their_host(trees: Mapping[str, LexborHTMLParser]) -> None:
    """An address in a table of facts shows its host alone; what it leads to is whole."""
    cells = [a for tree in trees.values() for a in tree.css("table.entities:not([data-rows]) td > a[rel=noopener]")]
    assert cells
    assert [a.text() for a in cells if "/" in a.text() or a.text() not in a.attributes["href"]] == []


def test_values_stand_apart(guide_site: Site) -> None:
    """In English a blank follows the comma between the records of a fact, in Chinese none follows the mark."""
    mark = SourceMark(number=1, href="#source-1", title="")
    part = Part(html=Markup("CPU"), href="", external=False)
    record = RecordView(
        parts=(part,), separator="", as_of="", as_of_iso="", old=False, basis=None, note=None, at=None, mark=mark
    )
    templates = Templates(ROOT / "overrides", guide_site.guide.labels)
    said = {
        lang: templates.render("entities", "brief", Entity((("Hardware", (record, record)),)), lang) for lang in PAGES
    }
    assert "</sup>, CPU" in said["en"]
    assert "</sup>、CPU" in said["zh"]
