"""Wide tables and facts made of rows: what is implausible is refused, and what was denied never adds up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from guide import model
from guide.load import load
from guide.macros.facts import contradict, disagreements
from guide.macros.rows import sum_of
from sample import Case, cases

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("case", cases("tables"))
def test_told(case: Case, tmp_path: Path) -> None:
    """Each fault gets one message at its cell or row."""
    assert case.told(tmp_path) == case.messages


@pytest.fixture(scope="module")
def guide() -> model.Guide:
    """The real data."""
    return load(ROOT).guide


def test_denied_rounds_do_not_count(guide: model.Guide) -> None:
    """A total holds only rounds that closed: announced, reported and denied ones are left out."""
    rounds = {e.id: e.facts["rounds"] for e in guide.of_kind("company") if "rounds" in e.facts}
    assert any(r.value["status"] == "denied" for f in rounds.values() for r in f.records)  # type: ignore[index]
    for id, fact in rounds.items():
        closed = [r.value for r in fact.records if r.value["status"] == "closed"]  # type: ignore[index]
        most: dict[str, Decimal] = {}
        for row in closed:
            money = row["amount"]  # type: ignore[index]
            if isinstance(money, model.Money) and isinstance(money.amount, Decimal):
                most[money.currency] = most.get(money.currency, Decimal(0)) + money.amount
        sums, _ = sum_of(fact)
        assert all(amount <= most[currency] for currency, amount in sums.items()), id


def test_rows_of_the_same_round_that_differ_are_found(guide: model.Guide) -> None:
    """Where sources give a round two amounts, both stand and are listed as a disagreement."""
    found = {e.id: disagreements(e.facts["rounds"]) for e in guide.of_kind("company") if "rounds" in e.facts}
    assert found["anthropic"], "Anthropic's Series C is told with two amounts"
    for groups in found.values():
        for group in groups:
            assert len({str(record.value) for record in group}) == len(group) > 1


def test_prices_are_many_dated_and_plausible(guide: model.Guide) -> None:
    """At least a hundred rows, none above the plausible, each with a source; spot never above on demand."""
    rows = guide.tables["gpu-prices"].rows
    assert len(rows) >= 100
    for row in rows:
        dear, cheap = row.values["on_demand"], row.values.get("spot")
        assert isinstance(dear, model.Money)
        assert cheap is None or (isinstance(cheap, model.Money) and cheap.amount <= dear.amount), row.place


def test_accelerators_are_many_and_told(guide: model.Guide) -> None:
    """At least thirty accelerators, each with at least three read facts about its figures."""
    figures = ("memory", "bandwidth", "bf16", "fp8", "interconnect", "power", "released", "export_cn", "memory_type")
    found = guide.of_kind("accelerator")
    told = [e for e in found if sum(name in e.facts for name in figures) >= 3]
    assert len(told) >= 30, [e.id for e in found if e not in told]


def test_saying_more_is_no_contradiction() -> None:
    """A row that knows the month, or an amount more, agrees with one that knows less; another amount does not."""
    less, more = model.Row({"date": "2023", "by": ("a",)}), model.Row({"date": "2023-06", "by": ("a", "b"), "sum": "9"})
    assert not contradict(less, more)
    assert contradict(more, model.Row({"date": "2023-06", "sum": "8"}))
    assert contradict(less, model.Row({"date": "2024"}))
    assert contradict("0.5.2", "0.5.21")
