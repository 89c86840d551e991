"""The project's commands, with the standard library only: `python tasks.py build`. Each sets up `.venv` if it must."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCK = ROOT / "requirements.txt"
OLDEST = (3, 11, 5)


def run(*command: str | Path, **environment: str) -> None:
    """Run a command from the project's root; stop with its exit code if it fails."""
    settings = {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", **os.environ, **environment}
    code = subprocess.run([str(part) for part in command], cwd=ROOT, env=settings, check=False).returncode
    if code:
        sys.exit(code)


def python(*arguments: str, **environment: str) -> None:
    """Run the environment's Python."""
    run(BIN / "python", *arguments, **environment)


def setup() -> None:
    """Make `.venv` from the lock, or renew it when the lock or Python changed."""
    if sys.version_info < OLDEST:
        sys.exit(f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version.split()[0]}.")
    wanted = hashlib.sha256(
        LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + sys.version.encode()
    ).hexdigest()
    stamp = VENV / "lock.sha256"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Setting up .venv (once, and again when requirements.txt changes) …", flush=True)
    venv.create(VENV, clear=True, with_pip=True)
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    python(*pip, "--require-hashes", "-r", "requirements.txt")
    python(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(wanted)


def build() -> None:
    """Both languages into site/, strict, links checked; the last good site stays if anything fails."""
    python("-m", "guide.cli", "build")


def test() -> None:
    """Every test, the linters and the type check."""
    python("-m", "ruff", "check", ".")
    python("-m", "ruff", "format", "--check", ".")
    python("-m", "mypy")
    python("-m", "pytest", "-n", "auto", *sys.argv[2:])


def serve() -> None:
    """Live preview; LOCALE=zh for one language."""
    only = os.environ.get("LOCALE")
    python("-m", "mkdocs", "serve", "--livereload", **({"GUIDE_LOCALE": only} if only in ("zh", "en") else {}))


def offline() -> None:
    """The bundle: dist/llm-startup-guide-<version>-offline.zip, and unpacked in dist/offline/."""
    python("-m", "guide.cli", "bundle")


def check() -> None:
    """Data, prose and parity, without a build."""
    python("-m", "guide.cli", "check")


def bench() -> None:
    """Seconds and memory a page, as ratios against plain MkDocs with Material."""
    python("-m", "tests.bench")


def lock() -> None:
    """Renew requirements.txt from pyproject.toml (needs uv)."""
    uv = shutil.which("uv") or sys.exit("uv is needed: pip install uv")
    run(
        uv,
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11.5",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--extra",
        "dev",
        "--upgrade",
        "pyproject.toml",
        "-o",
        "requirements.txt",
    )


def clean() -> None:
    """Delete what builds made, and .venv."""
    for name in ("site", "dist", ".guide", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache"):
        shutil.rmtree(ROOT / name, ignore_errors=True)


COMMANDS = {f.__name__: f for f in (build, test, serve, offline, check, bench, lock, clean)}


def main() -> None:
    """Run the command that the first argument names."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS:
        lines = [f"  {key:8} {function.__doc__}" for key, function in COMMANDS.items()]
        sys.exit("\n".join(["Usage: python tasks.py <command>", *lines]))
    if name not in ("lock", "clean"):
        setup()
    COMMANDS[name]()


if __name__ == "__main__":
    main()
