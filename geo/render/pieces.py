"""What the browser draws, in pieces that are named after what is in them: what it has already is not sent again.

A drawing of the map is a list of names. A piece holds features of one article, with the names of their shapes; equal
shapes have one name. Bodies are made once for all users, and kept until there are too many bytes of them.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from functools import lru_cache
from threading import RLock
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.features import MapFeature
from geo.render.drawing import MANY, inside, lighter, look_json, parts_to_draw, thinned
from geo.render.escape import as_script_json
from geo.styles import look_of

MAX_BYTES = 200_000_000
_FEATURES = 100  # most of one piece
_COARSE = 600  # as `FINENESS`; the browser asks for more as soon as an outline is larger than half of so many pixels
_FINE = 2_000  # vertices; of more only those are sent that matter
_MOST_PIECES, _MOST_SHAPES = 5_000, 50_000  # remembered


class Pieces:
    """The pieces that were drawn last, for all users of a server."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._named: OrderedDict[Hashable, tuple[str, tuple[str, ...], tuple[BaseGeometry, ...]]] = OrderedDict()
        self._shapes: OrderedDict[tuple[int, bool], tuple[BaseGeometry, tuple[Any, ...], Any]] = OrderedDict()
        self._finer: OrderedDict[str, BaseGeometry] = OrderedDict()  # by the name of the shape with fewer vertices
        self._lock = RLock()

    def draw(self, features: Sequence[MapFeature]) -> list[str]:
        """Return the names of the pieces that show features, and keep their bodies; of one style, the order stays."""
        light, groups = len(features) > MANY, dict[str, list[MapFeature]]()
        for feature in features:
            groups.setdefault(_group(feature.id), []).append(feature)
        with self._lock:
            names = [
                self._piece(group[start : start + _FEATURES], light)
                for group in groups.values()
                for start in range(0, len(group), _FEATURES)
            ]
        return [name for name in names if name]

    def bodies(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return the bodies of pieces and shapes, JSON; what is not there any more is left out."""
        with self._lock:
            return {name: body for name in names if (body := self._bodies.get(name)) is not None}

    def finer(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return shapes with all their vertices by the names of those that were drawn with fewer."""
        with self._lock:
            found = {name: shape for name in names if (shape := self._finer.get(name)) is not None}
        return {name: shapely.to_geojson(shape).encode() for name, shape in found.items()}

    def _row(self, feature: MapFeature, light: bool) -> tuple[Any, ...]:
        known = feature.properties
        look = (feature.style, known.get("side"), known.get("colour"), known.get("status"))
        parts, at = self._shown(feature.geometry, light)
        return (feature.id, feature.title, look, parts, at if known.get("side") and _look(look)["side"] else None)

    def _shown(self, geometry: BaseGeometry, light: bool) -> tuple[tuple[Any, ...], Any]:
        """Return the parts of a geometry, positions of points and names of other shapes; and where its name stands."""
        if isinstance(geometry, shapely.Point):
            return (_position(geometry),), None
        key = (id(geometry), light)
        if (found := self._shapes.get(key)) is None or not all(self._fresh(part) for part in found[1]):
            drawn = lighter(geometry, fineness=_COARSE) if light else geometry
            at = tuple(inside(geometry)) if geometry.area and not light else None
            # the geometry is held, so that its id is not used again
            found = self._shapes[key] = (geometry, tuple(self._part(part) for part in parts_to_draw(drawn)), at)
            self._keep_finer(found[1], geometry, drawn)
        self._shapes.move_to_end(key)
        while len(self._shapes) > _MOST_SHAPES:
            self._shapes.popitem(last=False)
        return found[1:]

    def _keep_finer(self, names: Sequence[Any], geometry: BaseGeometry, drawn: BaseGeometry) -> None:
        if drawn is geometry:
            return
        fine = parts_to_draw(thinned(geometry) if shapely.get_num_coordinates(geometry) > _FINE else geometry)
        if len(fine) == len(names) == 1:
            self._finer[names[0]] = fine[0]
            while len(self._finer) > _MOST_SHAPES:
                self._finer.popitem(last=False)

    def _part(self, part: BaseGeometry) -> Any:
        return _position(part) if isinstance(part, shapely.Point) else self._keep(shapely.to_geojson(part))

    def _piece(self, features: Sequence[MapFeature], light: bool) -> str:
        """Return the name of a piece, "" where nothing in it has a shape; made anew only where a feature is another."""
        key = (light, tuple(map(_known, features)))
        found = self._named.get(key)
        if found is None or not all(map(self._fresh, found[1])):
            rows = [self._row(feature, light) for feature in features if not feature.geometry.is_empty]
            name = self._keep(as_script_json(_body(rows))) if rows else ""
            shapes = dict.fromkeys(part for row in rows for part in row[3] if isinstance(part, str))
            # the geometries are held, so that their ids are not used again
            found = (name, (*shapes, *([name] if name else [])), tuple(feature.geometry for feature in features))
            self._named[key] = found
            while len(self._named) > _MOST_PIECES:
                self._named.popitem(last=False)
        self._named.move_to_end(key)
        return found[0]

    def _fresh(self, part: Any) -> bool:
        """Tell whether a body is there, and count it as used."""
        if not isinstance(part, str):
            return True
        if part in self._bodies:
            self._bodies.move_to_end(part)
        return part in self._bodies

    def _keep(self, text: str) -> str:
        body = text.encode()
        name = hashlib.sha256(body).hexdigest()[:20]
        if not self._fresh(name):
            self._bodies[name] = body
            self._bytes += len(body)
        while self._bytes > self.max_bytes and len(self._bodies) > 1:
            self._bytes -= len(self._bodies.popitem(last=False)[1])
        return name


PIECES = Pieces()


def _position(point: shapely.Point) -> tuple[float, float]:
    return (round(point.x, 5), round(point.y, 5))


def _group(feature_id: str) -> str:
    return feature_id.partition("/")[0] if "/" in feature_id else ""


def _known(feature: MapFeature) -> Hashable:
    """Return all that a row of a piece depends on."""
    known = feature.properties
    look = (feature.style, known.get("side"), known.get("colour"), known.get("status"))
    return feature.id, feature.title, look, id(feature.geometry)


def _body(rows: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    looks: dict[tuple[Any, ...], int] = {}
    features = [
        [identity, title, looks.setdefault(look, len(looks)), part, *([at] if at else [])]
        for identity, title, look, parts, at in rows
        for part in parts
    ]
    return {"features": features, "looks": [_look(look) for look in looks]}


@lru_cache(maxsize=1000)
def _look(look: tuple[Any, ...]) -> dict[str, Any]:
    style, side, colour, status = look
    properties = {"side": side, "colour": colour, "status": status}
    return look_json(look_of(MapFeature(id="", style=style, title="", geometry=shapely.Point(), properties=properties)))
