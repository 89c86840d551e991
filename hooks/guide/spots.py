"""Where the names of points stand: beside their point where they meet nothing, else a number there and a key beneath.

Places that do not meet at the least width do not meet at a greater one, since points only move apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .scales import text_width

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""

FONT = 12
_ASCENT, _DESCENT, _NUMBER_FONT = 11, 4, 11
_GAP, _DOT, _SAME, _NEAR, _FAR, _LINE = 7, 5, 5, 60, 12, 2
_LONGEST, _CROWDED = 0.62, 8
"""Of the width, that a name may have; points about a point from which only numbers stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A name, or a number in its place, beside the points that it names."""

    members: tuple[int, ...]
    text: str
    is_number: bool
    dx: float
    dy: float
    """From the point to the baseline."""
    anchor: str
    is_far: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Try:
    dx: float
    dy: float
    anchor: str
    box: Box


def place(
    points: Sequence[tuple[float, float]], halves: Sequence[float], names: Sequence[str], room: Box, comma: str
) -> tuple[Placed, ...]:
    """Name all points within a room, points in one place together; numbers rise from left to right.

    Args:
        points: Middles of the points, in pixels.
        halves: How far the date of each reaches to either side; 0 for a dot alone.
        names: What they are called.
        room: What names may not leave.
        comma: Between the names of points in one place.
    """
    clusters = _clusters(points)
    dots = [(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in points]
    lines = [(x - h, y - _LINE, x + h, y + _LINE) for (x, y), h in zip(points, halves, strict=True) if h > _DOT]
    taken: list[Box] = []
    found: dict[tuple[int, ...], Placed] = {}
    crowds = {members: _crowd(members[0], points) for members in clusters}
    for members in sorted(clusters, key=lambda members: crowds[members]):
        if crowds[members][0] > _CROWDED:
            break
        text = comma.join(names[i] for i in members)
        width = text_width(text) * FONT
        others = [dot for i, dot in enumerate(dots) if i not in members] + lines + taken
        fits = [t for t in _beside(points[members[0]], width, _GAP) if _is_free(t.box, others, room)]
        if fits and width < (room[2] - room[0]) * _LONGEST:
            found[members] = _made(members, text, fits[0], is_number=False)
            taken.append(fits[0].box)
    left = sorted((c for c in clusters if c not in found), key=lambda members: points[members[0]])
    for number, members in enumerate(left, 1):
        others = [dot for i, dot in enumerate(dots) if i not in members] + lines + taken
        best = _best(points[members[0]], text_width(str(number)) * _NUMBER_FONT, others, room)
        found[members] = _made(members, str(number), best, is_number=True)
        taken.append(best.box)
    return tuple(found[members] for members in clusters)


def _clusters(points: Sequence[tuple[float, float]]) -> list[tuple[int, ...]]:
    """Points that cover one another, each cluster by its first."""
    clusters: list[list[int]] = []
    for i, (x, y) in enumerate(points):
        near = (c for c in clusters if abs(points[c[0]][0] - x) < _SAME and abs(points[c[0]][1] - y) < _SAME)
        if (cluster := next(near, None)) is not None:
            cluster.append(i)
        else:
            clusters.append([i])
    return [tuple(cluster) for cluster in clusters]


def _crowd(i: int, points: Sequence[tuple[float, float]]) -> tuple[int, float]:
    x, y = points[i]
    return sum(abs(x - x2) < _NEAR and abs(y - y2) < _NEAR for x2, y2 in points), y


def _beside(point: tuple[float, float], width: float, gap: float) -> Iterator[_Try]:
    """Right, left, above and below; the box reaches to the point, so that it stays free when points move apart."""
    x, y = point
    for dx, anchor, left, right in ((gap, "start", x, x + gap + width), (-gap, "end", x - gap - width, x)):
        yield _Try(dx=dx, dy=4, anchor=anchor, box=(left, y + 4 - _ASCENT, right, y + 4 + _DESCENT))
    for dy in (-gap, gap + _ASCENT - 2):
        box = (x - width / 2, y + dy - _ASCENT, x + width / 2, y + dy + _DESCENT)
        yield _Try(dx=0, dy=dy, anchor="middle", box=box)


def _best(point: tuple[float, float], width: float, others: Sequence[Box], room: Box) -> _Try:
    """The nearest place that meets nothing; else the one that meets least."""
    gaps = [_GAP + step for step in (0, 6, 12, 18, 25, 33, 42, 52, 63)]
    tries = [t for gap in gaps for t in (*_beside(point, width, gap), *_askew(point, width, gap))]
    return min(tries, key=lambda t: sum(_shared(t.box, other) for other in others) + 1000 * _outside(t.box, room))


def _askew(point: tuple[float, float], width: float, gap: float) -> Iterator[_Try]:
    x, y = point
    for dy in (-gap + 2, gap + _ASCENT - 4):
        for dx, anchor, left, right in ((gap - 2, "start", x, x + gap + width), (2 - gap, "end", x - gap - width, x)):
            yield _Try(dx=dx, dy=dy, anchor=anchor, box=(left, y + dy - _ASCENT, right, y + dy + _DESCENT))


def _made(members: tuple[int, ...], text: str, found: _Try, *, is_number: bool) -> Placed:
    is_far = abs(found.dx) > _FAR or abs(found.dy) > _FAR + _ASCENT
    return Placed(
        members=members,
        text=text,
        is_number=is_number,
        dx=found.dx,
        dy=found.dy,
        anchor=found.anchor,
        is_far=is_far,
    )


def _is_free(box: Box, others: Sequence[Box], room: Box) -> bool:
    return not _outside(box, room) and not any(_shared(box, other) for other in others)


def _outside(box: Box, room: Box) -> bool:
    return box[0] < room[0] or box[1] < room[1] or box[2] > room[2] or box[3] > room[3]


def _shared(one: Box, other: Box) -> float:
    """How much of their area two boxes share."""
    width, height = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0
