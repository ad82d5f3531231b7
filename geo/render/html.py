"""A map in one HTML file that works from the disk with no network, for a mail or a newsroom's archive.

The page carries Leaflet, a simplified outline of the world around the map, the features with their cards, the claims
with their sentences, and sources with licences. Its content security policy allows the scripts inside and nothing else.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.basemaps import PageAssets
from geo.cards import card_of
from geo.features import JSON, MapFeature
from geo.render.drawing import WORLD, Bounds, features_json, map_config
from geo.render.escape import as_html, as_script_json, web_address
from geo.render.notices import ATTRIBUTION, DISCLAIMER, LICENCES

_ANSWERS = ("event-place", "strip", "strip-weak", "zone-core", "zone-fringe", "added", "area", "disputed")
_LEAST_MARGIN = 4.0  # degrees of neighbourhood around the features
_MOST_TOWNS = 160


def standalone_html(
    features: Sequence[MapFeature],
    *,
    title: str,
    assets: PageAssets,
    bounds: Bounds | None = None,
    made: date | None = None,
) -> str:
    """Return the page; `bounds` is what it opens on, by default what the features are about.

    `assets` is `geo.stores.tiles.page_assets()`; `made` is the date to print on it.
    """
    opens = bounds or bounds_of(features)
    config = {**map_config(bounds=opens), "outline": outline_around(assets.outline, opens)}
    start = f"Marchland.startPage({as_script_json(config)}, {as_script_json(features_json(features))});"
    scripts = [*map(_inline, assets.scripts), start]
    styles = [*map(_inline, assets.styles), _PAGE_STYLE]
    body = "\n".join(
        (
            f"<header><h1>{as_html(title)}</h1>{_made(made)}</header>",
            '<div id="map" role="region" aria-label="Map"></div>',
            "<noscript><p>The map needs JavaScript; the lists below do not.</p></noscript>",
            _claims_table(features),
            _places_table(features),
            _sources(features),
        )
    )
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts, styles)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{as_html(title)}</title>",
            *(f"<style>{style}</style>" for style in styles),
            "</head><body>",
            body,
            *(f"<script>{script}</script>" for script in scripts),
            "</body></html>\n",
        )
    )


def bounds_of(features: Sequence[MapFeature]) -> Bounds:
    """Return what a map of the features should show: its claims and event places, else all; the world for nothing.

    Where that is narrower over the antimeridian, west is greater than east.
    """
    shapes = [f.geometry for f in features if f.style in _ANSWERS] or [f.geometry for f in features]
    boxes = [part.bounds for shape in shapes for part in shapely.get_parts(shape) if not part.is_empty]
    if not boxes:
        return WORLD
    south, north = min(b[1] for b in boxes), max(b[3] for b in boxes)
    west, east = _narrowest([(b[0], b[2]) for b in boxes])
    margin = max(0.05, 0.08 * (north - south), 0.08 * ((east - west) % 360))
    return (west - margin, max(-85.0, south - margin), east + margin, min(85.0, north + margin))


def _narrowest(spans: list[tuple[float, float]]) -> tuple[float, float]:
    plain = (min(w for w, _ in spans), max(e for _, e in spans))
    shifted = [(w + 360, e + 360) if e < 0 else (w, e) for w, e in spans]
    over = (min(w for w, _ in shifted), max(e for _, e in shifted))
    if over[1] - over[0] >= plain[1] - plain[0]:
        return plain
    return over[0], over[1] - 360 if over[1] > 180 else over[1]


def outline_around(outline: Mapping[str, Any], bounds: Bounds) -> dict[str, Any]:
    """Return the part of the world's outline around a map: near it in detail, the rest roughly, and its labels."""
    west, south, east, north = bounds
    east = east + 360 if east < west else east
    margin = max(_LEAST_MARGIN, east - west, north - south)
    frame = (west - margin, max(-85.0, south - margin), east + margin, min(85.0, north + margin))
    near = outline["near"]
    return {
        "frame": list(frame),
        "far": {kind: [coordinates for _, coordinates in rows] for kind, rows in outline["far"].items()},
        "near": {
            "land": _clipped(near["land"], _polygon, frame),
            "lakes": _clipped(near["lakes"], _polygon, frame),
            "border": _clipped(near["border"], shapely.LineString, frame),
            "disputed": _clipped(near["disputed"], shapely.LineString, frame),
        },
        "labels": [*_inside(outline["countries"], frame), *_inside(outline["towns"], frame)[:_MOST_TOWNS]],
    }


