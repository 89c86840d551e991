"""Numbers, money, ranges and dates are said as native writers say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from guide import formats
from guide.issues import Issues
from guide.model import Money, Range
from guide.units import Units, parse_units

ROOT = Path(__file__).parent.parent
LANGS = ("zh", "en")


@pytest.fixture(scope="module")
def units() -> Units:
    """The guide's own data/units.yml."""
    issues = Issues()
    parsed = parse_units(yaml.safe_load((ROOT / "data/units.yml").read_text(encoding="utf-8")), issues)
    assert not list(issues)
    return parsed


def cases() -> Iterator[Any]:
    """Each case in each language; every scalar is a string, so that 1.10 and 3.8e25 stay what they are."""
    for file in sorted((ROOT / "tests/cases/formats").glob("*.yml")):
        topic = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for i, case in enumerate(topic["cases"]):
            for lang in LANGS:
                yield pytest.param(topic["call"], case, lang, id=f"{file.stem}-{i + 1}-{lang}")


def said(call: str, case: dict[str, Any], lang: Any, units: Units) -> str:
    """What the formats make of a case."""
    given = {key: value[lang] if isinstance(value, dict) else value for key, value in case.items()}
    text = given.get("text", "")
    named: dict[str, Any] = {key: given[key] for key in ("unit", "currency", "per", "scale") if key in given}
    named |= {"in_full": True} if "in_full" in given else {}
    named |= {"units": units} | ({"digits": int(given["digits"])} if "digits" in given else {})
    match call:
        case "number":
            return formats.number(Decimal(given["value"]), lang, **named)
        case "money":
            return formats.money(Decimal(given["value"]), lang=lang, **named)
        case "range":
            low, high = (None if given[end] == "null" else Decimal(given[end]) for end in ("low", "high"))
            return formats.range_(low, high, lang, **named)
        case "date_range":
            return formats.date_range(given["start"], given["end"], lang)
        case "as_of":
            known = None if text == "null" else text
            return formats.as_of(known, given["read"], lang, sentence="sentence" in given)
        case "heading":
            return formats.heading(lang, **named)
        case _:
            return str(getattr(formats, call)(text, lang))


@pytest.mark.parametrize(("call", "case", "lang"), list(cases()))
def test_said_as_natives_say_it(call: str, case: dict[str, Any], lang: str, units: Units) -> None:
    """Each value reads as a native writer of the language would put it."""
    assert said(call, case, lang, units) == case[lang]


@pytest.mark.parametrize(
    ("value", "expected"), [(0.1, "0.1"), (3, "3"), (Decimal("1e2"), "100"), (3.8e25, "3.8×10²⁵"), (-0.0, "0")]
)
def test_every_sort_of_number_keeps_its_value(value: Decimal | int | float, expected: str) -> None:
    """Floats show no binary noise, exponents no e, and zero no sign."""
    assert formats.number(value, "en") == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True])
def test_what_is_no_number_is_refused(value: float) -> None:
    """Neither NaN nor infinity nor true reaches a page as a number."""
    with pytest.raises(ValueError, match="not a number"):
        formats.number(value, "zh")


@pytest.mark.parametrize("text", ["2026-13", "2026-02-30", "26", "2026-3-6", "March 2026", "2026-03-06T12:00"])
def test_what_is_no_date_is_refused(text: str) -> None:
    """A date that is none is never shown as if it were one."""
    with pytest.raises(ValueError, match=r"not a date|month must|day is out"):
        formats.date(text, "en")


def test_a_record_value_of_any_sort_is_said(units: Units) -> None:
    """One call serves numbers, ranges, money and ranges of money, as the model holds them."""
    low_high = Range(low=Decimal(2), high=Decimal(3))
    assert formats.quantity(Decimal(80), "zh", unit="GB", units=units) == "80 GB"
    assert formats.quantity(low_high, "zh", unit="GB", units=units) == "2～3 GB"
    assert formats.quantity(Money(amount=Decimal(2), currency="USD"), "en", per="hours", units=units) == "$2 per hour"
    assert formats.quantity(Money(amount=low_high, currency="USD"), "en", units=units) == "$2–$3"


def test_a_range_without_ends_is_refused() -> None:
    """No range is said of which nothing is known."""
    with pytest.raises(ValueError, match="needs an end"):
        formats.range_(None, None, "zh")


def test_read_may_be_a_date() -> None:
    """The model's dates and the files' texts give the same words."""
    assert formats.as_of(None, dt.date(2026, 11, 23), "en") == "no later than November 23, 2026"


@pytest.mark.parametrize(
    ("largest", "zh", "en"),
    [
        (9000, (Decimal(1), ""), (Decimal(1), "")),
        (42000, (Decimal(10**4), "万"), (Decimal(1), "")),
        (1.3e9, (Decimal(10**8), "亿"), (Decimal(10**9), "billion")),
    ],
)
def test_an_axis_has_one_scale(largest: float, zh: tuple[Decimal, str], en: tuple[Decimal, str]) -> None:
    """All values of an axis are said in the same 万 or million."""
    assert (formats.axis_scale(largest, "zh"), formats.axis_scale(largest, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"units": {"GB": {"symbol": "GB"}}}, "units.GB: field 'name' is missing"),
        ({"units": {"GB": {"name": {"zh": "GB"}}}}, "units.GB.name: found {'zh': 'GB'}, expected {zh: …, en: …}"),
        (
            {"units": {"GB": {"name": {"zh": "a", "en": "b"}, "symbl": "GB"}}},
            "unknown field 'symbl'; did you mean 'symbol'?",
        ),
        (
            {"units": {"GB": {"name": {"zh": "a", "en": "b"}, "tight": 1}}},
            "units.GB.tight: found 1, expected true or false",
        ),
        ({"units": {"x": {"name": {"zh": "a", "en": "b"}, "of": "token"}}}, "units.x.of: unknown unit 'token'"),
        ({"currencies": {"USD": {"name": {"zh": "a", "en": "b"}}}}, "currencies.USD: field 'symbol' is missing"),
        ({"currencies": []}, "currencies: found [], expected a mapping"),
        ({"unit": {}}, "unit: unknown field 'unit'; did you mean 'units'?"),
    ],
)
def test_faults_in_the_units_are_told(value: Any, message: str) -> None:
    """Each fault of data/units.yml gets one message that names field, value and expectation."""
    issues = Issues()
    parse_units(value, issues)
    assert len(issues) == 1
    assert message in issues.text()


def test_the_units_that_the_guide_needs_are_there(units: Units) -> None:
    """Every unit and currency that the kinds and facts use can be said."""
    needed = "commits people releases percent months days years hours GB GiB TB/s TFLOPS W kW MW tokens million-tokens"
    more = "parameters bytes-per-parameter bytes GPUs GPU-hours"
    currencies = "CNY USD EUR GBP JPY KRW ILS HKD CAD AUD SGD INR AED SAR"
    assert not {*needed.split(), *more.split()} - units.units.keys()
    assert not set(currencies.split()) - units.currencies.keys()
