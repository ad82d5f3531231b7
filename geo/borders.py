"""Whose land is where: world views, territories, the borders that two of them share, and what is disputed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from shapely.geometry import MultiLineString, MultiPolygon
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldView:
    """Whose borders are drawn: "de facto", "UN", or a claimant's ISO 3166-1 alpha-2 code; and as of when."""

    name: str = "de facto"
    as_of: date | None = None  # None: the data set's own date

    def __str__(self) -> str:
        return f"{self.name}, as of {self.as_of}" if self.as_of else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """The land of a state or region in a world view; a polygon with holes, WGS 84."""

    id: str  # ISO 3166-1 alpha-2 for a state, the gazetteer id otherwise
    name: str
    land: MultiPolygon
    view: WorldView
    dataset: str  # names the border data set and its date, for provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """The line that two territories share, possibly in several parts (Nakhchivan)."""

    between: tuple[str, str]  # the ids of the territories
    line: MultiLineString
    view: WorldView
    dataset: str
    parts: tuple[str, ...] = ()  # a name for every separate part, where they have one ("Nakhchivan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Who held a disputed territory from one date to another; None means open."""

    since: str | None  # ISO date, or year, or year-month: never more precise than the reference
    until: str | None
    controls: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A disputed territory or line: who claims, who controls and since when, with a reference."""

    id: str
    name: str
    claimants: tuple[str, ...]  # by name
    periods: tuple[Period, ...]
    shape: BaseGeometry  # area or line, WGS 84
    reference: str
    place_id: str | None = None  # its entry in the gazetteer

    def controlled_by(self, as_of: date) -> Period | None:
        """Return the period that holds a date, or None where the record does not say."""
        day = as_of.isoformat()
        for period in self.periods:
            if (period.since or "") <= day and (period.until is None or day[: len(period.until)] <= period.until):
                return period
        return None


class Borders(Protocol):
    """What the rest of the program asks of border data. Countries go by ISO 3166-1 alpha-2 code."""

    dataset: str
    attribution: str

    def territory(self, territory_id: str, view: WorldView) -> Territory:
        """Return the land of a state; raises BordersError for one that the view or the data does not know."""
        ...

    def neighbours(self, territory_id: str, view: WorldView) -> Sequence[str]:
        """Return the codes of the states that share a land border with this one."""
        ...

    def shared_border(self, a: str, b: str, view: WorldView) -> Border:
        """Return the line that two states share; BordersError where they share none."""
        ...

    def coast(self, territory_id: str, view: WorldView) -> MultiLineString:
        """Return the part of a state's outline that is no land border; empty for a landlocked one."""
        ...

    def land_in(self, box: BaseGeometry) -> BaseGeometry:
        """Return what of a box is land, of whichever state; seas and large lakes are left out."""
        ...

    def disputes(self) -> Sequence[Dispute]:
        """Return every disputed territory and line on record."""
        ...

    def disputes_touched(self, geometry: BaseGeometry) -> Sequence[Dispute]:
        """Return the disputes whose shape meets a geometry, for "this map touches ..."."""
        ...
