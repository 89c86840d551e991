"""The checks of a built site: each sort of fault is found once and named rightly, and a sound site has none."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from planting import Seed
from seeds import SEEDS
from soundsite import ARTICLES, SITE_URL, Writer, build_site, options, write_site

from guide.issues import Issue
from guide.sitecheck import SiteOptions, check_site, css
from guide.sitecheck.spelling import find_place

CASES = Path(__file__).parent.parent / "cases" / "sitecheck"
KINDS = ("written", "written-offline", "built", "built-offline")
LEAST_SORTS = 40


class Sound(NamedTuple):
    """A sound site and what it promises."""

    root: Path
    options: SiteOptions


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sound]:
    """Makes a sound site of a kind, once."""
    made: dict[str, Sound] = {}

    def make(kind: str) -> Sound:
        if kind not in made:
            root = tmp_path_factory.mktemp(kind) / "site"
            offline = kind.endswith("offline")
            is_built = kind.startswith("built")
            made[kind] = Sound(*build_site(root, offline=offline)) if is_built else _written(root, offline)
        return made[kind]

    return make


def _written(root: Path, offline: bool = False) -> Sound:
    return Sound(root, write_site(root, offline=offline))


@pytest.fixture
def written(tmp_path: Path) -> Sound:
    """A site of its own for one test to spoil."""
    return _written(tmp_path)


def told(site: Sound) -> list[Issue]:
    """What the checks say of a site."""
    return list(check_site(site.root, site.options).issues)


def edit(site: Sound, path: str, old: str, new: str) -> None:
    """Replace some text that a file has."""
    text = (site.root / path).read_text(encoding="utf-8")
    assert old in text
    (site.root / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def page_of(issue: Issue) -> str:
    """The page that an issue names: its path, or the first word of its field where the path is a source."""
    return issue.field.partition(" ")[0].partition(":")[0] if issue.path.endswith(".md") else issue.path


def load(topic: str) -> list[Any]:
    """Cases of a topic, each a YAML file, with the file's name as its id."""
    files = sorted(CASES.glob(f"{topic}-*.yml"))
    return [pytest.param(yaml.safe_load(file.read_text(encoding="utf-8")), id=file.stem) for file in files]


def applicable() -> list[Any]:
    """Every seed on every kind of sound site that can bear it."""
    pairs = [(kind, seed) for kind in KINDS for seed in SEEDS]
    found = [(kind, seed) for kind, seed in pairs if seed.offline or not kind.endswith("offline")]
    found = [(kind, seed) for kind, seed in found if seed.online or kind.endswith("offline")]
    found = [(kind, seed) for kind, seed in found if not (seed.needs and kind.startswith("built"))]
    return [pytest.param(kind, seed, id=f"{kind}-{seed.name}") for kind, seed in found]


@pytest.mark.parametrize("kind", KINDS)
def test_sound_site_has_no_faults(kind: str, sound: Callable[[str], Sound]) -> None:
    """A site as Material builds it, online below a path and offline, passes; and something was looked at."""
    site = sound(kind)
    report = check_site(site.root, site.options)
    assert report.issues.text() == "0 faults"
    assert report.pages >= 4
    assert report.links > 10 * report.pages


@pytest.mark.parametrize(("kind", "seed"), applicable())
def test_each_fault_is_found_once(kind: str, seed: Seed, sound: Callable[[str], Sound]) -> None:
    """One fault makes one issue, which says what is wrong and names the file in which it is."""
    site = sound(kind)
    with seed.planted(site.root) as page:
        issues = told(site)
    assert [page_of(issue) for issue in issues] == [page], "\n".join(map(str, issues))
    assert seed.sort in str(issues[0])


def test_seeds_are_of_many_sorts() -> None:
    """The seeds cover at least forty sorts of fault, each by a name of its own."""
    names = [seed.name for seed in SEEDS]
    assert len(set(names)) == len(names) >= LEAST_SORTS


@pytest.mark.parametrize("seed", [seed for seed in SEEDS if seed.online], ids=lambda seed: seed.name)
def test_seed_can_be_planted_for_good(seed: Seed, written: Sound) -> None:
    """A seed planted for good does the same as one planted for a while."""
    page = seed.apply(written.root)
    assert [page_of(issue) for issue in told(written)] == [page]


@pytest.mark.parametrize("case", load("place"))
def test_place_in_source(case: dict[str, Any]) -> None:
    """An address of the built page is found in the source in whatever way it was written there."""
    place = find_place(case["source"], case["address"], is_source=True)
    assert (list(place) if place else None) == case["place"]


@pytest.mark.parametrize("case", load("style"))
def test_addresses_in_style(case: dict[str, Any]) -> None:
    """Every address of a style is found, however it is quoted or escaped; none is found in comments and strings."""
    assert list(css.addresses(case["style"])) == case["addresses"]


