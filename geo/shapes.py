"""What a claim is drawn in (the scene), and what drawing gives: a shape with its reasons, or the reason for none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo.borders import Borders
from geo.claims.model import DistanceClaim
from geo.options import Options
from geo.places import Gazetteer, Place
from geo.resolve import Resolution

COUNTRIES = frozenset({"country", "dependency"})
REGIONS = frozenset({"admin1", "admin2", "region", "disputed", "peninsula"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Data, options, and the places named around a claim: in its sentence, next to it, anywhere in the article."""

    gazetteer: Gazetteer
    borders: Borders
    options: Options
    sentence: Sequence[Resolution] = ()
    nearby: Sequence[Resolution] = ()
    article: Sequence[Resolution] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The core and fringe of a claim with what they rest on; the fields are those of a Zone."""

    core: BaseGeometry
    fringe: BaseGeometry
    sector: str | None = None
    weak: bool = False
    warning: str | None = None
    assumptions: tuple[str, ...] = ()
    border_dataset: str | None = None
    where_prec: int | None = None  # None: follows the size of the fringe
    derivation: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDrawn:
    """A claim that gets no shape, and why, in a sentence for a reader."""

    claim: DistanceClaim
    because: str


class CannotDraw(Exception):
    """The data or the words do not support a shape; its text is the reason, for a reader."""


def core_or(core: BaseGeometry, fringe: BaseGeometry) -> BaseGeometry:
    """Return the core of a shape, or the fringe where nothing of the core is left."""
    return core if core.area > 0 else fringe


def places_of(resolutions: Sequence[Resolution]) -> Iterator[Place]:
    """Yield the place of each resolution that has one."""
    for resolution in resolutions:
        if (place := resolution.place) is not None:
            yield place


def references_of(claim: DistanceClaim) -> tuple[Place, ...]:
    """Return the places that a claim is measured from, in the order of its references."""
    return tuple(places_of([reference.resolution for reference in claim.references if reference.resolution]))


def metres(value: float) -> str:
    """Write a distance as a reader wants it.

    >>> metres(7500), metres(250), metres(12190), metres(120_000)
    ('7.5 km', '250 m', '12.2 km', '120 km')
    """
    if value < 995:
        return f"{round(value, -1 if value >= 100 else 0):.0f} m"
    km = value / 1000
    return f"{km:,.0f} km" if km >= 100 else f"{km:.1f}".removesuffix(".0") + " km"
