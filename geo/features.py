"""One thing on the map, with no map library: its geometry, style and flat provenance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


def root_of(feature_id: str) -> str:
    """Return the id that all parts of a zone share."""
    return feature_id.removesuffix("/core").removesuffix("/fringe")