@pytest.mark.parametrize("case", load("link"))
def test_form_of_link(case: dict[str, Any], written: Sound) -> None:
    """Addresses of other hosts are taken by their form alone: the usual ones pass, the misleading ones do not."""
    links = "".join(f'<a href="{address}">x</a>' for address in case["addresses"])
    edit(written, "index.html", "</article>", f"{links}</article>")
    problems = [issue.problem for issue in told(written)]
    expected = [f"'{address}' {case['problem']}" for address in case["addresses"] if case["problem"]]
    assert sorted(problems) == sorted(expected)


def markup(name: str) -> list[str]:
    """Pieces of markup that a case file lists."""
    return list(yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))["markup"])


@pytest.mark.parametrize("piece", markup("browser-asks"))
def test_what_the_browser_asks_by_itself_is_our_own(piece: str, written: Sound) -> None:
    """Whatever element or attribute names it, nothing that a browser loads by itself may be at another host."""
    edit(written, "index.html", "</article>", f"{piece}</article>")
    (issue,) = told(written)
    assert "'https://example.com/x" in issue.problem
    assert "asks another host, example.com" in issue.problem


@pytest.mark.parametrize("piece", markup("reader-follows"))
def test_what_the_reader_follows_may_lead_anywhere(piece: str, written: Sound) -> None:
    """What is only followed on purpose may name another host; within the site it must lead to something."""
    edit(written, "index.html", "</article>", f"{piece}</article>")
    assert told(written) == []
    edit(written, "index.html", "https://example.com/x", "no-such.html")
    (issue,) = told(written)
    assert "leads to no file" in issue.problem


@pytest.mark.parametrize("piece", markup("browser-ignores"))
def test_text_is_no_markup(piece: str, written: Sound) -> None:
    """Code, comments and data may say whatever they say."""
    edit(written, "index.html", "</article>", f"{piece}</article>")
    assert told(written) == []


@pytest.mark.parametrize("piece", markup("bytes-that-act"))
def test_bytes_stand_in_an_address_only_where_they_are_shown(piece: str, written: Sound) -> None:
    """A picture may stand in the address of an image, but not where it would be opened and could act."""
    edit(written, "index.html", "</article>", f"{piece}</article>")
    (issue,) = told(written)
    assert "has the scheme 'data:'" in issue.problem


def test_issue_names_source_and_line(sound: Callable[[str], Sound], tmp_path: Path) -> None:
    """A fault in the text is told at the Markdown line that wrote it, with the page beside it."""
    built, promised = sound("built")
    shutil.copytree(built.parent, tmp_path, dirs_exist_ok=True)
    spoiled = Sound(tmp_path / built.name, replace(promised, source_root=tmp_path))
    edit(spoiled, "overview/concepts/index.html", "directory/pytorch/#pytorch", "directory/pytorch/#no-such-place")
    edit(spoiled, "../docs/zh/overview/concepts.md", "#pytorch", "#no-such-place")
    (issue,) = told(spoiled)
    assert str(issue).startswith("docs/zh/overview/concepts.md:15:30: overview/concepts/index.html a[href]: ")


def test_issue_without_a_line_in_source_has_the_line_of_the_page(written: Sound) -> None:
    """Where a macro wrote an address, the line of the built page helps to find it."""
    edit(written, "index.html", "</article>", '<a href="no-such/">x</a></article>')
    promised = replace(written.options, origins={"index.html": "docs/zh/index.md"}, source_root=written.root)
    (issue,) = told(Sound(written.root, promised))
    assert str(issue).startswith("docs/zh/index.md:1:1: index.html:3")


def test_fault_of_a_template_is_told_once(written: Sound) -> None:
    """What a template repeats on many pages makes one issue that counts the pages, not a flood."""
    pages = [path for path in written.root.rglob("index.html") if "old" not in path.parts]
    for path in pages:
        edit(written, path.relative_to(written.root).as_posix(), "</body>", '<a href="/elsewhere/">x</a></body>')
    (issue,) = told(written)
    assert issue.problem.endswith(f"(and so on {len(pages) - 1} more pages)")


def test_page_in_one_language_is_one_fault(written: Sound) -> None:
    """A page that was not translated is told once, as such, and not again for each link to its other version."""
    Writer(root=written.root, offline=False).write_page("zh", "about/index.html", "glossary")
    edit(written, "index.html", "</article>", '<a href="about/">x</a></article>')
    own = f"{SITE_URL}about/"
    entry = f'<url><loc>{own}</loc><xhtml:link rel="alternate" hreflang="zh" href="{own}"/></url>'
    edit(written, "sitemap.xml", "</urlset>", f"{entry}</urlset>")
    (written.root / "sitemap.xml.gz").unlink()
    (issue,) = told(written)
    assert str(issue) == "about/index.html:1:1: exists in one language only: there is no 'en/about/index.html'"


