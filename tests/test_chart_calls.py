"""Pages get the charts that they call for, made from the records; what cannot be drawn is told with what would do."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from guide.check import check
from guide.macros import CallError, Context, bind, parse
from guide.macros.rows import sum_of
from guide.urls import Addresses
from sample import make_sample, write

CASES = yaml.safe_load((Path(__file__).parent / "cases/charts/calls.yml").read_text(encoding="utf-8"))
UNITS = """
  people: {name: {zh: 人, en: person}, plural: people}
  W: {symbol: W, name: {zh: 瓦, en: watts}}
  FLOP: {symbol: FLOP, name: {zh: 浮点运算次数, en: floating-point operations}}
"""
LABEL = "label: {zh: 甲, en: "
KIND = f"""
name: {{zh: 公司, en: firm}}
plural: {{zh: 公司, en: Firms}}
segment: firms
group_by: state
facts:
  - {{id: state, {LABEL}State}}, type: choice, required: always, options: [{{id: up, zh: 上, en: Up}}, {{id: down, zh: 下, en: Down}}]}}
  - {{id: born, {LABEL}Born}}, type: date}}
  - {{id: staff, {LABEL}Staff}}, type: number, unit: people}}
  - {{id: power, {LABEL}Power}}, type: number, unit: W}}
  - {{id: zero, {LABEL}Zero}}, type: number}}
  - {{id: debt, {LABEL}Debt}}, type: money}}
  - id: rounds
    {LABEL}Rounds}}
    type: row
    order_by: date
    key: [name]
    sum: {{of: amount, where: status, counts: [closed]}}
    fields:
      - {{id: name, {LABEL}Name}}, type: name, required: always}}
      - {{id: date, {LABEL}Date}}, type: date, required: always}}
      - {{id: amount, {LABEL}Amount}}, type: money}}
      - {{id: status, {LABEL}Status}}, type: choice, required: always, options: [{{id: closed, zh: 成, en: closed}}, {{id: reported, zh: 据报道, en: reported}}, {{id: denied, zh: 否认, en: denied}}]}}
  - id: events
    {LABEL}Events}}
    type: row
    order_by: date
    fields:
      - {{id: date, {LABEL}Date}}, type: date, required: always}}
      - {{id: what, {LABEL}What}}, type: text, required: always}}
  - id: runs
    {LABEL}Runs}}
    type: row
    key: [model]
    fields:
      - {{id: model, {LABEL}Model}}, type: name, required: always}}
      - {{id: date, {LABEL}Date}}, type: date}}
      - {{id: flop, {LABEL}FLOP}}, type: number, unit: FLOP, required: always}}
  - id: notes
    {LABEL}Notes}}
    type: row
    fields: [{{id: what, {LABEL}What}}, type: name}}]
  - id: dues
    {LABEL}Dues}}
    type: row
    fields: [{{id: what, {LABEL}What}}, type: name}}, {{id: date, {LABEL}Date}}, type: date}}]
relations: []
"""  # noqa: E501
REST = 'as_of: "2026-03", source: shared'
EPOCH = f"{REST}, basis: estimate, note: {{zh: Epoch AI 估算；粗, en: Epoch AI’s estimate; rough}}"
FIRMS = {
    "aa": f"""
  state: {{value: up, {REST}}}
  born: {{value: "2020", {REST}}}
  staff: [{{value: 100, as_of: "2026-03", source: shared}}, {{value: 40, as_of: "2025", source: shared}}]
  power: {{value: 700, {REST}}}
  zero: {{value: 0, {REST}}}
  rounds:
    - {{value: {{name: Seed, date: "2021-01", amount: {{amount: 10000000, currency: USD}}, status: closed}}, {REST}}}
    - {{value: {{name: Seed, date: "2021-01", amount: {{amount: 12000000, currency: USD}}, status: reported}}, {REST}}}
    - {{value: {{name: A, date: "2022-05-01", amount: {{amount: 20000000, currency: USD}}, status: reported}}, {REST}}}
    - {{value: {{name: B, date: "2023", amount: {{amount: 50000000, currency: USD}}, status: denied}}, {REST}}}
    - {{value: {{name: C, date: "2023-06-01", amount: {{amount: 30000000, currency: CNY}}, status: closed}}, {REST}}}
  events:
    - {{value: {{date: "2020", what: {{zh: 始, en: It begins}}}}, as_of: null, source: other}}
    - {{value: {{date: "2021-03-06", what: {{zh: 长, en: It grows}}}}, {REST}}}
  runs:
    - {{value: {{model: M1, date: "2024-05-01", flop: 3e23}}, {EPOCH}}}
    - {{value: {{model: M2, date: "2025", flop: 2e25}}, {REST}}}
  notes: {{value: {{what: Aside}}, {REST}}}
  dues: {{value: {{what: Rent}}, {REST}}}
""",
    "bb": f"""
  state: {{value: down, {REST}}}
  born: {{value: "2021-05-02", {REST}}}
  staff: {{value: 200, {REST}}}
  power: {{value: 300, {REST}}}
  rounds: {{value: {{name: Seed, date: "2024", amount: {{amount: 5000000, currency: USD}}, status: closed}}, {REST}}}
  events: {{value: {{date: "2021-05-02", what: {{zh: 也始, en: It begins too}}}}, {REST}}}
  runs: {{value: {{model: M3, date: "2025-02", flop: 5e21}}, {REST}}}
""",
    "cc": f"""
  state: {{value: up, {REST}}}
  power: {{value: 350, {REST}}}
