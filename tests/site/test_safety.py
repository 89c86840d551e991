"""Untrusted text stays text: pages run the theme's scripts and ours, whatever a data file or a page says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import material
import pytest
from selectolax.lexbor import LexborHTMLParser

from guide import safety
from guide.adapter import build_site
from guide.issues import GuideError
from guide.release import build_checked

POLICY = "meta[http-equiv=Content-Security-Policy]"
DATA = "application/json"
EVIL = '"><script>boom()</script><img src=x onerror=boom()><svg/onload=boom()>[x](javascript:boom())'
SHELL = "<!doctype html><html><head><meta charset=utf-8><title>x</title>{}</head><body></body></html>"


def rules(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """Directive → sources of a page's policy."""
    (meta,) = tree.css(POLICY)
    return {name: sources for name, *sources in (rule.split() for rule in meta.attributes["content"].split(";"))}


@pytest.mark.parametrize("where", ["online", "offline"])
def test_every_page_has_a_policy(where: str, trees: Mapping[str, LexborHTMLParser], bundle):
    """Each page says right after its character set what it may load and run, and names no other host."""
    if where == "offline":
        trees = {str(p): LexborHTMLParser(p.read_bytes()) for p in (bundle.folder / "guide").rglob("*.html")}
    own = ["'self'", "file:"] if where == "offline" else ["'self'"]
    for path, tree in trees.items():
        first, second = tree.css("head > *")[:2]
        assert first.attributes.get("charset") == "utf-8", path
        assert second.attributes.get("http-equiv") == "Content-Security-Policy", path
        found = rules(tree)
        assert found["default-src"] == own, path
        assert [s for s in found["script-src"] if s not in own and not s.startswith("'sha256-")] == [], path
        assert all(found[name] == ["'none'"] for name in ("object-src", "frame-src", "base-uri", "form-action")), path


def test_pages_run_known_scripts_only(trees: Mapping[str, LexborHTMLParser]):
    """Each inline script is one of the theme's, allowed by its hash; no other hash is given."""
    for path, tree in trees.items():
        inline = [n for n in tree.css("script:not([src])") if n.attributes.get("type") != DATA]
        hashes = {safety._hash(node.text()) for node in inline}
        assert hashes == {source for source in rules(tree)["script-src"] if source.startswith("'sha256-")}, path


def test_scripts_are_ours_or_the_themes(site: Path, root: Path):
    """Each script file is, byte for byte, one of overrides/ or of Material, or search data; docs/ brings none in."""
    theme = Path(material.__file__).parent / "templates"
    known = {path.read_bytes() for folder in (root / "overrides", theme) for path in folder.rglob("*.js")}
    scripts = [path for path in site.rglob("*") if path.suffix in (".js", ".mjs") and path.parent != site / "search"]
    assert scripts
    assert [path for path in scripts if path.read_bytes() not in known] == []


@pytest.mark.parametrize(
    ("script", "runs"),
    [
        ('<script>__md_scope=new URL("../..",location)</script>', False),
        ("<script>boom()</script>", False),
        ("<SCRIPT >boom()</SCRIPT>", False),
        ('<script type="text/javascript">boom()</script>', False),
    ],
)
def test_only_the_themes_scripts_get_a_hash(script: str, runs: bool):
    """A script that text brought into a page gets no hash, so that no browser runs it."""
    assert ("sha256" in safety.policy(SHELL.format(script), offline=False)) is runs


def test_the_themes_scripts_get_a_hash(trees: Mapping[str, LexborHTMLParser]):
    """Material's scripts are known whatever address they hold, but for one with a quote in it."""
    (script,) = [n.text() for n in trees["index.html"].css("script:not([src])") if "__md_scope" in n.text()[:20]]
    other = re.sub(r'new URL\("[^"]*"', 'new URL("../../x/y"', script)
    assert safety._hash(other) in safety.policy(SHELL.format(f"<script>{other}</script>"), offline=False)
    broken = re.sub(r'new URL\("[^"]*"', 'new URL("");boom(""', script)
    assert "sha256" not in safety.policy(SHELL.format(f"<script>{broken}</script>"), offline=False)


