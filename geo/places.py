"""Places of the gazetteer, and what a gazetteer must be able to answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from shapely.geometry.base import BaseGeometry

from geo.geodesy import LonLat

Kind = Literal[
    "country", "dependency", "admin1", "admin2", "settlement", "region", "disputed", "continent",
    "ocean", "sea", "river", "lake", "mountain", "desert", "island", "peninsula", "facility", "place",
]  # fmt: skip
KINDS: frozenset[str] = frozenset(get_args(Kind))
AREA_KINDS: frozenset[str] = KINDS - {"settlement", "facility", "place"}


_OFF = re.compile(r"\bto about (\d+) km\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of the gazetteer.

    `id` is stable ("gn:174823" for GeoNames 174823, "ml:donbas" for a curated row); `at` is its label point in
    WGS 84; `country` is ISO 3166-1 alpha-2, in capitals, None where no or several countries hold it.
    """

    id: str
    name: str
    kind: Kind
    at: LonLat
    country: str | None = None
    country_name: str | None = None
    admin1: str | None = None  # name of the first-level division it lies in
    population: int = 0
    geonameid: int | None = None
    feature_code: str | None = None  # GeoNames feature code: PPLC, PPLA, ADM1, ...
    has_outline: bool = False  # Gazetteer.outline gives its area
    note: str | None = None  # for instance who claims and who controls a disputed territory

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.id}: {self.kind!r} is no kind of place")

    @property
    def off_m(self) -> float:
        """Metres that the position may be off, where the note says so ("to about 5 km"); 0 for what a source has."""
        found = _OFF.search(self.note or "")
        return 1000.0 * int(found[1]) if found else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """A place and how a name led to it."""

    place: Place
    matched: str  # the gazetteer's name that fitted
    how: Literal["name", "alternate", "abbreviation", "demonym", "prefix", "fuzzy"]
    language: str | None = None  # ISO 639-1 where the source says it


class Gazetteer(Protocol):
    """What the rest of the program asks of place data; every answer is ranked, most prominent first."""

    version: str  # names the data set and its date, for provenance

    def named(self, name: str) -> Sequence[NameMatch]:
        """Return every place with this name (normalised: case, diacritics, apostrophes, hyphens, "the")."""
        ...

    def known(self, names: Iterable[str]) -> set[str]:
        """Return those of the names that `named` would find something for, demonyms included; one fast call."""
        ...

    def suggest(
        self, prefix: str, *, limit: int = 10, country: str | None = None, kind: Kind | None = None
    ) -> Sequence[NameMatch]:
        """Return places whose name begins so, for a search box; falls back to `fuzzy` when nothing begins so."""
        ...

    def fuzzy(self, name: str, *, limit: int = 10) -> Sequence[NameMatch]:
        """Return places whose name is one or two typing errors away."""
        ...

    def place(self, place_id: str) -> Place | None:
        """Return the place with this id ("gn:174823"), or None."""
        ...

    def containing(self, at: LonLat) -> Sequence[Place]:
        """Return the areas (country, admin1, admin2, regions, disputed, seas) that hold a point, smallest first."""
        ...

    def nearest(self, at: LonLat, *, limit: int = 5, max_m: float = 100_000) -> Sequence[tuple[Place, float]]:
        """Return the nearest settlements with their geodesic distance in metres."""
        ...

    def outline(self, place_id: str) -> BaseGeometry | None:
        """Return the area of a place, WGS 84 longitude/latitude, or None where only its point is known."""
        ...

    def sketch(self, place_id: str) -> BaseGeometry | None:
        """Return a light outline for drawing, never for measuring; None where only the point is known."""
        ...