def _polygon(rings: list[Any]) -> BaseGeometry:
    return shapely.Polygon(rings[0], rings[1:])


def _clipped(
    rows: Iterable[list[Any]], shape: Callable[[list[Any]], BaseGeometry], frame: tuple[float, float, float, float]
) -> list[Any]:
    result = []
    for (west, south, east, north), coordinates in rows:
        for turn in (0, 360, -360):
            if east + turn < frame[0] or west + turn > frame[2] or north < frame[1] or south > frame[3]:
                continue
            moved = shapely.transform(shape(coordinates), lambda xy, by=turn: xy + (by, 0))
            for part in shapely.get_parts(shapely.clip_by_rect(moved, *frame)):
                if part.length:
                    result.append(_short(shapely.geometry.mapping(part)["coordinates"]))
    return result


def _short(coordinates: Any) -> Any:
    return round(coordinates, 4) if isinstance(coordinates, float) else [_short(inner) for inner in coordinates]


def _inside(places: Iterable[list[Any]], frame: tuple[float, float, float, float]) -> list[list[Any]]:
    found = []
    for name, lon, lat, kind in places:
        turn = next((turn for turn in (0, 360, -360) if frame[0] < lon + turn < frame[2]), None)
        if turn is not None and frame[1] < lat < frame[3]:
            found.append([name, lon + turn, lat, kind])
    return found


