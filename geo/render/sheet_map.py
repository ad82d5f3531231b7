"""The map panel of the print sheet: a true-scale projection, the world's outline, features with their textures."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo.features import MapFeature, root_of
from geo.render.drawing import MANY, Bounds
from geo.render.escape import visible
from geo.styles import Look, look_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

SEA, LAND, SHORE, BORDER, DISPUTED = "#d3e0e8", "#f6f4ef", "#b9cbd6", "#8d8597", "#a0647a"
INK, PAPER = "#1a1a1a", "#ffffff"
HATCHES = {"hatch": "/", "back-hatch": "\\", "dots": ".", "cross": "x", "struck": "-"}  # matplotlib's
GLYPHS: Mapping[str, Any] = {"hatch": ".", "dots": "_", "back-hatch": (2, 2, 45), "cross": "x", "struck": (2, 2, -45)}
WIDE_DEG = 70.0  # from here on the sheet shows half the world: an equal-area projection of all of it
Box = tuple[float, float, float, float]  # left, bottom, right, top in metres of the projection
_FINEST_PT = 0.05  # on paper, a fiftieth of a millimetre: what is smaller does not show
_METRES_PER_DEGREE = 111_000.0  # of a meridian; of a parallel it is less, so that what is left out is smaller still
_MOST_LETTERS = 40  # more than the sheet's column has room to explain
_CROWDED = 500  # names and marks; then nothing stands off any more
_STEP_DEG = 0.5  # longest piece of an edge, so that it bends as the projection does


@lru_cache(maxsize=4)
def _to_plane(proj: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", proj, always_xy=True)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What the panel shows: a projection in metres around the middle, and half its width and height."""

    lon: float
    lat: float
    half_width_m: float
    half_height_m: float
    wide: bool

    @property
    def proj(self) -> str:
        """Return the projection: azimuthal equidistant, whose scale is true from the middle; Equal Earth when wide."""
        if self.wide:
            return f"+proj=eqearth +lon_0={self.lon} +datum=WGS84 +units=m"
        return f"+proj=aeqd +lat_0={self.lat} +lon_0={self.lon} +datum=WGS84 +units=m"

    def project(self, positions: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return metres of WGS 84 longitude/latitude."""
        return np.column_stack(_to_plane(self.proj).transform(positions[:, 0], positions[:, 1]))


def frame_of(bounds: Bounds, *, aspect: float) -> Frame:
    """Fit a frame of an aspect (width by height) around bounds in degrees; west > east over the antimeridian."""
    west, south, east, north = bounds
    east = east + 360 if east < west else east
    lon, lat = (west + east) / 2, (south + north) / 2
    wide = east - west > WIDE_DEG or north - south > WIDE_DEG
    frame = Frame(lon=lon, lat=lat, half_width_m=1, half_height_m=1, wide=wide)
    edge = np.array([(x, y) for x in np.linspace(west, east, 9) for y in np.linspace(south, north, 9)])
    reach = np.abs(frame.project(edge))
    across, up = float(reach[:, 0].max()), float(reach[:, 1].max())
    half_width = max(across, up * aspect, 3_000.0)
    return Frame(lon=lon, lat=lat, half_width_m=half_width, half_height_m=half_width / aspect, wide=wide)


def draw_map(
    ax: "Axes", frame: Frame, outline: Mapping[str, Any], features: Sequence[MapFeature]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Draw the panel: outline, features lowest first, letters of claims, names that do not touch.

    Return which lines of the outline are in it ("border", "disputed"), and the places that it had no room to name.
    """
    ax.set_xlim(-frame.half_width_m, frame.half_width_m)
    ax.set_ylim(-frame.half_height_m, frame.half_height_m)
    ax.set_aspect("equal", adjustable="box")
    ax.set_facecolor(SEA)
    ax.set_xticks([])
    ax.set_yticks([])
    lines = _draw_outline(ax, frame, outline)
    for feature in _drawn_once(features):
        for part in shapely.get_parts(_as_shown(frame, feature.geometry)):
            if part.geom_type == "Point":
                (at,) = frame.project(shapely.get_coordinates(part))
                draw_mark(ax, float(at[0]), float(at[1]), look_of(feature))
            elif not part.is_empty:
                draw_shape(ax, _path(frame, part), look_of(feature), line=shapely.get_dimensions(part) == 1)
    return lines, _draw_names(ax, frame, outline["labels"], features)


def _drawn_once(features: Sequence[MapFeature]) -> list[MapFeature]:
    """Return what is drawn of many features: one of those that lie on each other; of few, all."""
    if len(features) <= MANY:
        return list(features)
    return [*{(id(feature.geometry), look_of(feature)): feature for feature in features}.values()]


def _as_shown(frame: Frame, geometry: BaseGeometry) -> BaseGeometry:
    """Leave out the vertices that do not show at the scale of the sheet, WGS 84 degrees."""
    finest = _FINEST_PT * _points_m(frame) / _METRES_PER_DEGREE
    shown = shapely.simplify(geometry, finest, preserve_topology=False)
    return geometry if shown.is_empty else shown


def draw_shape(ax: "Axes", path: "Path", look: Look, *, line: bool = False) -> None:
    """Draw a path in a look; hatching is a fill of its own above the tint."""
    from matplotlib.colors import to_rgba
    from matplotlib.patches import PathPatch

    stroke, width = look.ink.on_light, 0.75 * look.stroke_width
    if not line:
        ax.add_artist(PathPatch(path, facecolor=to_rgba(look.ink.fill, look.fill_opacity), edgecolor="none"))
        if sign := HATCHES.get(look.texture):
            repeat = 5 if look.gap <= 7 else 3
            patch = PathPatch(path, fill=False, edgecolor=stroke, linewidth=0, hatch=sign * repeat)
            patch.set_hatch_linewidth(0.9 if look.gap <= 7 else 0.55)
            ax.add_artist(patch)
    dashes: Any = (0, tuple(float(n) for n in look.dash.split())) if look.dash else "solid"
    edge = PathPatch(path, fill=False, edgecolor=to_rgba(stroke, look.stroke_opacity), linewidth=width)
    edge.set_linestyle(dashes)
    ax.add_artist(edge)  # as a patch its limits would be looked for, longer than all the rest takes


def draw_mark(ax: "Axes", x: float, y: float, look: Look, *, size: float = 6.5) -> None:
    """Draw a place: a ring, or a square for what the analyst added, with the sign of how sure it is."""
    ink, solid = look.ink.on_light, look.texture == "solid"
    ax.plot(
        [x], [y], marker="s" if look.style == "added" else "o", markersize=size, linestyle="none", zorder=5,
        markerfacecolor=ink if solid else PAPER, markeredgecolor=ink, markeredgewidth=1.3,
        alpha=0.4 if look.texture == "faint" else 1,
    )  # fmt: skip
    if (glyph := GLYPHS.get(look.texture)) is not None:
        inner = size * (1.9 if look.texture == "struck" else 0.75)
        ax.plot(
            [x], [y], marker=glyph, markersize=inner, linestyle="none", zorder=6, color=ink, markeredgewidth=1.1
        )  # fmt: skip


def say(ax: "Axes", x: float, y: float, text: str, **more: Any) -> Any:
    """Write text as it is: nothing in it is a formula, and what would hide or reorder is shown."""
    return ax.text(x, y, visible(text).replace("\n", " "), parse_math=False, **more)


def lettered(features: Sequence[MapFeature]) -> dict[str, MapFeature]:
    """Return the claims with a shape by their letter on the sheet: A, B, … Z, then AA; the core stands for both."""
    zones = {root_of(f.id): f for f in features if "zone_part" in f.properties}
    return {_letter(n): zone for n, zone in enumerate(zones.values())}


def _letter(n: int) -> str:
    return (_letter(n // 26 - 1) if n >= 26 else "") + chr(ord("A") + n % 26)


# --- outline


def _draw_outline(ax: "Axes", frame: Frame, outline: Mapping[str, Any]) -> frozenset[str]:
    from matplotlib.collections import LineCollection, PathCollection

    world = outline["far" if frame.wide else "near"]
    for kind, face, width in (("land", LAND, 0.0), ("lakes", SEA, 0.5)):
        found = (_path_of(frame, part) for rings in world[kind] for part in _cut_land(frame, rings))
        paths = [path for path in found if path is not None]
        ax.add_collection(PathCollection(paths, facecolors=face, edgecolors=SHORE, linewidths=width, zorder=0.5))
    drawn = set()
    for kind, colour, style in (("border", BORDER, "solid"), ("disputed", DISPUTED, (0, (5, 4)))):
        lines = [frame.project(part) for line in world[kind] for part in _cut_line(frame, line)]
        lines = [line for line in lines if _is_near(frame, line)]
        ax.add_collection(LineCollection(lines, colors=colour, linestyles=[style], linewidths=0.9, zorder=0.8))
        drawn |= {kind} if lines else set()
    return frozenset(drawn)


def _edge(frame: Frame) -> float:
    """Return the meridian at which Equal Earth has its edges, opposite of its middle."""
    return (frame.lon + 360) % 360 - 180


def _cut_land(frame: Frame, rings: Sequence[Any]) -> Sequence[Any]:
    """Return the parts of a land as rings, cut where the sheet of a wide map ends."""
    edge, lons = _edge(frame), [position[0] for position in rings[0]]
    if not frame.wide or not min(lons) < edge < max(lons):
        return [rings]
    land = shapely.make_valid(shapely.Polygon(rings[0], rings[1:]))
    sides = (shapely.box(-540, -90, edge - 1e-6, 90), shapely.box(edge + 1e-6, -90, 540, 90))
    parts = [part for side in sides for part in shapely.get_parts(shapely.intersection(land, side))]
    return [[shapely.get_coordinates(ring) for ring in shapely.get_rings(part)] for part in parts if part.area]


def _cut_line(frame: Frame, line: Sequence[Any]) -> list[NDArray[np.float64]]:
    positions = np.asarray(line, dtype=float)
    if not frame.wide:
        return [positions]
    beyond = positions[:, 0] > _edge(frame)
    return [part for part in np.split(positions, np.flatnonzero(np.diff(beyond)) + 1) if len(part) > 1]


def _path_of(frame: Frame, rings: Sequence[Any]) -> "Path | None":
    return _compound(frame, [np.asarray(ring, dtype=float) for ring in rings])


def _path(frame: Frame, part: BaseGeometry) -> "Path":
    from matplotlib.path import Path

    dense = shapely.segmentize(part, _STEP_DEG)
    rings = shapely.get_rings(dense) if shapely.get_dimensions(part) == 2 else [dense]
    made = _compound(frame, [shapely.get_coordinates(ring) for ring in rings], everywhere=True)
    assert isinstance(made, Path)
    return made


def _compound(frame: Frame, rings: Sequence[NDArray[np.float64]], *, everywhere: bool = False) -> "Path | None":
    from matplotlib.path import Path

    projected = [frame.project(ring) for ring in rings]
    if not everywhere and not _is_near(frame, projected[0]):
        return None
    finite = [ring[np.isfinite(ring).all(axis=1)] for ring in projected]
    return Path.make_compound_path(*(Path(ring) for ring in finite if len(ring) > 1))


def _is_near(frame: Frame, positions: NDArray[np.float64]) -> bool:
    """Tell whether any of it may be inside; in metres, what bends around the far side of the world is left out."""
    known = positions[np.isfinite(positions).all(axis=1)]
    if not len(known):
        return False
    low, high = known.min(axis=0), known.max(axis=0)
    reach = np.array([frame.half_width_m, frame.half_height_m]) * 1.05
    return bool((low <= reach).all() and (high >= -reach).all())


# --- names


def _draw_names(ax: "Axes", frame: Frame, towns: Sequence[Any], features: Sequence[MapFeature]) -> tuple[str, ...]:
    """Name claims by letter, then places of the map, then countries and towns around, each where there is room.

    A letter or a place of the map that has none beside it stands off, with a line. Return the places that got no name.
    """
    x, y = frame.half_width_m, frame.half_height_m
    taken: list[Box] = [(0.66 * x, -y, x, -0.67 * y), (-x, -y, -0.5 * x, -0.84 * y)]  # the inset and the scale bar
    own = [f for f in features if f.geometry.geom_type == "Point" and f.style in ("event-place", "added")]
    taken += [_box(frame, _at(frame, f.geometry.x, f.geometry.y), 7, 7, "center") for f in own]
    for letter, zone in islice(lettered(features).items(), _MOST_LETTERS):
        inside = zone.geometry.representative_point()
        _draw_letter(ax, frame, _at(frame, inside.x, inside.y), letter, taken)
    named = {f.title: f for f in own}
    points = [(f.title, f.geometry.x, f.geometry.y, "own") for f in named.values()]
    order = {"country": 0, "capital": 1}
    around = sorted((row for row in towns if row[0] not in named), key=lambda row: order.get(row[3], 2))[:160]
    unnamed = []
    for name, lon, lat, kind in (*points, *around):
        at = _at(frame, lon, lat)
        if abs(at[0]) < frame.half_width_m * 0.98 and abs(at[1]) < frame.half_height_m * 0.98:
            there = _draw_name(ax, frame, at, str(name), kind, taken)
            unnamed += [str(name)] if kind == "own" and not there else []
    return tuple(unnamed)


def _at(frame: Frame, lon: float, lat: float) -> NDArray[np.float64]:
    at: NDArray[np.float64] = frame.project(np.array([[lon, lat]], dtype=float))[0]
    return at


def _draw_letter(ax: "Axes", frame: Frame, at: NDArray[np.float64], letter: str, taken: list[Box]) -> None:
    box = _box(frame, at, 10, 10, "center")
    if any(_touch(box, other) for other in taken):
        box = _off(frame, at, 10, 10, taken) or box
    taken.append(box)
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    _lead(ax, at, middle)
    face = {"boxstyle": "circle,pad=0.25", "facecolor": PAPER, "edgecolor": INK, "linewidth": 0.8}
    say(ax, *middle, letter, fontsize=7, weight="bold", ha="center", va="center", bbox=face, zorder=7)


def _off(frame: Frame, at: NDArray[np.float64], wide: float, high: float, taken: Sequence[Box]) -> Box | None:
    """Return the nearest free box of so many points that stands off a position."""
    unit = _points_m(frame)
    if len(taken) > _CROWDED:
        return None
    for reach in (16, 26, 38, 52, 70, 90, 115, 140):
        for angle in (0, 180, 45, 315, 135, 225, 22, 338, 158, 202, 90, 270, 67, 293, 113, 247):
            east, north = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            middle = at + unit * np.array([east * (reach + wide / 2), north * (reach + high / 2)])
            box = _box(frame, middle, wide, high, "center")
            way = [at + (middle - at) * part for part in (0.4, 0.6, 0.8)]  # nothing stands on the line
            met = [box, *(_box(frame, there, 1, 1, "center") for there in way)]
            others = [other for other in taken if not _touch(other, _box(frame, at, 1, 1, "center"))]
            if _inside(frame, box) and not any(_touch(one, other) for one in met for other in others):
                return box
    return None


def _lead(ax: "Axes", start: Iterable[float], end: Iterable[float]) -> None:
    """Draw the line that leads from a place to what stands off it."""
    (x0, y0), (x1, y1) = start, end
    ax.plot([x0, x1], [y0, y1], color=INK, linewidth=0.6, zorder=4.2)


_FACES: Mapping[str, dict[str, Any]] = {
    "own": {"fontsize": 8.5, "weight": "bold", "color": INK},
    "country": {"fontsize": 9, "weight": "bold", "color": "#6a6675"},
    "capital": {"fontsize": 7, "weight": "bold", "color": "#4a4a50"},
    "town": {"fontsize": 6.3, "color": "#55555c"},
}


def _draw_name(ax: "Axes", frame: Frame, at: NDArray[np.float64], name: str, kind: str, taken: list[Box]) -> bool:
    """Write a name where there is room; tell whether there was."""
    face = _FACES[kind]
    shown = name.upper() if kind == "country" else name if len(name) <= 40 else f"{name[:39]}…"
    wide, high = 0.66 * face["fontsize"] * len(shown) * (1.12 if "weight" in face else 1), face["fontsize"] * 1.25
    mark = _box(frame, at, 7, 7, "center")
    if kind in ("capital", "town") and any(_touch(mark, other) for other in taken):
        return False
    sides = {
        side: _box(frame, at, wide, high, side) for side in (("center",) if kind == "country" else ("left", "right"))
    }
    fits = (s for s, box in sides.items() if _inside(frame, box) and not any(_touch(box, other) for other in taken))
    side = next(fits, None)
    free = sides[side] if side else None
    if free is None and kind == "own" and (free := _off(frame, at, wide, high, taken)) is not None:
        _lead(ax, at, (min(max(at[0], free[0]), free[2]), min(max(at[1], free[1]), free[3])))
    if free is None:
        return False
    taken.append(free)
    x = {"left": free[0], "right": free[2]}.get(side or "", (free[0] + free[2]) / 2)
    _write(ax, (x, (free[1] + free[3]) / 2), shown, ha=side or "center", **face)
    if kind in ("capital", "town"):
        ax.plot([at[0]], [at[1]], marker="o", markersize=2.6, color="#6b6b73", markerfacecolor=PAPER, zorder=4)
        taken.append(mark)
    return True


def _write(ax: "Axes", at: tuple[float, float], text: str, **face: Any) -> None:
    from matplotlib.patheffects import withStroke

    halo = say(ax, *at, text, va="center", zorder=4.5, **{**face, "color": "#ffffffd0"})
    halo.set_path_effects([withStroke(linewidth=1.8, foreground="#ffffffd0")])
    say(ax, *at, text, va="center", zorder=4.5, **face)  # the halo is a shape; this stays text to search for


PANEL_PT = 590.0  # the panel's width on the sheet, in points


def _points_m(frame: Frame) -> float:
    return 2 * frame.half_width_m / PANEL_PT


def _box(frame: Frame, at: Iterable[float], wide: float, high: float, side: str) -> Box:
    """Return the box of a text of so many points that stands beside (its left edge is there) or on a position."""
    x, y = at
    unit = _points_m(frame)
    left = {"center": x - wide * unit / 2, "left": x + 5 * unit, "right": x - (wide + 5) * unit}[side]
    return left, y - high * unit / 2, left + wide * unit, y + high * unit / 2


def _touch(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _inside(frame: Frame, box: Sequence[float]) -> bool:
    x, y = frame.half_width_m, frame.half_height_m
    return -x < box[0] and box[2] < x and -y < box[1] and box[3] < y


def scale_steps(frame: Frame) -> tuple[float, str]:
    """Return the length of the scale bar in metres, about a fifth of the panel, and what to write beside it."""
    wanted = frame.half_width_m * 0.4
    power = 10 ** math.floor(math.log10(wanted))
    length = next(n * power for n in (5, 2, 1) if n * power <= wanted)
    return length, f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"


def shown_parts(features: Iterable[MapFeature]) -> Iterator[tuple[Look, bool]]:
    """Yield the looks of what is drawn, and whether as a mark."""
    for feature in features:
        if not feature.geometry.is_empty:
            yield look_of(feature), feature.geometry.geom_type == "Point"