""",
}


TABLE = f"""
title: {{zh: 价格, en: Prices}}
description: {{zh: 每小时价格。, en: Prices an hour.}}
key: [name]
columns:
  - {{id: name, {LABEL}Name}}, type: name, required: true}}
  - {{id: card, {LABEL}Card}}, type: ref, required: true}}
  - {{id: count, {LABEL}Count}}, type: number, required: true}}
  - {{id: per_hour, {LABEL}Per hour}}, type: money, required: true}}
derived:
  - {{id: per_card, {LABEL}Per card}}, formula: price / cards, uses: {{price: per_hour, cards: count}}}}
"""
CSV = """\
name,card,count,per_hour,currency,as_of,source,note
one,aa,1,4,USD,2026-03,shared,
two,aa,8,8,USD,2026-02-01,shared,
old,bb,1,2,USD,,shared,
"""


@pytest.fixture(scope="module")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A page of the sample with three firms, in a language."""
    root = make_sample(tmp_path_factory.mktemp("firms"))
    units = (root / "data/units.yml").read_text(encoding="utf-8")
    write(root, "data/units.yml", units.replace("units:\n", f"units:{UNITS}", 1))
    write(root, "data/kinds/firm.yml", KIND.lstrip())
    for id, facts in FIRMS.items():
        text = (
            f"name: {{zh: {id.title()}, en: {id.title()}}}\ndepth: short\nurl: https://alpha.org/{id}\n"
            f'checked: "2026-03-06"\nsummary: {{zh: 公司。, en: A firm.}}\njudgement: {{zh: 看看。, en: Look at it.}}\n'
            f"facts:{facts}"
            'sources:\n  other: {url: "https://alpha.org/log", title: Log, read: "2026-03-06"}\n'
        )
        write(root, f"data/entities/firm/{id}.yml", text)
    write(root, "data/tables/rent.yml", TABLE.lstrip())
    write(root, "data/tables/rent.csv", CSV)
    checked = check(root)
    assert not [str(issue) for issue in checked.issues if "firm" in issue.path or "rent" in issue.path]

    def make(lang: Any) -> Context:
        return Context(
            site=checked.site,
            addresses=Addresses(),
            templates=checked.templates,
            lang=lang,
            src="index.md",
            origin="docs/index.md",
        )

    return make


def html_of(page: Context, source: str) -> LexborHTMLParser:
    """What a call leaves on its page."""
    macro, arguments = bind(parse(f"{{{{ {source} }}}}"))
    return LexborHTMLParser(macro(page, **arguments))


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    """What stands in the elements, with single blanks."""
    return [" ".join(node.text().split()) for node in tree.css(selector)]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["call"]) for case in CASES])
def test_calls(case: dict[str, Any], page_of: Any) -> None:
    """A call draws what its records say, or is refused with its reason."""
    if "fault" in case:
        with pytest.raises(CallError) as caught:
            html_of(page_of("en"), case["call"])
        assert case["fault"] in str(caught.value)
        assert caught.value.hint
        assert case.get("hint", caught.value.hint) == caught.value.hint
        return
    tree = html_of(page_of("en"), case["call"])
    if "tags" in case:
        assert texts(tree, "g.chart__wide .chart__tag") == case["tags"]
    if "groups" in case:
        assert texts(tree, ".chart__group") == case["groups"]
    if "columns" in case:
        assert texts(tree, "thead th") == case["columns"]
    if "events" in case:
        shown = texts(tree, ".chart__event > span:last-child")
        assert len(shown) == len(case["events"])
        assert [text for text, begin in zip(shown, case["events"], strict=True) if not text.startswith(begin)] == []
    if "lanes" in case:
        assert texts(tree, ".chart__of") == case["lanes"]
    if "ends" in case:
        assert texts(tree, ".chart__name") == case["ends"]
    if "rows" in case:
        assert [texts_of(row) for row in tree.css("tbody tr")] == case["rows"]
    if "ranges" in case:
        assert texts(tree, ".chart__label--valued") == case["ranges"]
    assert case.get("note", "") in " ".join(texts(tree, ".chart__source"))
    assert case.get("key", "") in " ".join(texts(tree, ".chart__key"))


def texts_of(row: Any) -> list[str]:
    """The cells of a row but its source."""
    return [" ".join(cell.text().split()) for cell in row.css("th, td")][:-1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sort_is_drawn_in_both_languages(lang: str, page_of: Any) -> None:
    """A chart has its title, a source line with a date, a table whose rows have sources, and the file, in either."""
    page = page_of(lang)
    for case in (case for case in CASES if "fault" not in case):
        tree = html_of(page, case["call"])
        assert texts(tree, ".chart__title") == ["T"]
        assert {"zh": "截至", "en": "as of"}[lang] in texts(tree, ".chart__source")[0]
        assert tree.css('.chart__source a[href^="#source-"]')
        assert tree.css("tbody tr")
        assert all(row.css('a[href^="#source-"]') for row in tree.css("tbody tr"))
        assert tree.css(f'.chart__csv a[href$="api/v1/{case.get("csv", "firm")}.csv"]')
    assert page.charts == len([case for case in CASES if "fault" not in case])


def test_the_line_ends_where_the_total_does(page_of: Any) -> None:
    """What the chart adds up is what the macro `total` says, currency by currency."""
    page = page_of("en")
    sums, _ = sum_of(page.entity("aa").facts["rounds"])
    assert sums == {"USD": Decimal(10_000_000), "CNY": Decimal(30_000_000)}
    for code, shown in (("USD", "$10 million"), ("CNY", "CNY 30 million")):
        tree = html_of(page, f'chart("rows", "aa.rounds", title="T", currency="{code}")')
        assert texts(tree, ".chart__name--value") == [shown]