def test_pages_that_only_link_to_each_other_are_orphans(tmp_path: Path) -> None:
    """A ring of pages to which nothing leads is told once in each language, at its first page."""
    site = Sound(tmp_path, write_site(tmp_path, articles=ARTICLES | {f"{name}/index.html": "pytorch" for name in "ab"}))
    for folder, name, other in (("", "a", "b"), ("", "b", "a"), ("en/", "a", "b"), ("en/", "b", "a")):
        edit(site, f"{folder}{name}/index.html", "</article>", f'<a href="../{other}/">x</a></article>')
    problem = "is an orphan: only pages that nothing leads to link to it"
    found = [(issue.path, issue.problem) for issue in told(site)]
    assert found == [("a/index.html", problem), ("en/a/index.html", problem)]


def test_sitemap_is_needed_where_the_site_is_published(written: Sound) -> None:
    """A published site without its sitemap is told."""
    (written.root / "sitemap.xml").unlink()
    assert [str(issue) for issue in told(written)] == ["sitemap.xml:1:1: does not exist"]


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("no-such-page/", "leads to no file"),
        ("overview/#no-such-place", "names a place that does not exist"),
        ("assets/guide.css", "is no page of the site to lead to"),
        ("old/", "is no page of the site to lead to"),
        ("https://example.com/", "is not an address of the site"),
    ],
)
def test_redirect_must_lead_to_a_page(new: str, problem: str, written: Sound) -> None:
    """An old address leads to a page and a place that exist, in one step."""
    (issue,) = told(Sound(written.root, replace(written.options, redirects={"old/": new})))
    assert issue.path == "old/index.html"
    assert problem in issue.problem


def test_site_at_the_root_of_its_host(tmp_path: Path) -> None:
    """A site below no path passes too, and a link that names the path of another place is found."""
    promised = replace(write_site(tmp_path), site_url="https://example.org")
    for path in [*tmp_path.rglob("*.html"), tmp_path / "sitemap.xml"]:
        text = path.read_text(encoding="utf-8").replace(SITE_URL, "https://example.org/").replace('"/guide/', '"/')
        path.write_text(text, encoding="utf-8", newline="\n")
    (tmp_path / "sitemap.xml.gz").write_bytes(gzip.compress((tmp_path / "sitemap.xml").read_bytes()))
    assert told(Sound(tmp_path, promised)) == []
    edit(Sound(tmp_path, promised), "index.html", "</article>", '<a href="/guide/">x</a></article>')
    assert [issue.path for issue in told(Sound(tmp_path, promised))] == ["index.html"]


def test_language_codes_are_the_options(written: Sound) -> None:
    """Codes of languages are what the options say; `lang` may be more exact than `hreflang`."""
    for path in [*written.root.rglob("*.html"), written.root / "sitemap.xml"]:
        text = path.read_text(encoding="utf-8").replace('hreflang="zh"', 'hreflang="zh-Hans"')
        path.write_text(text.replace('lang="zh"', 'lang="zh-Hans-CN"'), encoding="utf-8", newline="\n")
    (written.root / "sitemap.xml.gz").write_bytes(gzip.compress((written.root / "sitemap.xml").read_bytes()))
    assert told(Sound(written.root, replace(written.options, hreflang={"zh": "zh-Hans"}))) == []


def test_unpublished_site_needs_no_address(tmp_path: Path) -> None:
    """Without an address of its own a site has no canonical links and no sitemap to check."""
    write_site(tmp_path)
    (tmp_path / "sitemap.xml").unlink()
    problems = {issue.field for issue in told(Sound(tmp_path, options(offline=False, site_url=None)))}
    assert not any("canonical" in field or "sitemap" in field for field in problems)


@pytest.mark.parametrize(
    ("path", "content", "problem"),
    [
        ("sitemap.xml", b"<urlset>", "is no XML"),
        ("api/v1/index.json", b"{", "is no JSON"),
        ("search/zh.js", b"guide.search.add({);", "is no JSON"),
    ],
)
def test_broken_file_is_told(path: str, content: bytes, problem: str, written: Sound) -> None:
    """A file that cannot be read is an issue, not a traceback."""
    (written.root / path).write_bytes(content)
    (written.root / "sitemap.xml.gz").unlink()
    assert [issue.path for issue in told(written) if problem in issue.problem] == [path]


def test_empty_folder_is_told(tmp_path: Path) -> None:
    """A folder in which nothing was built is not a sound site."""
    fields = [issue.path for issue in told(Sound(tmp_path, options(offline=True, redirects={})))]
    assert fields == ["en/index.html", "index.html"]