def poison(project: Path) -> None:
    """Put EVIL wherever a data file or a page's head may say something."""
    evil = f"'{EVIL}'"
    file = project / "data/entities/framework/jax.yml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("name: {zh: JAX, en: JAX}", f"name: {{zh: {evil}, en: {evil}}}")
    for field in ("summary", "judgement", "value"):
        text = re.sub(rf"({field}:\n +zh: ).*(\n +en: ).*", lambda m: f"{m[1]}{evil}{m[2]}{evil}", text)
    file.write_text(re.sub(r"\b(title): .*", lambda m: f"{m[1]}: {evil}", text), encoding="utf-8")
    file = project / "data/terms.yml"
    text = file.read_text(encoding="utf-8")
    text = re.sub(r"(- id: [a-z-]+\n  zh: ).*(\n  en: ).*", lambda m: f"{m[1]}{evil}{m[2]}{evil}", text, count=1)
    text = re.sub(r"(definition:\n +zh: ).*(\n +en: ).*", lambda m: f"{m[1]}{evil}{m[2]}{evil}", text, count=3)
    file.write_text(text, encoding="utf-8")
    for lang in ("zh", "en"):
        file = project / f"docs/{lang}/choosing/frameworks.md"
        text = file.read_text(encoding="utf-8")
        text = re.sub(r"^description: .*", f"description: {evil}", text, count=1, flags=re.M)
        file.write_text(re.sub(r"(questions:\n +- ).*", lambda m: m[1] + evil, text, count=1), encoding="utf-8")


def test_values_stay_text(project: Path):
    """HTML, Markdown and scripts in names, texts, titles and definitions show as what they are, on every page."""
    poison(project)
    build_site(project / "mkdocs.yml", project / "site")
    trees = {path: LexborHTMLParser(path.read_bytes()) for path in (project / "site").rglob("*.html")}
    shown = [path for path, tree in trees.items() if "onerror=boom()" in tree.body.text()]
    assert len(shown) > 4
    for path, tree in trees.items():
        assert [n.html for n in tree.css("[onerror], [onload], img[src=x], a[href^='javascript:' i]")] == [], path
        assert [n.html for n in tree.css("script") if n.text().strip() == "boom()"] == [], path


ACTING = {
    "scripts": {
        "<script>boom(1)</script>": "boom(1)",
        "</article><script>boom(2)</script>": "boom(2)",
        '<script type="module">boom(3)</script>': "boom(3)",
    },
    "handlers": {
        "<img src=favicon.svg alt=x onerror=boom()>": "img[onerror]",
        "[x](javascript:boom())": "'javascript:'",
        "<svg><set onbegin=boom() /></svg>": "set[onbegin]",
    },
}
"""Markup, and the words of the message that names it."""


@pytest.mark.parametrize("sort", ACTING)
def test_markup_that_acts_is_not_published(project: Path, sort: str):
    """A page that brings a script, a handler or a script link fails the build; the last good site stays."""
    (project / "site").mkdir()
    for lang in ("zh", "en"):
        with (project / f"docs/{lang}/choosing/frameworks.md").open("a", encoding="utf-8") as file:
            file.write("\n\n".join(("", *ACTING[sort], "")))
    with pytest.raises(GuideError) as caught:
        build_checked(project, project / "mkdocs.yml", project / "site")
    lines = [line for line in str(caught.value).splitlines() if line.startswith("docs/zh/choosing/frameworks.md:")]
    assert [word for word in ACTING[sort].values() if not any(word in line for line in lines)] == []
    assert list((project / "site").iterdir()) == []


def test_files_that_run_are_not_published(project: Path):
    """A file of docs/ that a browser would run fails the build, told by its path; it cannot take our script's place."""
    files = {
        "images/x.svg": ("<svg xmlns='http://www.w3.org/2000/svg'><script>boom()</script></svg>", "holds a script"),
        "x.html": ("<script>boom()</script>", "'.html'"),
        "assets/js/search.js": ("boom()", "'.js'"),
    }
    for name, (text, _) in files.items():
        file = project / "docs/zh" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    with pytest.raises(GuideError) as caught:
        build_site(project / "mkdocs.yml", project / "site")
    for name, (_, problem) in files.items():
        assert re.search(f"^docs/zh/{name}:1:1: .*{problem}", str(caught.value), re.M)
