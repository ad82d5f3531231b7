"""The print sheet: one A4 page with title, map, legend, claims, sources, date, disclaimer, scale and north.

The panel has a projection of its own around what it shows, so that the scale bar is true; see geo/render/sheet_map.py.
"""

import io
import math
import re
import textwrap
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from geo.cards import card_of
from geo.features import MapFeature
from geo.render.drawing import Bounds
from geo.render.escape import visible
from geo.render.html import bounds_of, outline_around
from geo.render.notices import ATTRIBUTION, DISCLAIMER, LICENCES
from geo.render.sheet_map import (
    BORDER,
    DISPUTED,
    INK,
    Frame,
    draw_map,
    draw_mark,
    draw_shape,
    frame_of,
    lettered,
    say,
    scale_steps,
    shown_parts,
)
from geo.styles import NO_SIDE, STATUS_TEXTURES, STYLES, Look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SheetFormat = Literal["png", "svg", "pdf"]
MM = 1 / 25.4
WIDTH, HEIGHT = 297.0, 210.0  # millimetres
_PANEL = (10.0, 22.0, 208.0, 164.0)  # left, bottom, width, height of the map
_COLUMN = 223.0  # where the column at the right begins
_COLUMN_WIDTH = 64.0
_QUIET, _RULE = "#5b6068", "#1f4e79"
_DPI = 200
_MOST_TOWNS = 90
_SOURCES = 56.0  # the sources have the room below
_PATH, _DECIMAL = re.compile(rb' d="[^"]*"'), re.compile(rb"(\.\d\d)\d+")


def print_sheet(
    features: Sequence[MapFeature],
    *,
    form: SheetFormat,
    title: str,
    outline: Mapping[str, Any],
    bounds: Bounds | None = None,
    made: date | None = None,
) -> bytes:
    """Return the sheet as a picture (PNG, 200 dots an inch), or as SVG or PDF whose shapes can be edited.

    `outline` is `geo.stores.tiles.page_assets().outline`; `bounds` is what the map shows, by default what the features
    are about. The same arguments give the same bytes.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    look: Any = {"font.family": "DejaVu Sans", "svg.hashsalt": "marchland", "pdf.fonttype": 42, "text.usetex": False}
    with mpl.rc_context(look), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # a script that the font does not have shows as boxes
        figure = Figure(figsize=(WIDTH * MM, HEIGHT * MM), dpi=_DPI, facecolor="white")
        _draw(figure, features, title, outline, bounds or bounds_of(features), made)
        out = io.BytesIO()
        figure.savefig(out, format=form, metadata=_metadata(form, title))
    return _PATH.sub(_rounded, out.getvalue()) if form == "svg" else out.getvalue()


def _rounded(path: re.Match[bytes]) -> bytes:
    """Return a path of an SVG to a hundredth of a point, which is less than a printer's dot."""
    return _DECIMAL.sub(rb"\1", path.group())


def _metadata(form: SheetFormat, title: str) -> dict[str, Any]:
    if form == "png":
        return {"Title": visible(title).encode("latin-1", "replace").decode("latin-1"), "Software": "Marchland"}
    shown = visible(title)
    if form == "svg":
        return {"Title": shown, "Date": None, "Creator": "Marchland"}
    return {"Title": shown, "CreationDate": None, "Creator": "Marchland", "Producer": None}


def _draw(
    figure: "Figure",
    features: Sequence[MapFeature],
    title: str,
    outline: Mapping[str, Any],
    bounds: Bounds,
    made: date | None,
) -> None:
    page = _axes(figure, 0, 0, WIDTH, HEIGHT)
    page.set_zorder(20)  # scale and north lie on the map
    left, bottom, width, height = _PANEL
    frame = frame_of(bounds, aspect=width / height)
    panel = figure.add_axes((left / WIDTH, bottom / HEIGHT, width / WIDTH, height / HEIGHT))
    lines, unnamed = draw_map(panel, frame, _around(outline, _reach(frame, bounds)), features)
    for edge in panel.spines.values():
        edge.set(linewidth=0.8, edgecolor=INK)
    _head(page, title, features, made)
    _scale(page, frame)
    _north(page)
    _locator(figure, outline, frame)
    y = _legend(page, features, lines)
    y = _claims(page, features, y - 3)
    y = _unnamed(page, unnamed, y - 3)
    _sources(page, features, y - 3)
    _foot(page)


