"""A small sound project that a test may break, and cases that say how and with which messages."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from guide.check import check

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
MACHINERY = ("hooks", "overrides", "mkdocs.yml")
TEMPLATES = ("overrides/macros", "overrides/pages")

FILES: Mapping[str, str] = {
    "data/kinds/framework.yml": """\
name: {zh: 框架, en: framework}
plural: {zh: 框架, en: Frameworks}
segment: frameworks
group_by: category
facts:
  - id: category
    label: {zh: 类别, en: Category}
    type: choice
    required: always
    options:
      - {id: training, zh: 训练, en: Training}
      - {id: inference, zh: 推理, en: Inference}
  - {id: license, label: {zh: 许可证, en: License}, type: name, required: always, decides: true}
  - {id: founded, label: {zh: 首次公开, en: First release}, type: date}
  - {id: commits, label: {zh: 提交数, en: Commits}, type: number, unit: commits}
  - {id: memory, label: {zh: 内存, en: Memory}, type: number}
  - {id: price, label: {zh: 价格, en: Price}, type: money}
  - {id: users, label: {zh: 谁在用, en: Users}, type: text, many: true, required: full}
  - {id: repo, label: {zh: 代码仓库, en: Repository}, type: url}
  - {id: maker, label: {zh: 出品方, en: Maker}, type: ref}
  - {id: open, label: {zh: 开源, en: Open}, type: flag}
  - {id: languages, label: {zh: 编程语言, en: Languages}, type: names}
relations:
  - {id: part_of, label: {zh: 属于, en: Part of}, inverse: {zh: 包含, en: Contains}, acyclic: true}
  - {id: successor, label: {zh: 后继, en: Succeeded by}, inverse: {zh: 前身, en: Predecessor}, acyclic: true}
  - {id: works_with, label: {zh: 常一起用, en: Used with}, symmetric: true}
""",
    "data/entities/framework/alpha.yml": """\
name: {zh: 阿尔法, en: Alpha}
aliases: [alpha-lib]
depth: full
url: https://alpha.org/
checked: "2026-03-06"
summary:
  zh: 训练框架，给小团队用。
  en: A training framework for small teams.
judgement:
  zh: 只有一台机器时选它。
  en: Take it when you have one machine.
facts:
  category: {value: training, as_of: "2026-03-01", source: readme}
  license: {value: MIT, as_of: "2026-03-01", source: readme}
  founded: {value: "2019-05", as_of: null, source: readme}
  commits: {value: 1200, as_of: "2026-03-01", source: readme}
  memory: {value: 24, unit: GiB, as_of: "2026-03-01", source: readme}
  price: {value: 2.5, currency: USD, unit: hours, as_of: "2026-03-01", source: readme}
  users:
    - {value: {zh: 贝塔团队, en: the Beta team}, as_of: "2026-02", source: readme}
    - {value: {zh: 伽马团队, en: the Gamma team}, as_of: "2026-01", source: shared}
relations:
  works_with: [beta]
sources:
  readme:
    url: https://github.com/alpha/alpha/blob/0123456789ab/README.md
    title: README.md (alpha/alpha)
    read: "2026-03-06"
""",
    "data/entities/framework/beta.yml": """\
name: {zh: 贝塔, en: Beta}
depth: short
url: https://alpha.org/beta
checked: "2026-03-06"
summary: {zh: 推理引擎。, en: An inference engine.}
judgement: {zh: 请求多时选它。, en: Take it when requests are many.}
facts:
  category: {value: inference, as_of: "2026-03-01", source: shared}
  license: {value: Apache-2.0, as_of: "2026-03-01", source: shared}
sources: {}
""",
    "data/sources.yml": """\
shared:
  url: https://arxiv.org/abs/2601.00001
  title: Alpha and Beta
  read: "2026-03-06"
""",
    "data/publishers.yml": """\
- id: alpha
  name: {zh: 阿尔法项目, en: Alpha project}
  kind: official
  of: [alpha]
  hosts: [alpha.org, github.com/alpha]
- id: arxiv
  name: {zh: 论文库, en: arXiv}
  kind: paper
  hosts: [arxiv.org]
""",
    "data/terms.yml": """\
- id: fine-tuning
  zh: 微调
  en: fine-tuning
  definition:
    zh: 在已有模型上继续训练。
    en: Training an existing model further.
  source: shared
- id: gpu-memory
  zh: 显存
  en: GPU memory
  aliases: {en: [VRAM]}
  definition:
    zh: 显卡上的存储器。
    en: The memory on a graphics card.
  source: shared
  related: [fine-tuning]
""",
    "data/units.yml": """\
units:
  commits: {name: {zh: 次提交, en: commit}, plural: commits}
  hours: {name: {zh: 小时, en: hour}, plural: hours}
  GB: {name: {zh: 吉字节, en: gigabyte}, symbol: GB}
  GiB: {name: {zh: 二进制吉字节, en: gibibyte}, symbol: GiB}
