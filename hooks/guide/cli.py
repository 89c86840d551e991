"""The `guide` command: check, build, bundle, status, new and schema, each a function of the package."""

from __future__ import annotations

import argparse
import inspect
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

from . import model
from .issues import GuideError

ROOT = Path(__file__).resolve().parents[2]


def check(root: Path) -> None:
    """Data, prose and parity, without a build."""
    from .check import check as check_pages

    start = time.perf_counter()
    checked = check_pages(root)
    checked.issues.raise_if_any()
    guide = checked.site.guide
    print(f"Sound: {_counts(guide)}, {len(checked.site.pages)} pages; {time.perf_counter() - start:.1f} s")


def build(root: Path) -> None:
    """Both languages into site/, swapped in when every check passed."""
    from .release import build_checked

    start = time.perf_counter()
    built = build_checked(root, root / "mkdocs.yml", root / "site")
    seconds = time.perf_counter() - start
    print(f"Built site/: {built.pages} pages, {built.links:,} links, {_counts(built.guide)}; {seconds:.1f} s")


def bundle(root: Path) -> None:
    """The offline bundle in dist/."""
    from .bundle import make_bundle

    start = time.perf_counter()
    made = make_bundle(root)
    seconds = time.perf_counter() - start
    print(f"Bundled {made.file.relative_to(root)}: {made.files} files, {made.bytes / 1e6:.1f} MB; {seconds:.1f} s")


def status(root: Path) -> None:
    """What the outline still lacks."""
    from .check import check as check_pages
    from .check import covered

    site = check_pages(root).site
    for lang in model.LANGUAGES:
        have = covered(site, lang)
        lacking = [item for item in site.guide.outline.values() if item.id not in have]
        print(f"{lang}: {len(have)} of {len(site.guide.outline)} outline items covered")
        for item in lacking if lang == model.DEFAULT_LANGUAGE else ():
            print(f"  {item.id:8} {item.title}")


def _counts(guide: model.Guide) -> str:
    records = sum(len(f.records) for e in guide.entities.values() for f in e.facts.values())
    return (
        f"{len(guide.entities)} entities, {records:,} records, {len(guide.sources)} sources, {len(guide.terms)} terms"
    )


def schema(root: Path) -> None:
    """The JSON Schemas of data/, which editors read."""
    from .schemas import write

    print(f"Wrote {len(write(root))} schemas to data/schema/")


def new(root: Path, kind: str, id: str) -> None:
    """The file of a new entity, to be filled: guide new framework my-framework."""
    from .new import new as write_new

    path = write_new(root, kind, id).relative_to(root).as_posix()
    print(f"Wrote {path}: fill it, and run the check until it is silent.")


COMMANDS: dict[str, Callable[..., None]] = {f.__name__: f for f in (check, build, bundle, status, new, schema)}


def main(arguments: list[str] | None = None) -> None:
    """Run a command; faults in content are told without a traceback, with exit code 1."""
    options = vars(_parser().parse_args(arguments))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    command, root = options.pop("command"), options.pop("root")
    try:
        COMMANDS[command](root.resolve(), **options)
    except GuideError as error:
        sys.exit(str(error))
    except RecursionError:
        sys.exit("A page is nested too deep to be read; look at the pages that changed last.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guide", description="Checks and builds the guide.")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function in COMMANDS.items():
        command = commands.add_parser(name, help=function.__doc__)
        command.add_argument("--root", type=Path, default=argparse.SUPPRESS, help="the project's folder")
        for argument in list(inspect.signature(function).parameters)[1:]:
            command.add_argument(argument)
    return parser


if __name__ == "__main__":
    main()