def _inline(text: str) -> str:
    """Return a file's text as it may stand inside its element; the browser hashes it with line feeds only."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "</script" in text.lower() or "</style" in text.lower() or "<!--" in text:
        raise ValueError("a vendored file cannot stand inside a page: it holds an end tag")
    return text


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hashes(texts: Iterable[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def _made(made: date | None) -> str:
    return f"<p>Made on {made.isoformat()}</p>" if made else ""


def _claims_table(features: Sequence[MapFeature]) -> str:
    rows = []
    for claim in _one_of_each_claim(features):
        card = dict(card_of(claim).rows)
        known = claim.properties
        bound = ", ".join(filter(None, (card.get("Hedge"), card.get("Bound"))))
        cells = (
            _link(claim),
            f"<blockquote>{as_html(known.get('quote') or '')}</blockquote>{_warning(known.get('warning'))}",
            as_html(known.get("claimant") or "not stated"),
            as_html(bound),
            as_html(card.get("Area (km²)", "")),
            as_html(card.get("Status", "")),
            _source_of(known),
        )
        rows.append("".join(f"<td>{cell}</td>" for cell in cells))
    return _table(
        "Claims",
        ("Claim", "The sentence", "Who says so", "Bound", "Zone (km²)", "Status", "Source"),
        rows,
        "No claim with a shape was found in the text.",
    )


def _places_table(features: Sequence[MapFeature]) -> str:
    rows = []
    for place in features:
        if place.properties.get("feature") == "claim" or "zone_part" in place.properties:
            continue
        card = dict(card_of(place).rows)
        cells = (
            _link(place),
            as_html(", ".join(filter(None, (card.get("Kind"), card.get("Country"))))),
            as_html(card.get("Role in the article", "")),
            as_html(card.get("Confidence", "")),
            as_html("; ".join(filter(None, (card.get("Reported numbers"), card.get("Note"))))),
        )
        rows.append("".join(f"<td>{cell}</td>" for cell in cells))
    return _table("Places", ("Place", "Kind", "Role", "Confidence", "Notes"), rows, "No place is on the map.")


def _one_of_each_claim(features: Sequence[MapFeature]) -> Iterator[MapFeature]:
    seen: set[str] = set()
    for feature in features:
        claim = feature.id.removesuffix("/core").removesuffix("/fringe")
        if (feature.properties.get("feature") == "claim" or "zone_part" in feature.properties) and claim not in seen:
            seen.add(claim)
            yield feature


def _table(heading: str, columns: Sequence[str], rows: Sequence[str], nothing: str) -> str:
    if not rows:
        return f"<section><h2>{heading}</h2><p>{nothing}</p></section>"
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    scrolls = f'<div class="wide" tabindex="0" role="group" aria-label="{heading}">{table}</div>'
    return f"<section><h2>{heading}</h2>{scrolls}</section>"


def _link(feature: MapFeature) -> str:
    return f'<a href="#map" data-feature="{as_html(feature.id)}">{as_html(feature.title)}</a>'


def _warning(text: JSON) -> str:
    return f'<p class="marchland-warning">{as_html(text)}</p>' if text else ""


def _source_of(known: Mapping[str, JSON]) -> str:
    words = [known.get("source_title"), known.get("source_publisher"), known.get("published")]
    text = as_html(", ".join(str(word) for word in words if word) or "not stated")
    address = web_address(str(known.get("source_url") or ""))
    return f'<a href="{as_html(address)}" rel="noopener noreferrer">{text}</a>' if address else text


def _sources(features: Sequence[MapFeature]) -> str:
    known = [feature.properties for feature in features]
    articles = dict.fromkeys(_source_of(p) for p in known if p.get("source_title") or p.get("source_url"))
    borders = dict.fromkeys(as_html(p["border_dataset"]) for p in known if p.get("border_dataset"))
    views = dict.fromkeys(as_html(p["world_view"]) for p in known if p.get("world_view"))
    lines = [
        *(f"Report: {source}" for source in articles),
        *(f"Borders of the zones: {name}" for name in borders),
        *(f"World view: {name}" for name in views),
        as_html(ATTRIBUTION),
        "Licences: " + as_html("; ".join(f"{name}: {licence}" for name, licence in LICENCES.items())),
        "Map library: Leaflet 1.9.4, BSD-2-Clause",
    ]
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<section><h2>Sources and licences</h2><ul>{items}</ul><p>{as_html(DISCLAIMER)}</p></section>"


_PAGE_STYLE = """
body { color: #23262b; font: 15px/1.45 "Source Sans 3", "Noto Sans", "Segoe UI", "DejaVu Sans", sans-serif;
  margin: 0 auto; max-width: 1200px; padding: 12px 18px 40px; }
header { align-items: baseline; display: flex; flex-wrap: wrap; gap: 4px 18px; justify-content: space-between; }
h1 { font-size: 24px; margin: 4px 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
h2 { font-size: 18px; margin: 22px 0 6px; }
header p { color: #5b6068; margin: 0; }
#map { border: 1px solid #c9ced4; height: 64vh; min-height: 380px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; width: 100%; }
th, td { border-bottom: 1px solid #d9dce0; overflow-wrap: anywhere; padding: 5px 8px 5px 0; text-align: left;
  unicode-bidi: isolate; vertical-align: top; }
th { overflow-wrap: normal; }
th, td { min-width: 4.5em; }
td:first-child { min-width: 120px; }
blockquote { margin: 0; }
td .marchland-warning { background: #fff3d6; border-left: 3px solid #d9a441; margin: 4px 0 0; padding: 2px 8px; }
a { color: #0a5c96; }
@media print { body { max-width: none; padding: 0; } #map { break-inside: avoid; height: 150mm; }
  tr, section li { break-inside: avoid; } a { color: inherit; text-decoration: none; } }
"""
