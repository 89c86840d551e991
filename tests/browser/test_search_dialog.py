"""The search dialog by keyboard, by pointer and by touch; both languages; online under a subpath and from a disk."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Address = Callable[[str], str]
Open = Callable[..., Page]
PYTORCH = "directory/frameworks/pytorch"


def ask(page: Page, text: str) -> None:
    """Open the search by key, type, and wait for an answer."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    expect(page.locator(".search__status")).to_have_text(re.compile(r"\S"))
    expect(page.locator(".search__status")).not_to_have_text(re.compile("…"))


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent || document.activeElement.className")
    return text


def test_keyboard(open_page: Open, address: Address) -> None:
    """All of it works by keyboard: open, type, move, go, close; the focus returns."""
    page = open_page(address(PYTORCH))
    opener = page.locator("[data-search-open]")
    opener.focus()
    page.keyboard.press("Enter")
    query, links = page.locator(".search__query"), page.locator(".search__results a")
    expect(query).to_be_focused()
    page.keyboard.type("vllm")
    expect(links.first).to_contain_text("vLLM")
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator(".search__results :is(a, button)").last).to_be_focused()
    page.keyboard.press("Home")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(query).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search-dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_enter_goes_to_the_first(open_page: Open, address: Address) -> None:
    """Enter in the field opens the first result; Back returns to a page without dialog."""
    page = open_page(address(PYTORCH))
    start = page.url
    page.keyboard.press("Control+k")
    page.keyboard.type("llama cpp")
    expect(page.locator(".search__results a").first).to_contain_text("llama.cpp")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("llama-cpp"))
    expect(page.locator("h1")).to_contain_text("llama.cpp")
    page.go_back()
    assert page.url == start
    expect(page.locator("#search-dialog")).to_be_hidden()


def test_place_in_a_page(open_page: Open, address: Address) -> None:
    """A place opens at its anchor, also in the page where the reader is."""
    page = open_page(address("en/" + PYTORCH))
    ask(page, "pytorch license")
    page.locator(".search__place", has_text="License").first.click()
    expect(page.locator("#search-dialog")).to_be_hidden()
    assert page.url.endswith("#fact-license")
    expect(page.locator("#fact-license")).to_be_in_viewport()


def test_other_language(open_page: Open, address: Address) -> None:
    """The other language is one key away, and its file loads only then; the query stays."""
    page = open_page(address(PYTORCH))
    assert not page.locator("script[src*='search/']").count()
    ask(page, "memory bandwidth")
    assert page.locator("script[src*='search/']").count() == 1
    page.keyboard.press("Control+k")
    first = page.locator(".search__results a").first
    expect(first).to_contain_text("memory bandwidth")
    expect(first).to_have_attribute("lang", "en")
    expect(page.locator(".search__choices [data-lang=en]")).to_have_attribute("aria-pressed", "true")
    first.click()
    page.wait_for_url(re.compile("en/glossary"))


def test_nothing_found(open_page: Open, address: Address) -> None:
    """Where nothing is found, it says so and what to do; the other language is a button."""
    page = open_page(address("en"))
    ask(page, "zzzz")
    expect(page.locator(".search__status")).to_contain_text("zzzz")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".search__choices [data-lang=zh]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".search__query")).to_be_focused()


def test_kinds(open_page: Open, address: Address) -> None:
    """A kind narrows the results, by keyboard too; a new query takes all kinds again."""
    page = open_page(address(""))
    ask(page, "显存")
    facet = page.locator("[data-part=facets] button", has_text="术语")
    facet.click()
    expect(page.locator("[data-part=facets] [aria-pressed=true]")).to_be_focused()
    kinds = page.locator(".search__kind").all_inner_texts()
    assert kinds
    assert set(kinds) == {"术语"}
    page.locator(".search__query").fill("框架")
    expect(page.locator("[data-part=facets] button").first).to_have_attribute("aria-pressed", "true")


def test_more(open_page: Open, address: Address) -> None:
    """More results and more places come at a button, and the focus goes to the first of them."""
    page = open_page(address(""))
    ask(page, "2026")
    before = page.locator(".search__results > li").count()
    page.locator(".search__last button").click()
    assert page.locator(".search__results > li").count() > before
    expect(page.locator(".search__results > li").nth(before - 1).locator("a").first).to_be_focused()
    entry = page.locator(".search__results > li", has=page.locator("button")).first
    places = entry.locator(".search__place").count()
    title = entry.locator(".search__title").inner_text()
    entry.locator("button").click()
    same = page.locator(".search__results > li", has_text=title).first
    assert same.locator(".search__place").count() > places
    expect(same.locator(".search__place").nth(places)).to_be_focused()


