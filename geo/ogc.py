"""OGC API – Features, Part 1 (OGC 17-069r4): QGIS and GDAL open a map live, at /ogc.

Every map gives a collection for each kind of geometry that it holds (`<map>.points`, `.lines`, `.areas`), since a
layer of QGIS holds one kind. Everything is read only; positions are WGS 84, longitude first.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from shapely.geometry import box
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from geo import __version__
from geo.features import MapFeature
from geo.render.geojson import bbox_of, geometry_of, to_geojson
from geo.render.notices import ATTRIBUTION, DISCLAIMER

CONFORMS_TO = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{part}" for part in ("core", "geojson", "oas30")
]
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
LIMIT, MOST = 100, 10_000  # features an answer holds unless asked, and at most
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "points": ("Point", "MultiPoint"),
    "lines": ("LineString", "MultiLineString", "LinearRing"),
    "areas": ("Polygon", "MultiPolygon"),
}


@dataclass(frozen=True, kw_only=True)
class OpenMap:
    """A map that is served: its id in addresses, its title, and how its features are got (they may take a second)."""

    id: str
    title: str
    features: Callable[[], Sequence[MapFeature]]


def ogc_routes(maps: Callable[[], Sequence[OpenMap]]) -> list[BaseRoute]:
    """Return the routes of the service; `maps` is asked at every request, so that new maps are there at once."""
    return [Mount("/ogc", routes=_Service(maps).routes())]


class _Service:
    def __init__(self, maps: Callable[[], Sequence[OpenMap]]) -> None:
        self._maps = maps

    def routes(self) -> list[BaseRoute]:
        answers: Mapping[str, Callable[[Request], Mapping[str, Any]]] = {
            "/": self.landing,
            "/conformance": lambda _: {"conformsTo": CONFORMS_TO},
            "/api": _openapi,
            "/collections": self.collections,
            "/collections/{name}": self.collection,
            "/collections/{name}/items": self.items,
            "/collections/{name}/items/{feature:path}": self.item,
        }
        return [Route(path, _endpoint(answer)) for path, answer in answers.items()]

    def landing(self, request: Request) -> Mapping[str, Any]:
        root = _root(request)
        return {
            "title": "Marchland",
            "description": f"Maps of what reports claim. {DISCLAIMER}",
            "attribution": ATTRIBUTION,
            "links": [
                _link(f"{root}/", "self", "this page"),
                _link(
                    f"{root}/api", "service-desc", "the interface", kind="application/vnd.oai.openapi+json;version=3.0"
                ),
                _link(f"{root}/conformance", "conformance", "what it conforms to"),
                _link(f"{root}/collections", "data", "the maps"),
            ],
        }

    def collections(self, request: Request) -> Mapping[str, Any]:
        root = _root(request)
        found = [
            _described(one, family, features, root)
            for one in self._maps()
            for family, features in _families(one.features()).items()
        ]
        return {"links": [_link(f"{root}/collections", "self", "the maps")], "collections": found}

    def collection(self, request: Request) -> Mapping[str, Any]:
        return _described(*self._named(request), _root(request))

    def items(self, request: Request) -> Mapping[str, Any]:
        _only_known(request, {"bbox", "datetime", "limit", "offset", "f"})
        one, family, features = self._named(request)
        frame, period = _frame(request), _period(request)
        chosen = [f for f in features if _inside(f, frame) and _during(f, period)]
        limit, offset = _whole(request, "limit", LIMIT, least=1), _whole(request, "offset", 0, least=0)
        page = chosen[offset : offset + min(limit, MOST)]
        here = f"{_root(request)}/collections/{one.id}.{family}/items"
        links = [_link(str(request.url), "self", "this page of features", kind="application/geo+json")]
        if offset + len(page) < len(chosen):
            following = request.url.include_query_params(offset=offset + len(page), limit=limit)
            links.append(_link(f"{here}?{following.query}", "next", "the next page", kind="application/geo+json"))
        return {
            **json.loads(to_geojson(page)),
            "links": links,
            "timeStamp": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "numberMatched": len(chosen),
            "numberReturned": len(page),
        }

    def item(self, request: Request) -> Mapping[str, Any]:
        one, family, features = self._named(request)
        wanted = request.path_params["feature"]
        found = next((f for f in features if f.id == wanted), None)
        if found is None:
            raise HTTPException(404, f"{one.id}.{family} has no feature {wanted!r}")
        [feature] = json.loads(to_geojson([found]))["features"]
        whole = f"{_root(request)}/collections/{one.id}.{family}"
        links = [
            _link(str(request.url), "self", "this feature", kind="application/geo+json"),
            _link(whole, "collection", "its collection"),
        ]
        return {**feature, "links": links}

    def _named(self, request: Request) -> tuple[OpenMap, str, Sequence[MapFeature]]:
        name = request.path_params["name"]
        map_id, _, family = name.rpartition(".")
        one = next((m for m in self._maps() if m.id == map_id), None)
        features = _families(one.features()).get(family) if one is not None else None
        if one is None or features is None:
            raise HTTPException(404, f"there is no collection {name!r}; /ogc/collections lists them")
        return one, family, features


def _endpoint(answer: Callable[[Request], Mapping[str, Any]]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            body = await run_in_threadpool(answer, request)
        except HTTPException as error:
            return JSONResponse({"code": str(error.status_code), "description": error.detail}, error.status_code)
        features = body.get("type") in ("Feature", "FeatureCollection")
        return JSONResponse(body, media_type="application/geo+json" if features else "application/json")

    return endpoint


def _root(request: Request) -> str:
    return f"{request.base_url}".rstrip("/").removesuffix("/ogc") + "/ogc"


def _link(href: str, rel: str, title: str, *, kind: str = "application/json") -> dict[str, str]:
    return {"href": href, "rel": rel, "type": kind, "title": title}


def _families(features: Sequence[MapFeature]) -> dict[str, list[MapFeature]]:
    found = {name: [f for f in features if f.geometry.geom_type in kinds] for name, kinds in FAMILIES.items()}
    return {name: members for name, members in found.items() if members}


def _described(one: OpenMap, family: str, features: Sequence[MapFeature], root: str) -> dict[str, Any]:
    bounds = bbox_of([geometry_of(f.geometry) for f in features])
    days = sorted(day for f in features if (day := _day(f)))
    here = f"{root}/collections/{one.id}.{family}"
    return {
        "id": f"{one.id}.{family}",
        "title": f"{one.title}: {family}",
        "description": DISCLAIMER,
        "attribution": ATTRIBUTION,
        "itemType": "feature",
        "crs": [CRS84],
        "extent": {
            "spatial": {"bbox": [bounds or [-180, -90, 180, 90]], "crs": CRS84},
            "temporal": {"interval": [[_midnight(days[0]), _midnight(days[-1])] if days else [None, None]]},
        },
        "links": [
            _link(here, "self", "this collection"),
            _link(f"{here}/items", "items", "its features", kind="application/geo+json"),
        ],
    }


# --- what a request asks for


def _only_known(request: Request, known: set[str]) -> None:
    if unknown := set(request.query_params) - known:
        raise HTTPException(400, f"unknown parameter {sorted(unknown)[0]!r}; known are {', '.join(sorted(known))}")


def _whole(request: Request, name: str, default: int, *, least: int) -> int:
    text = request.query_params.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < least:
        raise HTTPException(400, f"{name} is a whole number of at least {least}, not {text!r}")
    return int(text)


def _frame(request: Request) -> Any:
    """Return the area of `bbox`, two boxes where it crosses 180°; None where everything is asked for."""
    text = request.query_params.get("bbox")
    if text is None:
        return None
    try:
        numbers = [float(part) for part in text.split(",")]
        west, south, east, north = numbers if len(numbers) == 4 else [numbers[i] for i in (0, 1, 3, 4)]
    except (ValueError, IndexError):
        raise HTTPException(400, f"bbox is west,south,east,north in degrees, not {text!r}") from None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise HTTPException(400, f"bbox is west,south,east,north in degrees, not {text!r}")
    if west <= east:
        return box(west, south, east, north)
    return box(west, south, 180, north).union(box(-180, south, east, north))


def _inside(feature: MapFeature, frame: Any) -> bool:
    return frame is None or bool(feature.geometry.intersects(frame))


def _period(request: Request) -> tuple[date, date] | None:
    text = request.query_params.get("datetime")
    if text is None:
        return None
    first, _, last = text.partition("/")
    try:
        begin, end = (_date(part) for part in (first, last or first if "/" not in text else last))
    except ValueError:
        raise HTTPException(400, f"datetime is a day, a time or an interval with '/', not {text!r}") from None
    return begin or date.min, end or date.max


def _date(text: str) -> date | None:
    return None if text in ("", "..") else datetime.fromisoformat(text).date()


def _during(feature: MapFeature, period: tuple[date, date] | None) -> bool:
    day = _day(feature)
    return period is None or day is None or period[0] <= day <= period[1]  # undated things are never hidden


def _day(feature: MapFeature) -> date | None:
    text = feature.properties.get("when") or feature.properties.get("published")
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:  # of an imported file
        return None


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _openapi(request: Request) -> Mapping[str, Any]:
    def path(summary: str, *parameters: str) -> dict[str, Any]:
        listed = [{"$ref": f"#/components/parameters/{name}"} for name in parameters]
        answers = {
            "200": {"description": "found"},
            "400": {"description": "not understood"},
            "404": {"description": "not there"},
        }
        return {"get": {"summary": summary, "parameters": listed, "responses": answers}}

    def query(name: str, schema: Mapping[str, Any], place: str = "query") -> dict[str, Any]:
        return {"name": name, "in": place, "required": place == "path", "schema": schema}

    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Marchland", "version": __version__, "description": DISCLAIMER},
        "servers": [{"url": _root(request)}],
        "paths": {
            "/": path("What there is"),
            "/conformance": path("What it conforms to"),
            "/collections": path("The maps"),
            "/collections/{name}": path("One collection", "name"),
            "/collections/{name}/items": path("Its features", "name", "bbox", "datetime", "limit", "offset"),
            "/collections/{name}/items/{feature}": path("One feature", "name", "feature"),
        },
        "components": {
            "parameters": {
                "name": query("name", {"type": "string"}, "path"),
                "feature": query("feature", {"type": "string"}, "path"),
                "bbox": {**query("bbox", numbers), "style": "form", "explode": False},
                "datetime": query("datetime", {"type": "string"}),
                "limit": query("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}),
                "offset": query("offset", {"type": "integer", "minimum": 0, "default": 0}),
            }
        },
    }
