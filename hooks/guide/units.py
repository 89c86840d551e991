"""Units and currencies: what stands beside a figure, read from data/units.yml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .issues import Issues, nearest
from .model import Text

Place = Callable[[tuple[str | int, ...]], tuple[int, int]]
"""Path of keys → line and column, as `Document.place` of the reader gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What a figure counts or measures."""

    id: str
    name: Text
    """Follows the figure where there is no symbol; with its measure word in Chinese, singular in English."""
    plural: str
    """English plural."""
    symbol: str = ""
    """Shown instead of the name, in both languages; empty where there is none."""
    tight: bool = False
    """Whether the symbol stands at the figure without a blank."""
    per: Text
    """What stands after "per" and after the slash of 美元/月."""
    of: str = ""
    """Id of the unit in which this one is counted; empty for itself."""
    factor: int = 1
    """How many of `of` one of these is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """Money of one country or union."""

    code: str
    """ISO 4217."""
    name: Text
    """Chinese follows the figure; English is singular, for headings."""
    plural: str
    symbol: str
    """What stands beside the figure in English."""
    position: Literal["before", "after"] = "before"
    tight: bool = False
    decimals: int = 2
    """Digits of the smaller coin: $2.50, but JPY 250."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """All units and currencies, by id and by code."""

    units: Mapping[str, Unit] = field(default_factory=dict)
    currencies: Mapping[str, Currency] = field(default_factory=dict)


_FIELDS: Mapping[str, Mapping[str, str]] = {
    "units": {
        "name": "text",
        "plural": "string",
        "symbol": "string",
        "tight": "flag",
        "per": "text",
        "of": "string",
        "factor": "count",
    },
    "currencies": {
        "name": "text",
        "plural": "string",
        "symbol": "string",
        "position": "side",
        "tight": "flag",
        "decimals": "count",
    },
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {"units": ("name",), "currencies": ("name", "symbol")}
_EXPECTED: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "text": (
        "{zh: …, en: …}",
        lambda v: isinstance(v, dict) and set(v) == {"zh", "en"} and all(map(_is_string, v.values())),
    ),
    "string": ("a text that is not empty", lambda v: _is_string(v)),
    "flag": ("true or false", lambda v: isinstance(v, bool)),
    "count": ("a whole number from 0", lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= 0),
    "side": ("before or after", lambda v: v in ("before", "after")),
}


def parse_units(value: Any, issues: Issues, *, path: str = "data/units.yml", place: Place = lambda _: (1, 1)) -> Units:
    """Check the plain values of data/units.yml and convert what is sound.

    Args:
        value: What the file says: a mapping with `units` and `currencies`.
        issues: Takes every fault found.
        path: The file, for the faults.
        place: Path of keys → line and column.
    """
    checked = _Checked(issues, path, place)
    top = checked.mapping(value, ())
    checked.names(top, _FIELDS, ())
    entries = {kind: checked.entries(top.get(kind, {}), kind) for kind in _FIELDS}
    units = {id: _unit(id, entry) for id, entry in entries["units"].items()}
    for unit in units.values():
        if unit.of and (unit.of not in units or units[unit.of].of):
            checked.fault(
                ("units", unit.id, "of"),
                f"unknown unit '{unit.of}', or one that is itself counted in another",
                nearest(unit.of, units),
            )
    return Units(
        units=units, currencies={code: _currency(code, entry) for code, entry in entries["currencies"].items()}
    )


def _is_string(value: Any) -> bool:
    return isinstance(value, str) and value.strip() == value != ""


def _text(value: Mapping[str, str]) -> Text:
    return Text(zh=value["zh"], en=value["en"])


def _unit(id: str, entry: Mapping[str, Any]) -> Unit:
    name = _text(entry["name"])
    return Unit(
        id=id,
        name=name,
        plural=entry.get("plural", name.en),
        symbol=entry.get("symbol", ""),
        tight=entry.get("tight", False),
        per=_text(entry.get("per", entry["name"])),
        of=entry.get("of", ""),
        factor=entry.get("factor", 1),
    )


def _currency(code: str, entry: Mapping[str, Any]) -> Currency:
    name = _text(entry["name"])
    return Currency(
        code=code,
        name=name,
        plural=entry.get("plural", name.en),
        symbol=entry["symbol"],
        position=entry.get("position", "before"),
        tight=entry.get("tight", False),
        decimals=entry.get("decimals", 2),
    )


@dataclass(frozen=True, slots=True)
class _Checked:
    """Plain values looked at one by one; what is wrong is noted and left out."""

    issues: Issues
    path: str
    place: Place

    def fault(self, at: tuple[str | int, ...], problem: str, hint: str = "") -> None:
        line, column = self.place(at)
        self.issues.add(self.path, problem, line=line, column=column, field=".".join(map(str, at)), hint=hint)

    def mapping(self, value: Any, at: tuple[str | int, ...]) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self.fault(at, f"found {value!r}, expected a mapping")
        return {}

    def names(self, value: Mapping[str, Any], known: Mapping[str, Any], at: tuple[str | int, ...]) -> None:
        for name in value:
            if name not in known:
                self.fault((*at, name), f"unknown field '{name}'", nearest(str(name), known))

    def entries(self, value: Any, kind: str) -> dict[str, Mapping[str, Any]]:
        """The sound entries of `units` or `currencies`."""
        found = self.mapping(value, (kind,))
        return {id: entry for id, entry in found.items() if self.entry(entry, kind, id)}

    def entry(self, value: Any, kind: str, id: str) -> bool:
        """Whether an entry may be converted; its faults are noted."""
        before = len(self.issues)
        entry = self.mapping(value, (kind, id))
        self.names(entry, _FIELDS[kind], (kind, id))
        for name in _REQUIRED[kind]:
            if name not in entry:
                self.fault((kind, id), f"field '{name}' is missing")
        for name, sort in _FIELDS[kind].items():
            expected, is_sound = _EXPECTED[sort]
            if name in entry and not is_sound(entry[name]):
                self.fault((kind, id, name), f"found {entry[name]!r}, expected {expected}")
        return len(self.issues) == before