currencies:
  USD: {name: {zh: 美元, en: US dollar}, symbol: $, tight: true}
  CNY: {name: {zh: 元, en: yuan}, symbol: CNY}
""",
    "data/worked/margin.yml": """\
title: {zh: 每天毛利, en: Margin per day}
sort: worked
inputs:
  pushes:
    label: {zh: 提交数, en: Commits}
    fact: alpha.commits
  days:
    label: {zh: 天数, en: Days}
    assume: 300
    reason: {zh: 一年的工作日再打点折, en: Working days of a year and some slack}
formula: pushes / days
unit: commits
""",
    "data/outline.yml": """\
- chapter: "1"
  title: 选择
  sections:
    - section: "1.1"
      title: 框架
""",
    "data/nav.yml": """\
- page: index.md
- page: choosing/index.md
- page: directory/index.md
- page: directory/frameworks.md
- page: glossary.md
""",
    "docs/zh/index.md": """\
---
description: 怎么选框架
questions:
  - "选哪个？"
---
# 首页 { #top }

先看[怎么选][choosing]和[目录][directory-frameworks]，词义见[][glossary]。
""",
    "docs/en/index.md": """\
---
description: How to choose a framework
questions:
  - "Which one?"
---
# Home { #top }

Read [how to choose][choosing] and the [directory][directory-frameworks]; words are in the [][glossary].
""",
    "docs/zh/choosing/index.md": """\
# 怎么选 { #top data-outline="1 1.1" }

## 许可证 { #license }

[][alpha] 的许可证是 {{ fact("alpha.license") }}，每天提交 {{ worked("margin", digits=1) }}。

## 微调 { #tuning }

微调要看显存，见[贝塔][beta#facts]。
""",
    "docs/en/choosing/index.md": """\
# How to choose { #top data-outline="1 1.1" }

## License { #license }

[][alpha] has the license {{ fact("alpha.license") }} and {{ worked("margin", digits=1) }} a day.

## Tuning { #tuning }

For fine-tuning look at the GPU memory of [Beta][beta#facts].
""",
    "docs/zh/directory/index.md": "# 资源目录 { #top }\n\n[][directory-frameworks]\n",
    "docs/en/directory/index.md": "# Directory { #top }\n\n[][directory-frameworks]\n",
    "docs/zh/directory/frameworks.md": '# 框架 { #top }\n\n## 全部 { #all }\n\n{{ directory("framework") }}\n',
    "docs/en/directory/frameworks.md": '# Frameworks { #top }\n\n## All { #all }\n\n{{ directory("framework") }}\n',
    "docs/zh/glossary.md": "# 术语 { #top }\n\n{{ glossary() }}\n",
    "docs/en/glossary.md": "# Glossary { #top }\n\n{{ glossary() }}\n",
}


def make_sample(root: Path, *, whole: bool = False) -> Path:
    """Write the sample project into a folder; `whole` copies what a build needs as well."""
    for path, text in FILES.items():
        write(root, path, text)
    shutil.copy(ROOT / "data/labels.yml", root / "data")
    for name in MACHINERY if whole else TEMPLATES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    return root


def write(root: Path, path: str, text: str) -> None:
    """Write a file of the project with the folders above it."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How the sample is changed, and what must come of it."""

    about: str
    values: Mapping[str, Any]

    @property
    def messages(self) -> list[str]:
        """All messages expected, sorted by place."""
        return str(self.values.get("out", "")).splitlines()

    def told(self, root: Path) -> list[str]:
        """What the check says of the sample, changed as the case says."""
        make_sample(root)
        self.apply(root)
        return [str(issue) for issue in check(root).issues]

    def apply(self, root: Path) -> None:
        """Change the project; a text to be changed stands in its file exactly once."""
        for path, changes in self.values.get("change", {}).items():
            text = (root / path).read_text(encoding="utf-8")
            for old, new in changes:
                assert text.count(old) == 1, f"{self.about}: '{old}' stands {text.count(old)} times in {path}"
                text = text.replace(old, new)
            write(root, path, text)
        for path, text in self.values.get("add", {}).items():
            for mark, (piece, times) in self.values.get("fill", {}).items():
                text = text.replace(mark, piece * times)
            write(root, path, text)
        for path, text in self.values.get("latin", {}).items():
            (root / path).write_bytes(text.encode("latin-1"))
        for path in self.values.get("remove", []):
            (root / path).unlink()


def cases(topic: str) -> list[Any]:
    """The cases of tests/cases/<topic>, one a file, for `parametrize`."""
    files = sorted((TESTS / "cases" / topic).glob("*.yml"))
    assert files, f"tests/cases/{topic} is empty"
    return [pytest.param(_case(file), id=file.stem) for file in files]


def _case(file: Path) -> Case:
    values = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Case(about=values.pop("about"), values=values)
