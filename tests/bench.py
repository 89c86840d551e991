"""Seconds and memory a page, beside plain MkDocs with Material on the same finished Markdown: `python -m tests.bench`.

Copies of the guide's own entities stand for more of them, each set linked within itself. The peer has the same theme
and Markdown extensions and no plugin, hook, search or glossary; it reads the Markdown that the guide ends up with, its
macros run. Each figure is of a fresh process; a rebuild is the second build in one process, as `serve` makes it.
Seconds are the processor's, so that what else runs on the machine counts little; compare the ratios, which hold from
machine to machine.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
SIZES = (200, 1000)
KEPT = ("data", "docs", "hooks", "overrides", "mkdocs.yml")
_LINK = re.compile(r"(?<!\w)\[([^\[\]\n]*)\]\[([^\[\]\n]+)\]")
SORTS = {"whole": "`make build`, links checked", "guide": "the guide's build", "peer": "plain MkDocs + Material"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one process took."""

    pages: int
    cold: float
    """Processor seconds from its start to the finished site."""
    rebuild: float | None
    """Processor seconds of a second build in it."""
    peak: float
    """Megabytes at most."""


def copy_project(folder: Path, entities: int) -> None:
    """Copy the project and add entities of the kind framework."""
    for name in KEPT:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    home = folder / "data/entities/framework"
    known = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(home.glob("*.yml"))}
    names = [(set_, id) for set_ in range(1 + entities // len(known)) for id in known][:entities]
    for set_, id in names:
        more = clone(known[id], set_, {other for number, other in names if number == set_})
        text = json.dumps(more, ensure_ascii=False, indent=2)
        (home / f"{id}-{set_}.yml").write_text(text, encoding="utf-8")


def clone(entity: dict[str, Any], set_: int, ids: set[str]) -> dict[str, Any]:
    """The entity under another name, with its relations to entities of the same set."""
    related = {kind: [f"{id}-{set_}" for id in found if id in ids] for kind, found in _lists(entity.get("relations"))}
    return entity | {
        "name": {lang: f"{name} {set_}" for lang, name in entity["name"].items()},
        "aliases": [],
        "relations": {kind: found for kind, found in related.items() if found},
    }


def _lists(relations: dict[str, Any] | None) -> list[tuple[str, list[str]]]:
    return [(kind, ids if isinstance(ids, list) else [ids]) for kind, ids in (relations or {}).items()]


def write_finished(build: Any, folder: Path) -> None:
    """Write the Markdown that the guide ends up with, as a project of plain MkDocs."""
    from mkdocs.utils.yaml import yaml_load

    from guide import expand, layout

    for (lang, src), page in build.pages.items():
        text = expand.fill(page.expanded.markdown, page.expanded)
        text = layout.fill_backlinks(layout.fill_questions(text, page.context), page.context, build.backlinks[lang])
        text = _LINK.sub(lambda found, lang=lang, src=src: _link(build.site, lang, src, found), text)
        file = folder / "docs" / lang / src
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(re.sub("[\ue000-\ue010]", "", text), encoding="utf-8")
    config = yaml_load((build.root / "mkdocs.yml").read_text(encoding="utf-8"))
    for key in ("hooks", "watch", "extra", "extra_css", "extra_javascript", "exclude_docs"):
        config.pop(key, None)
    del config["theme"]["custom_dir"]
    written = [f"{p.lang}/{p.src}" for p in build.site.pages.values() if not p.generated]
    quiet = {"validation": {"links": {"not_found": "ignore", "unrecognized_links": "ignore"}}}
    config |= {"plugins": [], "nav": written, "site_url": "https://example.org/", **quiet}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")


def _link(site: Any, lang: str, src: str, found: re.Match[str]) -> str:
    """[text][id] as plain Markdown writes it."""
    from guide.links import relative_source

    target, fragment = site.resolve(found[2], lang) or (None, "")
    if target is None:
        return found[0]
    return f"[{found[1] or target.name[lang]}]({relative_source(src, target.src, fragment)})"


def child(sort: str, folder: Path) -> None:
    """Build in this process, and print what it took as JSON."""
    site, rebuild = folder / "site", None
    if sort == "whole":
        from guide.release import build_checked

        build_checked(folder, folder / "mkdocs.yml", site)
        cold = time.process_time()
    else:
        first = mkdocs_build(folder, site)
        cold = time.process_time()
        mkdocs_build(folder, site, first.dev_addr)
        rebuild = time.process_time() - cold
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    pages = sum(1 for path in site.rglob("*.html") if path.name != "404.html")
    print(json.dumps({"pages": pages, "cold": cold, "rebuild": rebuild, "peak": peak}))
    if sort == "guide":
        from guide import adapter

        write_finished(adapter.current(), folder.parent / "peer")


def mkdocs_build(folder: Path, site: Path, dev_addr: object = None) -> Any:
    """Build as `mkdocs build` does, or as `mkdocs serve` does for a reader at dev_addr."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(site))
    config.site_url = f"http://{dev_addr}/" if dev_addr else config.site_url
    config.plugins.on_startup(command="serve" if dev_addr else "build", dirty=False)
    build(config)
    return config


def measure(sort: str, folder: Path) -> Measured:
    """Build in a process of its own."""
    settings = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "tests.bench", sort, str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-4000:])
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def rows(entities: int) -> list[str]:
    """The table's rows for a number of added entities."""
    with tempfile.TemporaryDirectory(prefix="guide-bench-") as folder:
        home = Path(folder) / "guide"
        home.mkdir()
        copy_project(home, entities)
        found = {sort: measure(sort, Path(folder) / ("peer" if sort == "peer" else "guide")) for sort in SORTS}
    peer = found["peer"]
    return [row(entities, SORTS[sort], measured, peer) for sort, measured in found.items()]


def row(entities: int, name: str, m: Measured, peer: Measured) -> str:
    """One line of the table; the peer is 1.0."""
    cold = f"{m.cold:.1f} | {m.cold / m.pages * 1000:.1f} | {m.cold / m.pages * peer.pages / peer.cold:.1f}"
    again = "– | – | –"
    if m.rebuild is not None and peer.rebuild is not None:
        ratio = m.rebuild / m.pages * peer.pages / peer.rebuild
        again = f"{m.rebuild:.1f} | {m.rebuild / m.pages * 1000:.1f} | {ratio:.1f}"
    return f"| +{entities:,} | {m.pages:,} | {name} | {cold} | {again} | {m.peak:.0f} | {m.peak / peer.peak:.1f} |"


def main(sizes: tuple[int, ...]) -> None:
    """Print the table."""
    print(
        "| entities | pages | what | cold, s | ms a page | ratio | rebuild, s | ms a page | ratio | peak, MB | ratio |"
    )
    print("| ---: | ---: | --- | " + " | ".join(["---:"] * 8) + " |")
    for size in sizes:
        print("\n".join(rows(size)), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in SORTS:
        child(sys.argv[1], Path(sys.argv[2]))
    else:
        main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
