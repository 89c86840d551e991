"""Macro calls: only macros, only plain values, checked before anything runs; in code they stay."""

from __future__ import annotations

import inspect
import typing
from pathlib import Path

import pytest

from guide.macros import MACROS, CallError, bind, calls, parse
from sample import Case, cases


@pytest.mark.parametrize("case", cases("macros"))
def test_told(case: Case, tmp_path: Path) -> None:
    """Each faulty call is told with its line and column; nothing but a macro with plain values runs."""
    assert case.told(tmp_path) == case.messages


def test_an_unknown_macro_far_from_all() -> None:
    """Where no name is near, all macros are named."""
    with pytest.raises(CallError) as caught:
        bind(parse("{{ zzz() }}"))
    assert caught.value.hint == f"known: {', '.join(sorted(MACROS))}"


@pytest.mark.parametrize("name", MACROS)
def test_a_macros_types_can_be_checked(name: str) -> None:
    """Each argument of each macro has a type that the check of calls knows and can name."""
    signature = inspect.signature(MACROS[name])
    hints = typing.get_type_hints(MACROS[name])
    for parameter in list(signature.parameters.values())[1:]:
        assert calls._type_name(hints[parameter.name]), parameter.name
        assert not calls._fits(object(), hints[parameter.name])
