"""Features near Jermuk, made by hand, for the tests of maps."""

from collections.abc import Mapping

from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.features import JSON, MapFeature, Style

CLAIM: Mapping[str, JSON] = {
    "feature": "claim",
    "quote": "Forces advanced as much as 7.5 kilometers (4.7 miles) into Armenia.",
    "claimant": "the head of the armed forces",
    "hedge": "as much as",
    "bound": "max",
    "area_km2": 250.4,
    "status": "claimed",
    "source_title": "A report",
    "source_url": "https://news.example/report?a=1&b=2",
    "published": "2022-09-14",
    "border_dataset": "OpenStreetMap 2017",
    "world_view": "de facto",
}


def feature(
    style: Style, title: str, geometry: BaseGeometry, identity: str | None = None, **properties: JSON
) -> MapFeature:
    """Make one feature."""
    return MapFeature(id=identity or f"a/{title}", style=style, title=title, geometry=geometry, properties=properties)


def jermuk_features(title: str = "Jermuk", **properties: JSON) -> list[MapFeature]:
    """Return a party, a disputed area, a strip with its fringe, and two points, lowest first."""
    strip = Polygon([(45.6, 39.9), (45.78, 39.93), (45.8, 39.7), (45.62, 39.68), (45.7, 39.8), (45.6, 39.9)])
    known = {**CLAIM, **properties}
    place: dict[str, JSON] = {"feature": "place", "place_kind": "settlement", "country": "Armenia", **properties}
    return [
        feature("party", "Armenia", box(43.5, 39.2, 46.3, 41.2), feature="place"),
        feature("disputed", "Nagorno-Karabakh", Polygon([(46.3, 39.5), (47.1, 39.4), (47, 40.3), (46.4, 40.3)])),
        feature("zone-fringe", "7.5 kilometers", strip.buffer(0.02), "a/claim-1/fringe", **known, zone_part="fringe"),
        feature("strip", "7.5 kilometers", strip, "a/claim-1/core", **known, zone_part="core"),
        feature("context-place", "Yerevan", Point(44.51, 40.18), feature="place"),
        feature("event-place", title, Point(45.67, 39.84), "a/jermuk", **place),
    ]