def test_typing_on_a_result_goes_on_in_the_field(open_page: Open, address: Address) -> None:
    """Letters typed on a result lengthen the query; the theme's own keys (n: next page) stay off."""
    page = open_page(address(""))
    start = page.url
    page.evaluate("document.head.append(Object.assign(document.createElement('link'), {rel: 'next', href: 'en/'}))")
    ask(page, "vll")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("n")
    expect(page.locator(".search__query")).to_have_value("vllmn")
    assert page.url == start


def test_input_method(open_page: Open, address: Address) -> None:
    """Letters that an input method has not turned into characters are no query, and its Enter opens nothing."""
    page = open_page(address(""))
    start = page.url
    page.keyboard.press("/")
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": "gpu", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(100)
    assert page.locator(".search__results a").count() == 0
    client.send("Input.insertText", {"text": "显存"})
    expect(page.locator(".search__results a").first).to_contain_text("显存")
    enter = {"key": "Enter", "isComposing": True, "bubbles": True}
    page.evaluate("enter => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', enter))", enter)
    page.wait_for_timeout(100)
    assert page.url == start
    expect(page.locator("#search-dialog")).to_be_visible()


def test_data_is_text(open_page: Open, address: Address) -> None:
    """What the data and the query say is shown as text and never runs."""
    page = open_page(address(""))
    page.evaluate("""guideSearch.receive("zh", {lang: "zh", kinds: {page: "<b>章</b>"}, pages: [
      {u: "", t: "<img src=x onerror=alert(1)>", k: "page"}],
      blocks: [{p: 0, a: "x", h: "<b>h</b>", x: "<script>alert(1)</script> 显存"}]})""")
    ask(page, "img")
    expect(page.locator(".search__title")).to_have_text("<img src=x onerror=alert(1)>")
    assert page.locator(".search__results :is(img, b, script)").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("lang", ["", "en"])
def test_fits(open_page: Open, address: Address, size: str, scheme: str, lang: str) -> None:
    """The dialog stays on the screen, scrolls inside, and is readable in both schemes."""
    page = open_page(address(lang), size, scheme)
    page.locator("[data-search-open]").click()
    page.keyboard.type("pytorch")
    expect(page.locator(".search__results a").first).to_be_visible()
    width, height = page.viewport_size["width"], page.viewport_size["height"]  # type: ignore[index]
    box = page.locator("#search-dialog").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    assert page.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.search__results'))")
    assert contrast(page, ".search__text") >= 4.5
    assert contrast(page, ".search__title") >= 4.5


def contrast(page: Page, selector: str) -> float:
    """Contrast of an element's text with the dialog's ground."""
    ratio: float = page.evaluate(
        """selector => { const rgb = (e, p) => getComputedStyle(e)[p].match(/[\\d.]+/g).map(Number);
        const light = c => { const [r, g, b] = c.slice(0, 3).map(v => v / 255)
          .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return .2126 * r + .7152 * g + .0722 * b };
        const a = light(rgb(document.querySelector(selector), 'color'));
        const b = light(rgb(document.querySelector('#search-dialog'), 'backgroundColor'));
        return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) }""",
        selector,
    )
    return ratio


def test_without_javascript(open_page: Open, address: Address) -> None:
    """Without JavaScript there is no search button that does nothing."""
    page = open_page(address(""), javascript=False)
    expect(page.locator("[data-search-open]")).to_be_hidden()
    expect(page.locator("#search-dialog")).to_be_hidden()


def test_missing_data(watch: Callable[..., Any], online: str) -> None:
    """Where the data does not load, the reader is told, and the next letter tries again."""
    page = watch().goto(online)
    page.route(re.compile(r"search/zh\.js"), lambda route: route.abort())
    page.keyboard.press("/")
    page.keyboard.type("a")
    status, dialog = page.locator(".search__status"), page.locator("#search-dialog")
    expect(status).to_have_text(dialog.get_attribute("data-failed") or "")
    page.unroute(re.compile(r"search/zh\.js"))
    page.keyboard.type("p")
    expect(page.locator(".search__results a").first).to_be_visible()


def test_under_a_subpath(open_page: Open, site: Path, serve: Callable[..., str]) -> None:
    """The search and its results stay below the folder where the site lies."""
    base = serve(site, base="/some/guide/")
    page = open_page(f"{base}en/{PYTORCH}/")
    ask(page, "llama.cpp")
    page.keyboard.press("Control+k")
    expect(page.locator(".search__results a").first).to_have_attribute("lang", "zh")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}directory/frameworks/llama-cpp/")