def _axes(figure: "Figure", left: float, bottom: float, width: float, height: float) -> "Axes":
    """Return axes whose unit is the millimetre of the sheet."""
    ax = figure.add_axes((left / WIDTH, bottom / HEIGHT, width / WIDTH, height / HEIGHT))
    ax.set(xlim=(left, left + width), ylim=(bottom, bottom + height))
    ax.axis("off")
    return ax


def _reach(frame: Frame, bounds: Bounds) -> Bounds:
    """Return the degrees that the panel may show: the frame is wider than what it was fitted around."""
    if frame.wide:
        return bounds
    up = frame.half_height_m / 110_000
    across = frame.half_width_m / (111_320 * max(0.1, math.cos(math.radians(frame.lat))))
    _, south, _, north = bounds
    west, east = frame.lon - across, frame.lon + across
    return (west, max(-85.0, min(south, frame.lat - up)), east, min(85.0, max(north, frame.lat + up)))


def _around(outline: Mapping[str, Any], bounds: Bounds) -> Mapping[str, Any]:
    """Return the outline around the panel, with the names of the largest towns that are inside it."""
    west, south, east, north = bounds
    east = east + 360 if east < west else east
    rows = (row for row in outline["towns"] if south <= row[2] <= north and (row[1] - west) % 360 <= east - west)
    around = outline_around({**outline, "towns": []}, bounds)
    return {**around, "labels": [*around["labels"], *islice(rows, _MOST_TOWNS)]}


def _head(page: "Axes", title: str, features: Sequence[MapFeature], made: date | None) -> None:
    from matplotlib.patches import Rectangle

    page.add_patch(Rectangle((10, 203.5), WIDTH - 20, 1.4, facecolor=_RULE, edgecolor="none"))
    lines = textwrap.wrap(visible(title), 84, max_lines=1, placeholder=" …") or ["Map"]
    say(page, 10, 196.8, lines[0], fontsize=15, weight="bold", color=INK, va="center")
    say(page, 10, 190, "   ·   ".join(_dates(features, made)), fontsize=7.5, color=_QUIET, va="center")


def _dates(features: Sequence[MapFeature], made: date | None) -> Iterator[str]:
    known = [feature.properties for feature in features]
    reports = sorted({str(p["published"]) for p in known if p.get("published")})
    if reports:
        yield f"Reports of {reports[0]}" if len(reports) == 1 else f"Reports of {reports[0]} to {reports[-1]}"
    as_of = sorted({str(p["as_of"]) for p in known if p.get("as_of")})
    if as_of:
        yield f"Borders as of {as_of[-1]}"
    for view in sorted({str(p["world_view"]) for p in known if p.get("world_view")})[:3]:
        yield f"World view: {view[:30]}"
    if made:
        yield f"Made on {made.isoformat()} with Marchland"


def _scale(page: "Axes", frame: Frame) -> None:
    """Draw the scale bar in black and white halves, true at the middle of the map."""
    from matplotlib.patches import Rectangle

    length, words = scale_steps(frame)
    wide = length / (2 * frame.half_width_m) * _PANEL[2]
    x, y = _PANEL[0] + 5, _PANEL[1] + 6
    page.add_patch(Rectangle((x - 3, y - 4), max(wide + 16, 40), 11, facecolor="#ffffffd8", edgecolor="none", zorder=8))
    for n in range(4):
        page.add_patch(
            Rectangle((x + n * wide / 4, y), wide / 4, 1.4, facecolor=(INK, "white")[n % 2], edgecolor=INK,
                      linewidth=0.6, zorder=9)
        )  # fmt: skip
    say(page, x, y + 2.8, "0", fontsize=6.5, ha="center", zorder=9)
    say(page, x + wide, y + 2.8, words, fontsize=6.5, ha="center", zorder=9)
    said = "Equal Earth: areas are true, lengths roughly" if frame.wide else "azimuthal equidistant, WGS 84"
    say(page, x, y - 2.6, said, fontsize=4.6, color=_QUIET, zorder=9)


