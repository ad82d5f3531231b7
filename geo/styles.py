"""How things look on the map, in simplestyle terms: colours, dashes, and their words in the legend."""

from collections.abc import Mapping
from dataclasses import dataclass

from geo.features import Style


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
    "area": StyleRule(label="Region of an event", stroke="#56748c", fill="#56748c", fill_opacity=0.08, dash="2 4"),
    "context-country": StyleRule(
        label="Country or region talked about", stroke="#8a8f98", fill="#8a8f98", stroke_width=0.8, fill_opacity=0.06,
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
