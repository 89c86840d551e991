"""Markdown pages: links by id, marks of glossary terms, macro calls, and what must stay as it is written."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
from selectolax.lexbor import LexborHTMLParser

from guide import model
from guide.check import check
from guide.expand import Expanded, expand, fill
from guide.macros import Context
from guide.md import GuideExtension, Rendering
from guide.terms import Finder, segment
from guide.urls import Addresses
from sample import Case, cases, make_sample

EXTENSIONS = ["attr_list", "tables", "admonition", "def_list", "md_in_html", "pymdownx.superfences"]
HEAD = "# More { #top }\n\n"


def rendered(root: Path, lang: model.Lang, src: str) -> tuple[str, Rendering]:
    """A page of the sample as HTML, and what rendering it found."""
    checked = check(root)
    page = checked.site.page(lang, src)
    assert page is not None
    assert not [issue for issue in checked.issues if issue.path == page.origin]
    context = Context(
        site=checked.site,
        addresses=Addresses(),
        templates=checked.templates,
        lang=lang,
        src=src,
        origin=page.origin,
    )
    cut = segment() if lang == "zh" else None
    rendering = Rendering(finders={lang: Finder(checked.site.guide.terms.values(), lang, cut)})
    expanded: Expanded = expand(page.scan, context)
    rendering.begin(context, expanded)
    md = markdown.Markdown(extensions=[*EXTENSIONS, GuideExtension(rendering)])
    return fill(md.convert(expanded.markdown), expanded), rendering


def html(case: Case, root: Path) -> str:
    """A case's Markdown as HTML, without its title."""
    make_sample(root)
    case.apply(root)
    for lang in model.LANGUAGES:
        (root / f"docs/{lang}/more.md").write_text(HEAD + case.values["in"], encoding="utf-8")
    found, _ = rendered(root, case.values.get("lang", "en"), "more.md")
    return found.removeprefix('<h1 id="top">More</h1>\n')


@pytest.mark.parametrize("case", cases("markdown"))
def test_rendered(case: Case, tmp_path: Path) -> None:
    """Links and marks are made, calls are filled in, and the rest stays as it is written."""
    found = html(case, tmp_path)
    if "out" in case.values:
        assert found == case.values["out"].rstrip("\n")
        return
    tree = LexborHTMLParser(found)
    assert tree.body is not None
    assert " ".join(tree.body.text().split()) == case.values["shows"]
    for selector, count in case.values["holds"].items():
        assert len(tree.css(selector)) == count, selector


def test_mentions_stand_under_their_headings(tmp_path: Path) -> None:
    """Whatever names an id counts as a mention under its heading: links, macros and marked terms."""
    make_sample(tmp_path)
    _, rendering = rendered(tmp_path, "zh", "choosing/index.md")
    found = [(m.id, m.heading) for m in rendering.mentions]
    assert found == [
        ("alpha", "license"),
        ("alpha", "license"),
        ("fine-tuning", "tuning"),
        ("gpu-memory", "tuning"),
        ("beta", "tuning"),
    ]
    assert rendering.terms == ["fine-tuning", "gpu-memory"]
    assert rendering.marked[0] == ("fine-tuning", "微调要看显存，见")
