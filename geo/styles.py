"""How things look: colour says who, texture how sure, the line which kind of boundary; never colour alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from geo.features import MapFeature, Style

Texture = Literal["solid", "hatch", "dots", "back-hatch", "cross", "struck", "faint", "hollow"]


@dataclass(frozen=True, kw_only=True)
class StyleRule:
    """How a kind of thing is drawn before its side and status are known, and its words in the legend.

    Widths are CSS pixels. `gap` is the distance of the texture's lines in pixels; 0 means that the status gives this
    kind no texture.
    """

    label: str
    layer: str = "Places"  # the switchable layer it belongs to
    stroke_width: float = 1.5
    stroke_opacity: float = 1.0
    fill_opacity: float = 0.2
    dash: str | None = None
    gap: int = 0


STYLES: Mapping[Style, StyleRule] = {
    "context-country": StyleRule(
        label="Country or region talked about", layer="Context", stroke_width=0.9, fill_opacity=0.0
    ),
    "party": StyleRule(label="Party", layer="Parties", stroke_width=1.4, fill_opacity=0.08),
    "area": StyleRule(label="Region of an event", stroke_width=1.3, fill_opacity=0.05, dash="1 4"),
    "disputed": StyleRule(label="Disputed territory", layer="Disputed", stroke_width=2.0, fill_opacity=0.1, dash="7 5"),
    "strip-weak": StyleRule(
        label="Claimed depth, place along the border not stated", layer="Claims", stroke_width=0.9, stroke_opacity=0.7,
        fill_opacity=0.06, dash="2 5", gap=13,
    ),
    "zone-fringe": StyleRule(
        label="Claim, 90 % zone", layer="Claims", stroke_width=1.2, fill_opacity=0.08, dash="5 4", gap=12
    ),
    "zone-core": StyleRule(label="Claim, 50 % zone", layer="Claims", stroke_width=1.6, fill_opacity=0.2, gap=6),
    "strip": StyleRule(
        label="Claimed depth, upper bound", layer="Claims", stroke_width=1.8, fill_opacity=0.2, dash="9 4", gap=6
    ),
    "context-place": StyleRule(label="Place talked about", stroke_width=1.4, fill_opacity=1.0),
    "event-place": StyleRule(label="Place of an event", stroke_width=1.6, fill_opacity=1.0, gap=6),
    "added": StyleRule(label="Added by the analyst", layer="Added", stroke_width=1.8, fill_opacity=0.2, gap=7),
}  # fmt: skip

# How sure: the status of a feature, its texture, and its words in the legend.
STATUS_TEXTURES: Mapping[str, tuple[Texture, str]] = {
    "confirmed": ("solid", "Confirmed"),
    "claimed": ("hatch", "Claimed"),
    "reported": ("dots", "Reported"),
    "assessed": ("back-hatch", "Assessed"),
    "disputed": ("cross", "Disputed"),
    "denied": ("struck", "Denied"),
    "retracted": ("faint", "Retracted"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A colour as a fill, and as a line that stands out at 3:1 on light and on dark ground."""

    fill: str
    on_light: str
    on_dark: str


# Fills are Okabe and Ito's palette, which stays apart for the colour-blind; lines are the same hue, darker or lighter.
SIDES: tuple[Ink, ...] = (
    Ink(fill="#d55e00", on_light="#b84f00", on_dark="#f08a3c"),  # vermilion
    Ink(fill="#0072b2", on_light="#005f94", on_dark="#58aee0"),  # blue
    Ink(fill="#009e73", on_light="#00724f", on_dark="#3cc79c"),  # bluish green
    Ink(fill="#cc79a7", on_light="#a3467a", on_dark="#dd9abf"),  # reddish purple
    Ink(fill="#56b4e9", on_light="#2477a6", on_dark="#7cc6ef"),  # sky blue
    Ink(fill="#e69f00", on_light="#946400", on_dark="#f0b840"),  # orange
)
NO_SIDE = Ink(fill="#4c5058", on_light="#3c4048", on_dark="#b9bec6")
_QUIET = Ink(fill="#8a8f98", on_light="#767c86", on_dark="#8a9099")
_DISPUTED = Ink(fill="#7b5a94", on_light="#68457f", on_dark="#b091c6")
_INKS: Mapping[str, Ink] = {ink.fill: ink for ink in SIDES}
_OF_STYLE: Mapping[Style, Ink] = {"context-country": _QUIET, "context-place": _QUIET, "disputed": _DISPUTED}


@dataclass(frozen=True, kw_only=True)
class Look:
    """How one feature is drawn: its kind, side and status put together; equal looks share a layer."""

    style: Style
    ink: Ink
    texture: Texture
    side: str | None  # named in the legend
    status: str | None  # the same, where its texture shows it
    stroke_width: float
    stroke_opacity: float
    fill_opacity: float
    dash: str | None
    gap: int


def look_of(feature: MapFeature) -> Look:
    """Put together how a feature looks, from its style and its properties `side`, `colour` and `status` alone."""
    rule, known = STYLES[feature.style], feature.properties
    ink = _OF_STYLE.get(feature.style) or _INKS.get(str(known.get("colour")), NO_SIDE)
    status = str(known.get("status")) if rule.gap and known.get("status") in STATUS_TEXTURES else None
    texture = STATUS_TEXTURES[status][0] if status else "hollow" if feature.style.startswith("context") else "solid"
    faint, struck = texture == "faint", texture == "struck"
    return Look(
        style=feature.style,
        ink=ink,
        texture=texture,
        side=str(known["side"]) if known.get("side") and ink in SIDES else None,
        status=status,
        stroke_width=rule.stroke_width,
        stroke_opacity=0.45 if faint else rule.stroke_opacity,
        fill_opacity=0.0 if struck else 0.03 if faint else _weight(rule, status),
        dash="1 5" if faint else rule.dash,
        gap=rule.gap,
    )


def _weight(rule: StyleRule, status: str | None) -> float:
    """What is confirmed has no texture but a full tint."""
    return min(0.55, 2.5 * rule.fill_opacity) if status == "confirmed" and rule.fill_opacity < 1 else rule.fill_opacity


def side_colours(features: Iterable[MapFeature]) -> Mapping[str, str]:
    """Give every side its fill: the one it came with, else the next free one in order of appearance.

    Sides beyond the palette share the colour of no side; their names stand on the cards.
    """
    found: dict[str, str | None] = {}
    for feature in features:
        if side := feature.properties.get("side"):
            colour = str(feature.properties.get("colour"))
            found[str(side)] = found.get(str(side)) or (colour if colour in _INKS else None)
    free = iter([ink.fill for ink in SIDES if ink.fill not in found.values()])
    return {side: colour or next(free, NO_SIDE.fill) for side, colour in found.items()}


def simplestyle(look: Look, *, point: bool) -> dict[str, str | float]:
    """Return a look in the terms of the simplestyle specification 1.1, which knows no textures."""
    if point:
        return {"marker-color": look.ink.on_light, "marker-size": "medium"}
    return {
        "stroke": look.ink.on_light,
        "stroke-width": look.stroke_width,
        "stroke-opacity": look.stroke_opacity,
        "fill": look.ink.fill,
        "fill-opacity": look.fill_opacity,
    }
