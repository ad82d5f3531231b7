"""The map as KML 2.2 with time spans, for Google Earth and for whoever has nothing else."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from geo.cards import card_of
from geo.features import JSON, MapFeature
from geo.render.drawing import thinned
from geo.render.escape import as_html, visible
from geo.render.geojson import geometry_of
from geo.render.notices import ATTRIBUTION, DISCLAIMER, LICENCES
from geo.styles import STATUS_TEXTURES, STYLES, Look, look_of

NAMESPACE = "http://www.opengis.net/kml/2.2"
_LANDS = ("party", "context-country", "area", "disputed")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def to_kml(features: Sequence[MapFeature], *, title: str = "Marchland map") -> str:
    """Write features as one KML document: a folder for each kind, a time span where there is a date.

    KML has no hatching: how sure a thing is stands in its name and its data. A land that many reports name has its
    shape once, for on each other they would hide what is below; all shapes are thinned as on paper.
    """
    root = Element("kml", xmlns=NAMESPACE)
    document = SubElement(root, "Document")
    _text(document, "name", title)
    licences = "; ".join(f"{name}: {licence}" for name, licence in LICENCES.items())
    _text(document, "description", "\n".join(as_html(line) for line in (DISCLAIMER, ATTRIBUTION, licences)))
    looks = {look: f"look-{n}" for n, look in enumerate(dict.fromkeys(map(look_of, features)))}
    for look, identity in looks.items():
        _style(document, look, identity)
    for style, alike in groupby(features, key=lambda feature: feature.style):
        folder = SubElement(document, "Folder")
        _text(folder, "name", STYLES[style].label)
        drawn = set[Any]()
        for feature in alike:
            look = look_of(feature)
            again = style in _LANDS and (look, id(feature.geometry)) in drawn
            drawn.add((look, id(feature.geometry)))
            _placemark(folder, feature, looks[look], shape=None if again else geometry_of(thinned(feature.geometry)))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _placemark(folder: Element, feature: MapFeature, style: str, *, shape: Mapping[str, Any] | None) -> None:
    mark = SubElement(folder, "Placemark")
    _text(mark, "name", feature.title)
    _text(mark, "description", _described(feature))
    _span(mark, feature.properties)
    _text(mark, "styleUrl", f"#{style}")
    data = SubElement(mark, "ExtendedData")
    for key, value in {"id": feature.id, "style": feature.style, **feature.properties}.items():
        if value is not None:
            item = SubElement(data, "Data", name=visible(key))
            _text(item, "value", value if isinstance(value, str) else json.dumps(value))
    if shape:
        _shape(mark, shape)


def _described(feature: MapFeature) -> str:
    """Return the card as the HTML that KML readers show; escaped here once for HTML, then by the writer for XML."""
    card = card_of(feature)
    lines = [card.warning, card.quote and f"“{card.quote}”", *(f"{label}: {value}" for label, value in card.rows)]
    return "<br>".join(as_html(line) for line in lines if line)


def _span(mark: Element, known: Mapping[str, JSON]) -> None:
    """Write from when a thing is said to hold: its date, else that of its report."""
    day = known.get("when") or known.get("published")
    if isinstance(day, str) and _DAY.fullmatch(day):
        _text(SubElement(mark, "TimeSpan"), "begin", day)


def _style(document: Element, look: Look, identity: str) -> None:
    style = SubElement(document, "Style", id=identity)
    icon = SubElement(style, "IconStyle")
    _text(icon, "color", _colour(look.ink.on_light, 1.0))
    line = SubElement(style, "LineStyle")
    _text(line, "color", _colour(look.ink.on_light, look.stroke_opacity))
    _text(line, "width", f"{look.stroke_width:g}")
    area = SubElement(style, "PolyStyle")
    _text(area, "color", _colour(look.ink.fill, look.fill_opacity))
    if look.status:
        _text(SubElement(style, "BalloonStyle"), "text", f"$[name] ({STATUS_TEXTURES[look.status][1]})\n$[description]")


def _colour(colour: str, opacity: float) -> str:
    """Return a colour as KML writes it: alpha, blue, green, red."""
    return f"{round(255 * opacity):02x}{colour[5:7]}{colour[3:5]}{colour[1:3]}"


def _shape(parent: Element, geometry: Mapping[str, Any]) -> None:
    kind = geometry["type"]
    if kind == "GeometryCollection" or kind.startswith("Multi"):
        several = SubElement(parent, "MultiGeometry")
        for part in _parts(geometry):
            _shape(several, part)
        return
    shape = SubElement(parent, kind)
    if kind == "Polygon":
        for n, ring in enumerate(geometry["coordinates"]):
            side = SubElement(shape, "innerBoundaryIs" if n else "outerBoundaryIs")
            _positions(SubElement(side, "LinearRing"), ring)
    else:
        _positions(shape, [geometry["coordinates"]] if kind == "Point" else geometry["coordinates"])


def _parts(geometry: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if geometry["type"] == "GeometryCollection":
        yield from geometry["geometries"]
    else:
        single = geometry["type"].removeprefix("Multi")
        yield from ({"type": single, "coordinates": part} for part in geometry["coordinates"])


def _positions(shape: Element, positions: Sequence[Sequence[float]]) -> None:
    _text(shape, "coordinates", " ".join(f"{round(lon, 6)},{round(lat, 6)}" for lon, lat in positions))


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = visible(text)  # characters that XML does not allow are not visible either
