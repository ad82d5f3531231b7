"""One thing on the map, with no map library: its geometry, style and flat provenance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from shapely.geometry.base import BaseGeometry

Style = Literal[
    "strip",  # an upper-bound strip along a border
    "strip-weak",  # the same with no sector stated
    "zone-core",
    "zone-fringe",
    "event-place",
    "context-place",
    "party",  # a country or side that acts in the article
    "context-country",  # a country that is only talked about: quiet, never a pin
    "area",  # a region, province or sea that is named
    "disputed",
    "added",  # put there by the analyst
]
SOURCES_APART = "; "  # how a feature of several articles lists their titles and days
JSON = str | int | float | bool | None


@dataclass(frozen=True, kw_only=True)
class MapFeature:
    """One thing on the map; its properties are exactly what GeoJSON carries, its card is made from them alone.

    `geometry` is WGS 84 longitude/latitude. `properties` holds the flat provenance of docs/export.md with JSON scalars.
    """

    id: str
    style: Style
    title: str
    geometry: BaseGeometry
    properties: Mapping[str, JSON] = field(default_factory=dict)

    @cached_property
    def root(self) -> str:
        """The id that all parts of a zone share."""
        return root_of(self.id)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The day of the event where one is known, otherwise the days of publication; empty for the undated."""
        return _days(self.properties.get("when")) or _days(self.properties.get("published"))


def root_of(feature_id: str) -> str:
    """Return the id that all parts of a zone share."""
    return feature_id.removesuffix("/core").removesuffix("/fringe")


def _days(value: JSON) -> tuple[date, ...]:
    return tuple(day for part in str(value or "").split(SOURCES_APART) if (day := _day(part)) is not None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
