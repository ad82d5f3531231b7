"""What to draw, with no map library: features with a style, a card, and flat provenance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from shapely.geometry.base import BaseGeometry

from geo.project import Project

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


@dataclass(frozen=True, kw_only=True)
class StyleRule:
    """How a style looks, in simplestyle terms, and its words in the legend."""

    label: str
    stroke: str
    fill: str
    stroke_width: float = 1.5
    stroke_opacity: float = 1.0
    fill_opacity: float = 0.2
    dash: str | None = None
    layer: str = "Places"  # the switchable layer it belongs to


# Colours from Okabe and Ito's palette, which stays apart for the colour-blind; see docs/decisions.
STYLES: Mapping[Style, StyleRule] = {
    "area": StyleRule(label="Region named in the text", stroke="#56748c", fill="#56748c", fill_opacity=0.08, dash="2 4"),
    "context-country": StyleRule(
        label="Country talked about", stroke="#8a8f98", fill="#8a8f98", stroke_width=0.8, fill_opacity=0.06,
        layer="Context",
    ),
    "party": StyleRule(
        label="Party", stroke="#0072b2", fill="#0072b2", stroke_width=1.2, fill_opacity=0.07, layer="Parties"
    ),
    "disputed": StyleRule(
        label="Disputed territory", stroke="#7b3f98", fill="#7b3f98", stroke_width=1.8, fill_opacity=0.12, dash="6 5",
        layer="Disputed",
    ),
    "strip-weak": StyleRule(
        label="Claimed depth, place along the border not stated", stroke="#d55e00", fill="#d55e00", stroke_width=0.8,
        stroke_opacity=0.6, fill_opacity=0.1, dash="2 5", layer="Claims",
    ),
    "zone-fringe": StyleRule(
        label="Claim, 90 % zone", stroke="#d55e00", fill="#d55e00", stroke_width=1.2, fill_opacity=0.14, dash="4 4",
        layer="Claims",
    ),
    "zone-core": StyleRule(
        label="Claim, 50 % zone", stroke="#d55e00", fill="#d55e00", stroke_width=1.0, fill_opacity=0.3, layer="Claims"
    ),
    "strip": StyleRule(
        label="Claimed depth, upper bound", stroke="#d55e00", fill="#d55e00", stroke_width=1.8, fill_opacity=0.28,
        dash="8 4", layer="Claims",
    ),
    "context-place": StyleRule(label="Place talked about", stroke="#5b6470", fill="#ffffff", fill_opacity=0.9),
    "event-place": StyleRule(label="Place of an event", stroke="#1a1a1a", fill="#e69f00", fill_opacity=0.95),
    "added": StyleRule(label="Added by the analyst", stroke="#00664b", fill="#009e73", fill_opacity=0.9, layer="Added"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a reader sees of a feature: rows of label and value, the sentence, and warnings."""

    title: str
    rows: tuple[tuple[str, str], ...]
    quote: str | None = None
    warning: str | None = None


def card_of(feature: MapFeature) -> Card:
    """Make the card of a feature from its properties alone, so that an imported file shows the same card."""
    raise NotImplementedError


def layers_of(project: Project) -> Sequence[MapFeature]:
    """Return what to draw, lowest first: context, parties, areas, disputes, claims, places, added places."""
    raise NotImplementedError
