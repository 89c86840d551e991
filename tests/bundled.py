"""The offline bundle, made once for all tests that need it."""

from __future__ import annotations

import pytest

from guide.bundle import Bundle, make_bundle

_MADE = pytest.StashKey[Bundle]()


@pytest.fixture(scope="session")
def bundle(root, tmp_path_factory, request) -> Bundle:
    """The offline bundle of the guide as it stands, outside the project's own dist/."""
    if _MADE not in request.config.stash:
        request.config.stash[_MADE] = make_bundle(root, tmp_path_factory.mktemp("dist"))
    return request.config.stash[_MADE]
