"""Hand-written stand-ins for the gazetteer and the borders: two square countries, an exclave, a sea, a few towns.

Westland (WL) lies west of 45 E, Eastland (EL) east of it, both between 40 and 41 N; Eastland also holds the exclave of
Farport, west of Westland, as Azerbaijan holds Nakhchivan; the sea is south of 40 N.
"""

from collections.abc import Iterable, Mapping, Sequence

import shapely
from shapely.geometry import MultiLineString, MultiPolygon, Point, box
from shapely.geometry.base import BaseGeometry

from geo.article import Span
from geo.borders import Border, Dispute, Territory, WorldView
from geo.errors import BordersError
from geo.geodesy import LonLat, distance_m
from geo.mentions import Mention
from geo.places import Kind, NameMatch, Place
from geo.resolve import Candidate, Resolution

LANDS: Mapping[str, MultiPolygon] = {
    "WL": MultiPolygon([box(44, 40, 45, 41)]),
    "EL": MultiPolygon([box(45, 40, 46, 41), box(43.6, 40.2, 44, 40.8)]),
}


def a_place(
    name: str,
    lon: float,
    lat: float,
    *,
    kind: Kind = "settlement",
    country: str | None = None,
    population: int = 5_000,
    has_outline: bool = False,
) -> Place:
    """Make a place whose id is its name in small letters."""
    return Place(
        id=f"fake:{name.lower()}", name=name, kind=kind, at=LonLat(lon=lon, lat=lat), country=country,
        population=population, has_outline=has_outline,
    )  # fmt: skip


WESTLAND = a_place("Westland", 44.5, 40.5, kind="country", country="WL", population=3_000_000, has_outline=True)
EASTLAND = a_place("Eastland", 45.5, 40.5, kind="country", country="EL", population=9_000_000, has_outline=True)
BORDERTON = a_place("Borderton", 44.9, 40.5, country="WL", population=4_000)  # 8.5 km from the border
MIDTOWN = a_place("Midtown", 44.5, 40.5, country="WL", population=1_000_000)
FARPORT = a_place("Farport", 43.8, 40.5, country="EL", population=90_000)
EASTCAPE = a_place("Eastcape", 45.5, 40.02, country="EL", population=30_000)  # 2.2 km from the sea
NORTHSHIRE = a_place("Northshire", 44.75, 40.85, kind="admin2", country="WL", has_outline=True)
PLACES = (WESTLAND, EASTLAND, BORDERTON, MIDTOWN, FARPORT, EASTCAPE, NORTHSHIRE)
OUTLINES: Mapping[str, BaseGeometry] = {
    WESTLAND.id: LANDS["WL"], EASTLAND.id: LANDS["EL"], NORTHSHIRE.id: box(44.5, 40.7, 45, 41),
}  # fmt: skip


def resolved(place: Place | None, *, text: str | None = None, start: int = 0, demonym: bool = False) -> Resolution:
    """Make a resolution that chose a place, for a mention at a position of the text."""
    words = text or (place.name if place else "Nowhere")
    mention = Mention(span=Span(start=start, end=start + len(words)), text=words, demonym=demonym)
    if place is None:
        return Resolution(mention=mention, candidates=(), confidence=0.0)
    return Resolution(mention=mention, candidates=(Candidate(place=place, probability=1.0),), confidence=1.0)


class FakeGazetteer:
    """A gazetteer of a few places; names match without regard to case."""

    version = "fake gazetteer"

    def __init__(self, places: Iterable[Place] = PLACES, outlines: Mapping[str, BaseGeometry] = OUTLINES) -> None:
        self.places = tuple(places)
        self.outlines = outlines

    def named(self, name: str) -> Sequence[NameMatch]:
        return [self._match(place) for place in self.places if place.name.lower() == name.lower()]

    def known(self, names: Iterable[str]) -> set[str]:
        return {name for name in names if self.named(name)}

    def suggest(
        self, prefix: str, *, limit: int = 10, country: str | None = None, kind: Kind | None = None
    ) -> Sequence[NameMatch]:
        fits = [
            place
            for place in self.places
            if place.name.lower().startswith(prefix.lower())
            and country in (None, place.country)
            and kind in (None, place.kind)
        ]
        return [self._match(place) for place in fits[:limit]]

    def fuzzy(self, name: str, *, limit: int = 10) -> Sequence[NameMatch]:
        return self.suggest(name[:3], limit=limit)

    def place(self, place_id: str) -> Place | None:
        return next((place for place in self.places if place.id == place_id), None)

    def containing(self, at: LonLat) -> Sequence[Place]:
        point = Point(at.lon, at.lat)
        fits = [place for place in self.places if place.id in self.outlines and self.outlines[place.id].covers(point)]
        return sorted(fits, key=lambda place: self.outlines[place.id].area)

    def nearest(self, at: LonLat, *, limit: int = 5, max_m: float = 100_000) -> Sequence[tuple[Place, float]]:
        near = [(place, distance_m(at, place.at)) for place in self.places if place.kind == "settlement"]
        return sorted((pair for pair in near if pair[1] <= max_m), key=lambda pair: pair[1])[:limit]

    def outline(self, place_id: str) -> BaseGeometry | None:
        return self.outlines.get(place_id)

    def sketch(self, place_id: str) -> BaseGeometry | None:
        return self.outline(place_id)

    @staticmethod
    def _match(place: Place) -> NameMatch:
        return NameMatch(place=place, matched=place.name, how="name")


class FakeBorders:
    """Borders of square countries; every edge that two of them do not share is coast."""

    dataset = "fake borders"
    attribution = "nobody"

    def __init__(self, lands: Mapping[str, MultiPolygon] = LANDS, disputes: Sequence[Dispute] = ()) -> None:
        self.lands = lands
        self._disputes = tuple(disputes)

    def territory(self, territory_id: str, view: WorldView) -> Territory:
        if territory_id not in self.lands:
            raise BordersError(f"no territory {territory_id!r} in {self.dataset}")
        return Territory(
            id=territory_id, name=territory_id, land=self.lands[territory_id], view=view, dataset=self.dataset
        )

    def neighbours(self, territory_id: str, view: WorldView) -> Sequence[str]:
        return [other for other in self.lands if other != territory_id and self._shared(territory_id, other).length > 0]

    def shared_border(self, a: str, b: str, view: WorldView) -> Border:
        line = self._shared(a, b)
        if line.is_empty:
            raise BordersError(f"{a} and {b} share no border in {self.dataset}")
        return Border(between=(a, b), line=line, view=view, dataset=self.dataset, parts=("main",) * len(line.geoms))

    def coast(self, territory_id: str, view: WorldView) -> MultiLineString:
        line = self.territory(territory_id, view).land.boundary
        for other in self.lands:
            if other != territory_id:
                line = line.difference(self.lands[other].boundary)
        return _lines(line)

    def land_in(self, box: BaseGeometry) -> BaseGeometry:
        return shapely.intersection(shapely.union_all(list(self.lands.values())), box)

    def disputes(self) -> Sequence[Dispute]:
        return self._disputes

    def disputes_touched(self, geometry: BaseGeometry) -> Sequence[Dispute]:
        return [dispute for dispute in self._disputes if dispute.shape.intersects(geometry)]

    def _shared(self, a: str, b: str) -> MultiLineString:
        return _lines(
            self.territory(a, WorldView()).land.boundary.intersection(self.territory(b, WorldView()).land.boundary)
        )


def _lines(geometry: BaseGeometry) -> MultiLineString:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString"]
    merged = shapely.line_merge(MultiLineString(parts))
    return MultiLineString([part for part in shapely.get_parts(merged) if part.length > 0])