def _north(page: "Axes") -> None:
    from matplotlib.patches import Polygon

    x, y = _PANEL[0] + _PANEL[2] - 8, _PANEL[1] + _PANEL[3] - 16
    page.add_patch(
        Polygon([(x, y + 8), (x + 2.6, y), (x, y + 2), (x - 2.6, y)], facecolor=INK, edgecolor="white", zorder=9)
    )
    say(page, x, y + 10.4, "N", fontsize=9, weight="bold", ha="center", va="center", zorder=9)


def _locator(figure: "Figure", outline: Mapping[str, Any], frame: Frame) -> None:
    """Draw the inset: where in its part of the world the map is."""
    from matplotlib.patches import Rectangle

    if frame.wide:
        return
    wide, high = 34.0, 26.0
    left, bottom = _PANEL[0] + _PANEL[2] - wide, _PANEL[1]
    ax = figure.add_axes((left / WIDTH, bottom / HEIGHT, wide / WIDTH, high / HEIGHT), zorder=10)
    reach = min(max(frame.half_width_m * 6, 900_000.0), 6_000_000.0)
    around = replace(frame, half_width_m=reach, half_height_m=reach * high / wide)
    far = {kind: [coordinates for _, coordinates in rows] for kind, rows in outline["far"].items()}
    draw_map(ax, around, {"near": far, "far": far, "labels": []}, [])
    ax.add_patch(
        Rectangle(
            (-frame.half_width_m, -frame.half_height_m), 2 * frame.half_width_m, 2 * frame.half_height_m,
            facecolor="#c0392b33", edgecolor="#c0392b", linewidth=1, zorder=9,
        )
    )  # fmt: skip
    for edge in ax.spines.values():
        edge.set(linewidth=0.8, edgecolor=INK)


# --- the column: legend, claims, sources, from the top downwards; y is where the next line goes


def _heading(page: "Axes", y: float, text: str) -> float:
    say(page, _COLUMN, y, text.upper(), fontsize=6.4, weight="bold", color=_RULE, va="center")
    page.plot([_COLUMN, _COLUMN + _COLUMN_WIDTH], [y - 2.1, y - 2.1], color="#c9ced4", linewidth=0.5)
    return y - 5


def _legend(page: "Axes", features: Sequence[MapFeature], lines: frozenset[str]) -> float:
    """List what is on the map and nothing else: kinds, lines, colours of sides, textures of how sure."""
    shown = list(dict.fromkeys(shown_parts(features)))
    y = _heading(page, 184, "Legend")
    kinds = {(look.style, mark): look for look, mark in shown}
    for (style, mark), look in reversed(kinds.items()):
        grey = replace(look, ink=NO_SIDE if look.side else look.ink, texture="hatch" if look.gap else look.texture)
        y = _row(page, y, grey, mark, STYLES[style].label)
    if "border" in lines:
        y = _line_row(page, y, BORDER, "solid", "Border")
    if "disputed" in lines:
        y = _line_row(page, y, DISPUTED, (0, (5, 4)), "Disputed line")
    sides = {look.side: look for look, _ in shown if look.side}
    for n, (side, look) in enumerate(list(sides.items())[:7]):
        y = y if n else _heading(page, y - 1.5, "Colour: whose forces, or who says so")
        y = _row(page, y, replace(look, texture="solid", dash=None, fill_opacity=0.75), False, str(side))
    areas_last = sorted(shown, key=lambda look_and_mark: not look_and_mark[1])
    sure = {look.status: (look, mark) for look, mark in areas_last if look.status}
    for n, (status, (look, mark)) in enumerate(sure.items()):
        y = y if n else _heading(page, y - 1.5, "Texture: how sure")
        plain = replace(look, ink=NO_SIDE, dash=None if look.texture != "faint" else look.dash)
        y = _row(page, y, plain, mark, STATUS_TEXTURES[str(status)][1])
    return y


def _row(page: "Axes", y: float, look: Look, mark: bool, words: str) -> float:
    from matplotlib.path import Path

    if mark:
        draw_mark(page, _COLUMN + 4, y, look, size=5.5)
    else:
        low, high, right = y - 1.6, y + 1.6, _COLUMN + 8
        corners = [(_COLUMN, low), (right, low), (right, high), (_COLUMN, high), (_COLUMN, low)]
        draw_shape(page, Path(corners, closed=True), look)
    lines = textwrap.wrap(visible(words), 40, max_lines=2, placeholder=" …") or [""]
    for n, line in enumerate(lines):
        say(page, _COLUMN + 10.5, y + 1.3 * (len(lines) - 1) - 2.6 * n, line, fontsize=6.3, va="center", color=INK)
    return y - 4.4 - 1.8 * (len(lines) - 1)


