"""The language switcher, glossary tooltips and ages; pages read without them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Address = Callable[[str], str]
Open = Callable[..., Page]
ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "choosing/frameworks"


def within(page: Page, selector: str) -> bool:
    """Whether all of an element is on the screen."""
    inside: bool = page.evaluate(
        """selector => { const r = document.querySelector(selector).getBoundingClientRect();
        return r.left >= 0 && r.top >= 0 && r.right <= innerWidth && r.bottom <= innerHeight }""",
        selector,
    )
    return inside


def test_switcher_without_javascript(open_page: Open, address: Address) -> None:
    """The switcher is a plain link to the same page in the other language."""
    page = open_page(address(CHAPTER), javascript=False)
    link = page.locator("a[data-switch]")
    assert page.locator("[aria-current=page][hreflang]").get_attribute("hreflang") == "zh"
    expect(link).to_have_attribute("hreflang", "en")
    expect(link).to_have_attribute("lang", "en")
    link.click()
    assert re.search(r"/en/choosing/frameworks(/|\.html)$", page.url)
    page.locator("a[data-switch]").click()
    assert re.search(r"(?<!/en)/choosing/frameworks(/|\.html)$", page.url)


def test_switcher_keeps_the_section(open_page: Open, address: Address) -> None:
    """The switcher leads to the anchor of the address, or to the heading that the reader has come to."""
    page = open_page(address("directory/frameworks/pytorch") + "#fact-license")
    page.locator("a[data-switch]").click()
    page.wait_for_url(re.compile("/en/.*#fact-license$"))
    headings = page.locator("article h2[id]")
    last = headings.nth(headings.count() - 1)
    last.evaluate("heading => heading.scrollIntoView({block: 'start', behavior: 'instant'})")
    shown = page.evaluate("""[...document.querySelectorAll('article h2[id]')]
      .filter(h => h.getBoundingClientRect().top <= 140).at(-1).id""")
    page.locator("a[data-switch]").click()
    page.wait_for_url(re.compile(rf"(?<!/en)/directory/frameworks/pytorch.*#{shown}$"))


def test_switcher_at_the_top(open_page: Open, address: Address) -> None:
    """From the top of a page the switcher leads to the top."""
    page = open_page(address(CHAPTER))
    page.locator("a[data-switch]").click()
    page.wait_for_url(re.compile("/en/"))
    assert "#" not in page.url


def test_tooltip_by_pointer(open_page: Open, address: Address) -> None:
    """A tooltip comes by hover, stays while the pointer is in it, and goes when it leaves, or by Esc."""
    page = open_page(address(CHAPTER))
    term, tip = page.locator("a.term").first, page.locator(".tooltip")
    term.hover()
    expect(tip).to_be_visible()
    assert within(page, ".tooltip")
    tip.hover()
    page.wait_for_timeout(500)
    expect(tip).to_be_visible()
    page.locator("h1").hover()
    expect(tip).to_have_count(0)
    term.hover()
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)


def test_tooltip_by_keyboard(open_page: Open, address: Address) -> None:
    """A tooltip comes with the focus and goes with it or by Esc; a screen reader has the definition as description."""
    page = open_page(address("en/" + CHAPTER))
    term, tip = page.locator("a.term").first, page.locator(".tooltip")
    term.focus()
    expect(tip).to_be_visible()
    description = page.locator(f"#{term.get_attribute('aria-describedby')}").text_content()
    assert description
    expect(tip).to_contain_text(description.strip())
    expect(term).to_have_accessible_description(re.compile(re.escape(description.strip()[:20])))
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    expect(term).to_be_focused()
    page.locator("a.term").nth(1).focus()
    expect(tip).to_have_count(1)
    page.locator("[data-search-open]").focus()
    expect(tip).to_have_count(0)


def test_tooltip_by_touch(open_page: Open, address: Address) -> None:
    """The first tap shows the tooltip, whole on a phone; a tap elsewhere closes it; the second tap follows."""
    page = open_page(address(CHAPTER), "phone")
    start, tip = page.url, page.locator(".tooltip")
    count = page.locator("a.term").count()
    for number in range(0, count, max(1, count // 5)):
        page.locator("a.term").nth(number).tap()
        expect(tip).to_have_count(1)
        assert within(page, ".tooltip")
        assert page.url == start
    tip.locator("strong").tap()
    expect(tip).to_have_count(1)
    page.locator(".md-header__title").tap()
    expect(tip).to_have_count(0)
    page.locator("a.term").first.tap()
    expect(tip).to_have_count(1)
    page.locator("a.term").first.tap()
    page.wait_for_url(re.compile("glossary.*#"))


def test_every_term_has_its_definition(open_page: Open, address: Address) -> None:
    """Each marked term names a definition that stands on its page, once."""
    page = open_page(address(CHAPTER))
    missing = page.evaluate("""[...document.querySelectorAll('a.term')].map(a => a.getAttribute('aria-describedby'))
      .filter(id => document.querySelectorAll('#' + CSS.escape(id)).length !== 1)""")
    assert missing == []


@pytest.mark.parametrize(
    ("lang", "date", "expected"),
    [
        ("zh", "2026-11-23", ""),
        ("zh", "2026-08-26", ""),
        ("zh", "2026-03-06", "8 个月前"),
        ("en", "2026-03-06", "8 months ago"),
        ("en", "2026-03", "7 months ago"),
        ("en", "2025", "10 months ago"),
        ("en", "2023-05-01", "3 years ago"),
        ("zh", "2023-05-01", "3 年前"),
        ("en", "2027-01-01", ""),
        ("en", "soon", ""),
    ],
)
def test_age(open_page: Open, lang: str, date: str, expected: str) -> None:
    """Ages are said from 90 days on, in months and then years, and are never too high for a vague date."""
    page = open_page("about:blank")
    page.add_script_tag(path=ROOT / "overrides/assets/js/ages.js")
    said = page.evaluate("([date, lang]) => guide.ages.age(date, Date.UTC(2026, 10, 24), lang)", [date, lang])
    assert said == expected


@pytest.mark.parametrize(("lang", "text"), [("", "（12 个月前）"), ("en", " (12 months ago)")])
def test_age_on_a_page(open_page: Open, address: Address, lang: str, text: str) -> None:
    """A date of a page gets its age by the reader's clock, with the brackets of its language."""
    page = open_page("about:blank")
    url = address(f"{lang}/directory/frameworks/pytorch".strip("/"))
    page.context.clock.set_fixed_time("2027-12-01")
    page.goto(url)
    expect(page.locator("time[data-age]").first).to_contain_text(text)


@pytest.mark.parametrize(("scripts", "styles"), [(18_000, 3_000)])
def test_weight(scripts: int, styles: int) -> None:
    """All scripts of our own stay under 18 kB gzip, the stylesheet of the widgets under 3 kB."""
    import gzip

    def weight(files: list[Path]) -> int:
        return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)

    assert weight(sorted((ROOT / "overrides/assets/js").glob("*.js"))) <= scripts
    assert weight([ROOT / "overrides/assets/css/search.css"]) <= styles


def test_scripts_hold_no_words() -> None:
    """Words that a reader sees stand in the data, in both languages."""
    han = re.compile("[\u4e00-\u9fff]")
    for file in (ROOT / "overrides/assets/js").glob("*.js"):
        code = re.sub(r"//.*|/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
        assert not han.search(code), file.name
