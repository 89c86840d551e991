"""The search finds what is there, in both languages, at once; its functions are run by themselves in Chromium."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser

from guide.model import LANGUAGES
from guide.search import SKIPPED

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
CASES = yaml.safe_load((ROOT / "tests/cases/search-core/index.yml").read_text(encoding="utf-8"))
HAN = re.compile("[\u4e00-\u9fff]{2,}")
WORD = re.compile("(?<![A-Za-z0-9\u00c0-\u024f])[A-Za-z]{3,}")
SAMPLES = 300
FIND = """queries => queries.map(query => guide.searchCore.find(index, query).hits.map(
    ({page, blocks}) => ({t: page.t, u: page.u, places: blocks.map(({block}) => block.a)})))"""


@pytest.fixture(scope="module")
def core(browser: Browser) -> Iterator[Page]:
    """An empty page with the pure functions of the search."""
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "overrides/assets/js/search-core.js")
    page.evaluate("data => { window.index = guide.searchCore.prepare(data) }", CASES["index"])
    yield page
    page.close()


@pytest.fixture(scope="module", params=LANGUAGES)
def real(request: pytest.FixtureRequest, browser: Browser, site: Path) -> Iterator[Page]:
    """An empty page with the search data of a language, as the site has it."""
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "overrides/assets/js/search-core.js")
    page.evaluate("window.guideSearch = {receive: (lang, data) => { window.index = guide.searchCore.prepare(data) }}")
    page.add_script_tag(path=site / f"search/{request.param}.js")
    yield page
    page.close()


@pytest.mark.parametrize("case", CASES["found"], ids=lambda case: case["q"])
def test_found(core: Page, case: dict[str, Any]) -> None:
    """A query finds the pages of its case, best first, and marks what it found."""
    assert [hit["t"] for hit in core.evaluate(FIND, [case["q"]])[0]] == case["pages"]
    if "marked" in case:
        marked = core.evaluate(
            """q => { const {hits, query} = guide.searchCore.find(index, q); const {block} = hits[0].blocks[0];
            return [block.h, block.x].flatMap(text => guide.searchCore.snippet(text, query).filter(p => p.marked))
              .map(p => p.text) }""",
            case["q"],
        )
        assert marked == case["marked"]


def test_kinds(core: Page) -> None:
    """Facets count all results; choosing one keeps the others' numbers."""
    found = core.evaluate("guide.searchCore.find(index, '卡', 'term')")
    assert [hit["page"]["t"] for hit in found["hits"]] == ["显存"]
    assert (found["kinds"], found["total"]) == ({"term": 1, "page": 1}, 2)


def test_snippet(core: Page) -> None:
    """A snippet shows the match and no more than its width; joined, its pieces are the text."""
    text = "甲" * 300 + "显存" + "乙" * 300
    pieces = core.evaluate("text => guide.searchCore.snippet(text, guide.searchCore.parse('显存'), 120)", text)
    assert [p["text"] for p in pieces if p["marked"]] == ["显存"]
    assert len("".join(p["text"] for p in pieces)) <= 70
    whole = core.evaluate("text => guide.searchCore.snippet(text, guide.searchCore.parse('显存'))", text)
    assert "".join(p["text"] for p in whole) == text


def articles(site: Path, lang: str) -> Iterator[tuple[str, list[str]]]:
    """Address and texts of each article, read apart from the code under test."""
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        if path == "404.html" or (path.startswith("en/") != (lang == "en")):
            continue
        article = LexborHTMLParser(file.read_text(encoding="utf-8")).css_first("article")
        if article is None:
            continue
        for node in article.css(SKIPPED):
            node.decompose()
        texts = [n.text_content or "" for n in article.traverse(include_text=True) if n.is_text_node]
        yield path.removesuffix("index.html"), texts


def samples(site: Path, lang: str, pattern: re.Pattern[str], longest: int) -> list[tuple[str, str]]:
    """(address, piece) of SAMPLES pieces at random places: of a run of characters, or beginnings of words."""
    choose = random.Random(7)
    runs = [(url, run[0]) for url, texts in articles(site, lang) for text in texts for run in pattern.finditer(text)]
    found = []
    for url, run in choose.choices(runs, k=SAMPLES):
        length = choose.randint(2, min(longest, len(run)))
        start = choose.randint(0, len(run) - length) if pattern is HAN else 0
        found.append((url, run[start : start + length]))
    return found


@pytest.mark.parametrize(
    ("real", "pattern"),
    [("zh", HAN), ("zh", WORD), ("en", WORD)],
    indirect=["real"],
    ids=["zh-han", "zh-words", "en-words"],
)
def test_recall(real: Page, site: Path, pattern: re.Pattern[str]) -> None:
    """Every substring of two to six Han characters, and every beginning of a word, is found on its page: recall 1.0."""
    lang = real.evaluate("index.lang")
    asked = samples(site, lang, pattern, 6 if pattern is HAN else 12)
    answers = real.evaluate(FIND, [piece for _, piece in asked])
    missing = [
        (url, piece)
        for (url, piece), hits in zip(asked, answers, strict=True)
        if not any(hit["u"].partition("#")[0] == url for hit in hits)
    ]
    assert missing == []


def test_names_come_first(real: Page) -> None:
    """Whoever types a name finds its page at the top."""
    names = real.evaluate("index.pages.filter(page => page.k !== 'page').map(page => page.t)")
    firsts = [hits[0]["t"] for hits in real.evaluate(FIND, names)]
    wrong = [(name, first) for name, first in zip(names, firsts, strict=True) if name != first]
    assert wrong == []


def test_speed(real: Page) -> None:
    """500,000 characters are scanned in under 50 ms."""
    times = real.evaluate("""() => {
      const size = () => index.blocks.reduce((sum, block) => sum + block.text.length, 0);
      const blocks = [...index.blocks];
      while (size() < 500000) index.blocks.push(...blocks);
      return ['框架', '显存 推理', 'pytorch license', 'GPU价格', 'quantization', 'llama cpp'].map(query => {
        const runs = [...Array(5)].map(() => {
          const start = performance.now(); guide.searchCore.find(index, query); return performance.now() - start });
        return [query, Math.min(...runs)] }) }""")
    assert [(query, ms) for query, ms in times if ms >= 50] == []
    print(json.dumps(times, ensure_ascii=False))
