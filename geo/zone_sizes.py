"""How far the truth strays from a stated distance and direction."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a ring: distances as multiples of the stated one, degrees on either side of the stated direction."""

    inner: float
    outer: float
    half_width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The pieces whose union holds 50 % (core) and 90 % (fringe) of the truth."""

    core: Sequence[Piece]
    fringe: Sequence[Piece]


def region(distance_m: float, *, directed: bool, hedged: bool, radius_m: float) -> Region:
    """Return the fitted region of "N km [direction] of X"."""
    inner, outer = (0.5, 1.6) if distance_m < 5_000 else (0.7, 1.3)
    return Region(
        core=[Piece(inner=0.87, outer=1.1, half_width=16.0)],
        fringe=[Piece(inner=inner, outer=outer, half_width=35.0)],
    )