def _line_row(page: "Axes", y: float, colour: str, style: Any, words: str) -> float:
    page.plot([_COLUMN, _COLUMN + 8], [y, y], color=colour, linestyle=style, linewidth=1)
    say(page, _COLUMN + 10.5, y, words, fontsize=6.3, va="center", color=INK)
    return y - 4.4


def _claims(page: "Axes", features: Sequence[MapFeature], y: float) -> float:
    claims = lettered(features)
    if not claims:
        return y
    y = _heading(page, y, "What reports claim")
    room = max(1, int((y - 62) / 7))
    for letter, zone in list(claims.items())[:room]:
        rows = dict(card_of(zone).rows)
        known = [rows.get("Who says so"), rows.get("Bound"), rows.get("Status")]
        area = rows.get("Area (km²)")
        side = f" ({zone.properties['side']})" if zone.properties.get("side") else ""
        text = "; ".join(
            [f"{zone.title}{side}", *(str(k) for k in known if k), *([f"zone of {area} km²"] if area else [])]
        )
        say(page, _COLUMN, y, letter, fontsize=6.3, weight="bold", va="center")
        y = _paragraph(page, _COLUMN + 4.5, y, text, width=49, most=3)
    if len(claims) > room:
        y = _paragraph(page, _COLUMN, y, f"and {len(claims) - room} more: they are in the data of this map", width=52)
    return y


def _unnamed(page: "Axes", names: Sequence[str], y: float) -> float:
    """List the places that the map had no room to name."""
    if not names:
        return y
    y = _heading(page, y, "Also on the map, without a name there")
    most = min(10, max(1, int((y - _SOURCES) / 2.7)))
    return _paragraph(page, _COLUMN, y, ", ".join(names), width=52, most=most)


def _sources(page: "Axes", features: Sequence[MapFeature], y: float) -> None:
    y = _heading(page, y, "Sources")
    reports: dict[str, None] = {}
    for feature in features:
        known = [feature.properties.get(key) for key in ("source_title", "source_publisher", "published", "source_url")]
        if any(known):
            reports[", ".join(str(word) for word in known if word)] = None
    datasets = {
        _short(str(f.properties["border_dataset"])): None for f in features if f.properties.get("border_dataset")
    }
    licences = "; ".join(f"{name} {licence}" for name, licence in LICENCES.items())
    fixed = [*(f"Borders of the zones: {name}" for name in datasets), f"{ATTRIBUTION}. Licences: {licences}"]
    room = max(1, int((y - _PANEL[1] - 14) / 6.5))
    for text in list(reports)[:room]:
        y = _paragraph(page, _COLUMN, y, text, width=56, most=2, size=5.4)
    if len(reports) > room:
        y = _paragraph(page, _COLUMN, y, f"and {len(reports) - room} more reports", width=56, size=5.4)
    for text in fixed:
        y = _paragraph(page, _COLUMN, y, text, width=56, most=8, size=5.4)


def _short(dataset: str) -> str:
    """Leave out what our own gazetteer is made of: the attribution says it."""
    return dataset.split(" (")[0] if dataset.startswith("Marchland gazetteer") else dataset


def _paragraph(page: "Axes", x: float, y: float, text: str, *, width: int, most: int = 2, size: float = 6.0) -> float:
    for line in textwrap.wrap(visible(text), width, max_lines=most, placeholder=" …"):
        say(page, x, y, line, fontsize=size, va="center", color=INK)
        y -= size * 0.44
    return y - 1.2


def _foot(page: "Axes") -> None:
    from matplotlib.patches import Rectangle

    page.add_patch(Rectangle((10, 18.2), WIDTH - 20, 0.3, facecolor="#c9ced4", edgecolor="none"))
    for n, line in enumerate(textwrap.wrap(DISCLAIMER, 190)):
        say(page, 10, 14.5 - 3 * n, line, fontsize=6, color=_QUIET, va="center")
