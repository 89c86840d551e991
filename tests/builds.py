"""Further builds of the guide as it stands, each made once for all tests that need it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

import pytest

from guide.bundle import Bundle, make_bundle
from guide.release import build_checked

SITE_URL = "https://example.org/guide/"
REPO_URL = "https://github.com/example/guide"

T = TypeVar("T")
_BUNDLE = pytest.StashKey[Bundle]()
_ELSEWHERE = pytest.StashKey[Path]()


def _once(request: pytest.FixtureRequest, key: pytest.StashKey[T], make: Callable[[], T]) -> T:
    """Made at the first call of the session: two folders' conftest files have the same fixture each for themselves."""
    if key not in request.config.stash:
        request.config.stash[key] = make()
    return request.config.stash[key]


@pytest.fixture(scope="session")
def bundle(root: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Bundle:
    """The offline bundle, outside the project's own dist/."""
    return _once(request, _BUNDLE, lambda: make_bundle(root, tmp_path_factory.mktemp("dist")))


@pytest.fixture(scope="session")
def elsewhere(root: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The site built for a subpath of another host, with a repository; links checked there."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("elsewhere") / "site"
        with patch.dict(os.environ, SITE_URL=SITE_URL.rstrip("/"), REPO_URL=REPO_URL + "/"):
            build_checked(root, root / "mkdocs.yml", folder)
        return folder

    return _once(request, _ELSEWHERE, make)
