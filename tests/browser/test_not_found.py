"""The page of errors puts the language of the address first."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("path", "first"),
    [("no/such/", "zh"), ("en/no/such/page/", "en"), ("enough/", "zh"), ("directory/en/x", "zh")],
)
def test_address_decides_the_language(watch, elsewhere, serve, path: str, first: str):
    """Below /en/, also under a subpath, English stands first and is the page's language; elsewhere Chinese."""
    page = watch().goto(serve(elsewhere, base="/guide/") + path)
    assert page.locator(".lost > section").first.get_attribute("lang") == first
    assert page.locator("html").get_attribute("lang") == first


def test_both_languages_without_scripts(watch, elsewhere, serve):
    """Without JavaScript both languages can be read."""
    page = watch(java_script_enabled=False).goto(serve(elsewhere, base="/guide/") + "en/nowhere/")
    assert page.locator(".lost > section:visible").count() == 2
