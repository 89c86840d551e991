"""A build that fails leaves the last good site as it was, and tells every fault without a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from sample import ROOT, Case, make_sample, write

ALPHA, TERMS, ZH, EN = (
    "data/entities/framework/alpha.yml",
    "data/terms.yml",
    "docs/zh/choosing/index.md",
    "docs/en/choosing/index.md",
)
EVERYWHERE: Mapping[str, list[list[str]]] = {
    ALPHA: [["license: {value: MIT", "license: {value: 1.10"], ["works_with: [beta]", "works_with: [betta]"]],
    TERMS: [["related: [fine-tuning]", "related: [fine-tunning]"]],
    ZH: [["## 微调 { #tuning }", "## 微调"]],
    EN: [['{{ fact("alpha.license") }}', '{{ fcat("alpha.license") }}'], ["[Beta][beta#facts]", "[Beta][bta]"]],
}
TOLD = (
    f"{ALPHA}:14:20: facts.license.value: found the number '1.10' where text is expected; put it in quotes: \"1.10\"",
    f"{ALPHA}:23:16: relations.works_with[0]: unknown id 'betta'; did you mean 'beta'?",
    f"{TERMS}:16:13: [1].related[0]: unknown id 'fine-tunning'; did you mean 'fine-tuning'?",
    f"{EN}:5:27: unknown macro 'fcat'; did you mean 'fact'?",
    f"{EN}:9:43: unknown id 'bta'; did you mean 'beta'?",
    f"{ZH}:7:1: the heading '微调' has no id; write {{ #short-name }} behind it, the same in both languages",
    "6 faults",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, built once."""
    root = make_sample(tmp_path_factory.mktemp("project"), whole=True)
    done = build(root)
    assert done.returncode == 0, done.stderr
    return root


def build(root: Path) -> subprocess.CompletedProcess[str]:
    """Build a project as a contributor does."""
    paths = os.pathsep.join(filter(None, (str(ROOT / "hooks"), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "guide.cli", "build", "--root", str(root)]
    return subprocess.run(
        command, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, encoding="utf-8", timeout=120, check=False
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def failed(root: Path, case: Case) -> list[str]:
    """What a build says of the sample with a case's faults, which are then mended; nothing else may have changed."""
    before, sources = contents(root / "site"), contents(root / "docs") | contents(root / "data")
    texts = {path: (root / path).read_text(encoding="utf-8") for path in case.values.get("change", {})}
    try:
        case.apply(root)
        done = build(root)
    finally:
        for path, text in texts.items():
            write(root, path, text)
        for path in case.values.get("add", {}):
            (root / path).unlink()
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert contents(root / "site") == before
    assert contents(root / "docs") | contents(root / "data") == sources
    assert not list(root.glob(".guide-*"))
    return done.stderr.splitlines()


def test_every_fault_is_told_at_once(built: Path) -> None:
    """Faults of data, terms, headings, calls and links are told together, each once, with their count."""
    assert failed(built, Case(about="", values={"change": EVERYWHERE})) == list(TOLD)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[x](missing.md)", "missing.md"),
        ("[x](../glossary.md#nowhere)", "nowhere"),
        ('<a href="../nowhere/">x</a>', "nowhere"),
        ("![](../pictures/missing.svg)", "missing.svg"),
        ('<div markdown><p id="top">', "top"),
    ],
)
def test_what_only_the_build_can_find(text: str, told: str, built: Path) -> None:
    """A fault that shows when pages are rendered names its page, and leaves the site as well."""
    pages = {f"docs/{lang}/more.md": f"# More {{ #top }}\n\n{text}\n" for lang in ("zh", "en")}
    home = {f"docs/{lang}/index.md": [["# ", "[][more]\n\n# "]] for lang in ("zh", "en")}
    lines = failed(built, Case(about="", values={"add": pages, "change": home}))
    assert any("more.md" in line and told in line for line in lines), "\n".join(lines)


def test_a_project_that_is_none(tmp_path: Path) -> None:
    """A folder without data is told so; nothing is made in it."""
    done = build(tmp_path)
    assert (done.returncode, done.stderr.strip()) == (1, f"{tmp_path} holds no guide: it has no folder data")
    assert list(tmp_path.iterdir()) == []


def test_a_mended_project_is_built(built: Path) -> None:
    """After a failed build the next sound one takes the place of the last site."""
    failed(built, Case(about="", values={"change": {ALPHA: [["value: MIT", "value: 1"]]}}))
    Case(about="", values={"change": {ALPHA: [["value: MIT", "value: BSD-3-Clause"]]}}).apply(built)
    done = build(built)
    assert done.returncode == 0, done.stderr
    assert "BSD-3-Clause" in (built / "site/directory/frameworks/alpha/index.html").read_text(encoding="utf-8")
