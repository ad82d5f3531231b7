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
from geo.render.drawing import MANY, inside, lighter, look_json, parts_to_draw
from geo.render.escape import as_script_json
from geo.styles import look_of

MAX_BYTES = 200_000_000
_FEATURES = 100  # most of one piece


class Pieces:
    """The pieces that were drawn last, for all users of a server."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self._bodies: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._named: dict[Hashable, str] = {}
        self._shapes: OrderedDict[tuple[int, bool], tuple[BaseGeometry, tuple[Any, ...], Any]] = OrderedDict()
        self._lock = RLock()

    def draw(self, features: Sequence[MapFeature]) -> list[str]:
        """Return the names of the pieces that show features, and keep their bodies; of one style, the order stays."""
        light, groups = len(features) > MANY, dict[str, list[Any]]()
        with self._lock:
            for feature in features:
                if not feature.geometry.is_empty:
                    groups.setdefault(_group(feature.id), []).append(self._row(feature, light))
            return [
                self._piece(tuple(rows[start : start + _FEATURES]))
                for rows in groups.values()
                for start in range(0, len(rows), _FEATURES)
            ]

    def bodies(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return the bodies of pieces and shapes, JSON; what is not there any more is left out."""
        with self._lock:
            return {name: body for name in names if (body := self._bodies.get(name)) is not None}

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
            drawn = lighter(geometry) if light else geometry
            at = tuple(inside(geometry)) if geometry.area and not light else None
            # the geometry is held, so that its id is not used again
            found = self._shapes[key] = (geometry, tuple(self._part(part) for part in parts_to_draw(drawn)), at)
        self._shapes.move_to_end(key)
        while len(self._shapes) > 50_000:
            self._shapes.popitem(last=False)
        return found[1:]

    def _part(self, part: BaseGeometry) -> Any:
        return _position(part) if isinstance(part, shapely.Point) else self._keep(shapely.to_geojson(part))

    def _piece(self, rows: tuple[tuple[Any, ...], ...]) -> str:
        name = self._named.get(rows)
        if name is None or not self._fresh(name):
            if len(self._named) > 50_000:
                self._named.clear()
            name = self._named[rows] = self._keep(as_script_json(_body(rows)))
        return name

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


def _body(rows: tuple[tuple[Any, ...], ...]) -> dict[str, Any]:
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
