"""Digits: rounded, grouped, with 亿 or billion beside them; and the blank between what stands side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .model import Lang

Value = Decimal | int | float

_SCALES: dict[Lang, tuple[tuple[int, str, int], ...]] = {
    "zh": ((12, "万亿", 4), (8, "亿", 4), (4, "万", 2)),
    "en": ((12, "trillion", 3), (9, "billion", 3), (6, "million", 3)),
}
"""Power of ten, its word, and how many decimals may stand before the word: more are harder to read than all digits."""
_SCIENTIFIC_FROM = Decimal("1e15")
_SCIENTIFIC_BELOW = Decimal("1e-4")
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as its digits, with sign, and its 亿 or billion."""

    digits: str
    scale: str = ""

    @property
    def fraction(self) -> str:
        """What stands after the point."""
        return self.digits.partition(".")[2]

    @property
    def is_one(self) -> bool:
        """Whether English takes the singular."""
        return not self.scale and self.digits in ("1", "−1")

    @property
    def is_closed(self) -> bool:
        """Whether a dash beside it would be misread."""
        return "−" in self.digits or "×" in self.digits


def decimal(value: Value) -> Decimal:
    """The value without binary noise: 0.1 stays 0.1; ValueError for what is no finite number."""
    exact = Decimal("NaN") if isinstance(value, bool) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"not a number that can be said: {value!r}")
    return exact


def rounded(value: Decimal, digits: int | None) -> Decimal:
    """The value to so many significant digits, half up; as it is where none are named."""
    if digits is None or value == 0:
        return value
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), ROUND_HALF_UP)


def figure(value: Decimal, lang: Lang, *, in_full: bool = False) -> Figure:
    """How a language writes the value: 1,234 · 13 亿 · 1.3 billion · 3.8×10²⁵; never another value.

    Args:
        value: As it is to be shown.
        lang: Language.
        in_full: Whether what is below a million has all its digits, as columns of figures want it.
    """
    size = abs(value)
    if size >= _SCIENTIFIC_FROM or 0 < size < _SCIENTIFIC_BELOW:
        return Figure(_scientific(value))
    for power, word, decimals in _SCALES[lang]:
        if size >= Decimal(10) ** (max(power, 6) if in_full else power):
            scaled = Figure(_plain(value.scaleb(-power)), word)
            return scaled if len(scaled.fraction) <= decimals else Figure(_plain(value))
    return Figure(_plain(value))


def filled(figure: Figure, decimals: int, *, always: bool = False) -> Figure:
    """The figure with its fraction filled up to so many decimals; a whole number only where asked for: 2.5 → 2.50."""
    missing = decimals - len(figure.fraction)
    if figure.scale or missing <= 0 or not (always or figure.fraction):
        return figure
    return Figure(figure.digits + ("" if figure.fraction else ".") + "0" * missing)


def axis_scale(largest: Value, lang: Lang) -> tuple[Decimal, str]:
    """Divisor and word in which all values of one axis are said, from the largest of them: (10⁸, 亿)."""
    size = abs(decimal(largest))
    fitting = ((Decimal(10) ** power, word) for power, word, _ in _SCALES[lang] if size >= Decimal(10) ** power)
    return next(fitting, (Decimal(1), ""))


def joined(*parts: str) -> str:
    """Parts with a blank between, but none between two Han characters."""
    text = ""
    for part in filter(None, parts):
        text += ("" if not text or (_is_han(text[-1]) and _is_han(part[0])) else " ") + part
    return text


def _plain(value: Decimal) -> str:
    return f"{value.normalize() + 0:,f}".replace("-", "−")


def _scientific(value: Decimal) -> str:
    power = value.adjusted()
    return f"{_plain(value.scaleb(-power))}×10{str(power).translate(_SUPERSCRIPTS)}"


def _is_han(character: str) -> bool:
    return "一" <= character <= "鿿"
