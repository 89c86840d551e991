"""`guide new` writes an entity's file that says what is to be filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.check import check
from guide.issues import UsageError
from guide.new import new
from sample import make_sample

PATH = "data/entities/framework/gamma.yml"
EMPTY = "found empty text where text is expected; fill it in"
DATE = 'found empty text where a date is expected; write "2026", "2026-03" or "2026-03-06"'
FILLED = {
    'name: {zh: "", en: ""}': "name: {zh: 伽马, en: Gamma}",
    'url: ""                  #': "url: https://alpha.org/gamma #",
    'checked: ""': 'checked: "2026-03-06"',
    'zh: ""\n  en: ""\njudgement': "zh: 库。\n  en: A library.\njudgement",
    'zh: ""\n  en: ""\nfacts': "zh: 选它。\n  en: Take it.\nfacts",
    '  category:\n    value: ""\n    as_of: ""': '  category:\n    value: training\n    as_of: "2026-03"',
    '  license:\n    value: ""\n    as_of: ""': "  license:\n    value: MIT\n    as_of: null",
    'url: ""\n    title: ""            #': "url: https://alpha.org/readme\n    title: Readme #",
    'read: ""': 'read: "2026-03-06"',
}
"""What a contributor writes where the file is empty."""


def messages(root: Path) -> list[str]:
    """What the check says of the new file and of all others."""
    return [str(issue) for issue in check(root).issues]


def test_a_new_file_says_what_is_missing(tmp_path: Path) -> None:
    """The file of a new entity fails the check with one message for each place that is to be filled."""
    new(make_sample(tmp_path), "framework", "gamma")
    assert messages(tmp_path) == [
        f"{PATH}:3:12: name.zh: {EMPTY}",
        f"{PATH}:3:20: name.en: {EMPTY}",
        f"{PATH}:6:6: url: {EMPTY}",
        f"{PATH}:7:10: checked: {DATE}",
        f"{PATH}:9:7: summary.zh: {EMPTY}",
        f"{PATH}:10:7: summary.en: {EMPTY}",
        f"{PATH}:12:7: judgement.zh: {EMPTY}",
        f"{PATH}:13:7: judgement.en: {EMPTY}",
        f"{PATH}:17:12: facts.category.value: found empty text; known: training, inference",
        f"{PATH}:18:12: facts.category.as_of: {DATE}",
        f"{PATH}:22:12: facts.license.value: {EMPTY}",
        f"{PATH}:23:12: facts.license.as_of: {DATE}",
        f"{PATH}:77:10: sources.main.url: {EMPTY}",
        f"{PATH}:78:12: sources.main.title: {EMPTY}",
        f"{PATH}:79:11: sources.main.read: {DATE}",
    ]


def test_a_filled_file_is_sound(tmp_path: Path) -> None:
    """When every empty place is filled the check is silent."""
    file = new(make_sample(tmp_path), "framework", "gamma")
    text = file.read_text(encoding="utf-8")
    for old, filled in FILLED.items():
        assert text.count(old) == 1, old
        text = text.replace(old, filled)
    file.write_text(text, encoding="utf-8")
    assert messages(tmp_path) == []


def test_what_may_be_added_is_there_as_a_comment(tmp_path: Path) -> None:
    """Each fact that need not be there can be used by taking off the '# ' before its lines."""
    file = new(make_sample(tmp_path), "framework", "gamma")
    text = file.read_text(encoding="utf-8")
    start = text.index("  # price:")
    end = text.index("  # 谁在用", start)
    file.write_text(text[:start] + text[start:end].replace("  # ", "  ") + text[end:], encoding="utf-8")
    found = [m.partition(": ")[2] for m in messages(tmp_path)]
    assert "facts.price.value: found nothing where a number is expected" in found
    assert "facts.price.currency: found empty text where text is expected; fill it in" in found


@pytest.mark.parametrize(
    ("kind", "id", "message"),
    [
        ("framwork", "gamma", "unknown kind 'framwork'; did you mean 'framework'?"),
        ("planet", "gamma", "unknown kind 'planet'; known: framework"),
        (
            "framework",
            "../gamma",
            "'../gamma' is not an id; use lower-case letters, digits and single hyphens, as in llama-cpp",
        ),
        (
            "framework",
            "alpha",
            "the id 'alpha' is taken by data/entities/framework/alpha.yml; ids are unique over all kinds and terms",
        ),
        (
            "framework",
            "gpu-memory",
            "the id 'gpu-memory' is taken by data/terms.yml:8; ids are unique over all kinds and terms",
        ),
    ],
)
def test_what_cannot_be_made_is_told(kind: str, id: str, message: str, tmp_path: Path) -> None:
    """An unknown kind, an id that is none and an id that is taken are refused, and nothing is written."""
    make_sample(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError) as caught:
        new(tmp_path, kind, id)
    assert str(caught.value) == message
    assert sorted(tmp_path.rglob("*")) == before
