"""The functions behind directories and wide tables, run by themselves in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
CASES = yaml.safe_load((ROOT / "tests/cases/directory-core/core.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def core(browser: Browser) -> Iterator[Page]:
    """An empty page with the pure functions."""
    page = browser.new_page()
    for name in ("search-core", "directory-core"):
        page.add_script_tag(path=ROOT / f"overrides/assets/js/{name}.js")
    yield page
    page.close()


def cases(name: str) -> Any:
    """The cases of a function, one test each."""
    return pytest.mark.parametrize("case", CASES[name], ids=lambda case: case.get("about"))


@cases("select")
def test_select(core: Page, case: dict[str, Any]) -> None:
    """Text and facets let through what they should; each option counts what choosing it would show."""
    found = core.evaluate(
        "([entries, state]) => guide.directoryCore.select(entries, {...guide.directoryCore.empty(), ...state})",
        [CASES["entries"], case["state"]],
    )
    assert [at for at, is_shown in enumerate(found["shown"]) if is_shown] == case["shown"]
    assert found["n"] == len(case["shown"])
    assert found["counts"] == case.get("counts", found["counts"])


@cases("order")
def test_order(core: Page, case: dict[str, Any]) -> None:
    """Values are put in order by what they are; blanks come last in both directions."""
    order = "([values, sort, down]) => guide.directoryCore.order(values, sort, down, 'zh')"
    assert core.evaluate(order, [case["values"], case["sort"], False]) == case["up"]
    assert core.evaluate(order, [case["values"], case["sort"], True]) == case["down"]


@cases("csv")
def test_csv(core: Page, case: dict[str, Any]) -> None:
    """A spreadsheet reads the cells back, knows the encoding, and takes none for a formula."""
    assert core.evaluate("row => guide.directoryCore.csv([row])", case["row"]) == "\ufeff" + case["text"]


@cases("addresses")
def test_address(core: Page, case: dict[str, Any]) -> None:
    """A state written into an address is read back the same."""
    known = CASES["known"]
    write = "([state, known]) => guide.directoryCore.write('', '', state, known)"
    assert core.evaluate(write, [case["state"], known]) == case["hash"]
    if case["hash"]:
        read = "([hash, known]) => guide.directoryCore.read(hash, '', known)"
        assert core.evaluate(read, [case["hash"], known]) == case["state"]


def test_addresses_of_two_tables(core: Page) -> None:
    """A second table writes beside the first; what an address names that is not there is left out; anchors stay."""
    write = "guide.directoryCore.write('#?q=a', 'prices.', {...guide.directoryCore.empty(), q: 'b'}, {})"
    assert core.evaluate(write) == "#?q=a&prices.q=b"
    strange = (
        "guide.directoryCore.read('#?maker=none&maker=amd&pick=1&pick=2&pick=3&pick=4&pick=5', '', {maker: ['amd']})"
    )
    read = core.evaluate(strange)
    assert read["facets"] == {"maker": ["amd"]}
    assert read["picks"] == ["1", "2", "3", "4"]
    assert core.evaluate("guide.directoryCore.read('#entry-h100', '', {})") is None
