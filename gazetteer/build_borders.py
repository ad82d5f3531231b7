"""Build gazetteer/borders.bin: every country's land and every shared border, from OpenStreetMap at 100 m.

Usage: python gazetteer/build_borders.py FOLDER [OUT]

FOLDER holds the downloaded sources (their hashes are in SOURCES.toml and are checked):
    npm pack @geo-maps/countries-land-100m@0.6.0      -> geo-maps-countries-land-100m-0.6.0.tgz
    npm pack world-countries@5.1.0                    -> world-countries-5.1.0.tgz
    apt-get download qgis-common                      -> Natural Earth's disputed lines

The source gives every country as rings on a grid of 1e-4 degrees; land that two states claim is in both. Here all rings
become one planar topology: faces, each with the states that claim it; faces become "atoms" (a state's own land, or the
land of one dispute such as "RUS/UKR"); atoms become rings of arcs, and every arc knows the atoms on its two sides.
A shared border is then simply the arcs between two states. Land borders keep every vertex, coasts are simplified.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from tqdm import tqdm

GRID = 10_000  # steps a degree, the source's own rounding (11 m)
COAST_TOLERANCE_M = 300.0
LEAST_ISLAND_KM2 = 0.05
LEAST_ATTACHED_KM2 = 1.0
LEAST_LAKE_KM2 = 5.0  # smaller lakes inside one state count as its land
SLIVER_KM2 = 1.0  # overlaps smaller than this are drawing errors, not disputes
CLOSED_WATER_KM2 = 2.0  # river loops smaller than this are closed, so that a border in a river is one line
SEA_KM2 = 300_000.0  # enclosed water as large as this is a sea (the Caspian), smaller is a lake
MAGIC = b"MLB1"

# A dependency lies in its own outline and in its sovereign's: it is itself.
DEPENDENCIES = set(
    "GUF NCL PYF MYT SPM WLF MAF BLM ATF REU GLP MTQ SJM BVT PRI GUM VIR ASM MNP UMI HKG MAC ALA CUW BES ABW SXM "
    "HMD CXR NFK CCK GIB FLK GGY JEY IMN".split()
)
# Land that two states claim and that is kept apart, so that a world view can say whose it is.
DISPUTED = {
    ("ESH", "MAR"),
    ("RUS", "UKR"),
    ("SDN", "SSD"),
    ("ARG", "CHL"),
    ("ISR", "PSE"),
    ("ISR", "SYR"),
    ("CHN", "TWN"),
    ("CHN", "IND"),
    ("BTN", "CHN"),
}
# Land that the source has in its holder's outline alone: holder, claimant, Natural Earth's line that parts it from the
# rest (good to about 1 km), a point inside. The Golan Heights.
CLAIMED = [("ISR", "SYR", "Syrian claim", (35.80, 33.00))]
# The rest of the large overlaps: the builder's judgement, not a ruling. They were taken for errors of the source; the
# state named here was given the land (Oecusse-Ambeno to Timor-Leste; the others as Natural Earth draws the line).
HONEST = {
    ("IDN", "TLS"): "TLS",
    ("ARG", "PRY"): "PRY",
    ("AFG", "TKM"): "AFG",
    ("AGO", "COG"): "AGO",
    ("CHN", "LAO"): "LAO",
    ("CHN", "KAZ"): "KAZ",
    ("HRV", "SRB"): "SRB",
}
# States inside another, whose outline has no hole for them.
ENCLAVES = {("LSO", "ZAF"): "LSO", ("ITA", "SMR"): "SMR", ("ITA", "VAT"): "VAT"}


def main(folder: Path, out: Path) -> None:
    """Read the sources, build the topology, write the file."""
    names, rings, owner, is_hole = read_rings(source(folder, "geo-maps"))
    add_claims(source(folder, "qgis-common"), names, rings, owner, is_hole)
    atoms, water = atoms_of(names, rings, owner, is_hole)
    arcs, atom_rings = topology(atoms, water)
    simplify_coasts(arcs, atom_rings)
    alpha2(source(folder, "world-countries"), arcs, atom_rings)
    part_islands(arcs, atom_rings)
    write(out, arcs, atom_rings)
    print(f"{out.name}: {out.stat().st_size:,} bytes, {len(atom_rings)} atoms, {len(arcs)} arcs")


def source(folder: Path, name: str) -> Path:
    """Return the downloaded file of a source after checking its hash."""
    table = tomllib.loads(Path(__file__).with_name("SOURCES.toml").read_text())["source"]
    row = next(row for row in table if row["name"] == name)
    path = folder / row["file"]
    if not path.exists():
        sys.exit(f"{path} is missing; get it with: {row['get']}")
    if (found := hashlib.sha256(path.read_bytes()).hexdigest()) != row["sha256"]:
        sys.exit(f"{path} is not the pinned file: sha256 {found}")
    return path


def add_claims(path: Path, names: list[str], rings: list[np.ndarray], owner: list[int], is_hole: list[bool]) -> None:
    """Add the land of CLAIMED to the claimant's rings: the part of the holder's land beyond a line."""
    lines = disputed_lines(path)
    for holder, claimant, name, (lon, lat) in CLAIMED:
        at = shapely.Point(lon * GRID, lat * GRID)
        mine = [n for n, one in enumerate(owner) if names[one] == holder]
        around = max(mine, key=lambda n: shapely.contains_xy(shapely.Polygon(rings[n]), at.x, at.y) * len(rings[n]))
        land = shapely.Polygon(rings[around])
        lakes = [shapely.Polygon(ring) for ring in holes_of(around, rings, is_hole)]
        line = lengthened(max(shapely.get_parts(lines[name]), key=lambda part: -part.distance(shapely.Point(lon, lat))))
        rim = shapely.unary_union([land.exterior, line], grid_size=1.0)
        face = next(face for face in shapely.get_parts(shapely.polygonize([rim])) if face.contains(at))
        face = shapely.difference(face, shapely.union_all(lakes), grid_size=1.0)
        print(f"{name}: {km2(face, at):,.0f} km2 of {holder} are in the outline of {claimant} too")
        for part in shapely.get_parts(face):
            for n, ring in enumerate((part.exterior, *part.interiors)):
                rings.append(np.round(shapely.get_coordinates(ring)).astype(np.int64))
                owner.append(names.index(claimant))
                is_hole.append(n > 0)


def holes_of(shell: int, rings: list[np.ndarray], is_hole: list[bool]) -> Iterator[np.ndarray]:
    """Yield the holes of a shell, which follow it, that are large enough to stay lakes."""
    for ring, hole in zip(rings[shell + 1 :], is_hole[shell + 1 :], strict=True):
        if not hole:
            return
        if ring_area(ring) * (111.2 / GRID) ** 2 * np.cos(np.radians(ring[0, 1] / GRID)) > LEAST_LAKE_KM2:
            yield ring


def disputed_lines(path: Path) -> dict[str, BaseGeometry]:
    """Return Natural Earth's disputed lines in degrees, by name."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", str(path), folder], check=True)
        file = Path(folder) / "usr/share/qgis/resources/data/world_map.gpkg"
        table = gpd.read_file(file, layer="disputed_borders")
    return {name: shapely.line_merge(part.union_all()) for name, part in table.groupby("name").geometry}


def lengthened(line: BaseGeometry) -> BaseGeometry:
    """Return a line in grid steps, some 3 km longer at both ends, so that it cuts the outline of another source."""
    points = shapely.get_coordinates(line)
    ends = [a + (a - b) / np.hypot(*(a - b)) * 0.03 for a, b in ((points[0], points[1]), (points[-1], points[-2]))]
    return shapely.LineString(np.round(np.array([ends[0], *points, ends[1]]) * GRID))


def read_rings(path: Path) -> tuple[list[str], list[np.ndarray], list[int], list[bool]]:
    """Read the GeoJSON; return country codes and every ring in grid steps, its country, whether it is a hole."""
    with tarfile.open(path) as tar:
        member = tar.extractfile("package/map.geo.json")
        assert member
        features = json.load(member)["features"]
    names, rings, owner, is_hole = [], [], [], []
    for feature in tqdm(features, desc="rings"):
        names.append(feature["properties"]["A3"])
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for polygon in polygons:
            whole = ring_area(np.array(polygon[0]) * GRID)
            for n, ring in enumerate(polygon):
                points = np.round(np.array(ring) * GRID).astype(np.int64)
                if n and ring_area(points) > 0.9 * whole:
                    continue  # Portugal's shell is repeated as a hole
                rings.append(points)
                owner.append(len(names) - 1)
                is_hole.append(n > 0)
    return names, rings, owner, is_hole


def ring_area(points: np.ndarray) -> float:
    """Return the area of a ring in grid steps squared."""
    x, y = points.T.astype(float)
    return abs(float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())) / 2


def keys_of(points: np.ndarray) -> np.ndarray:
    """Return one integer for each grid point."""
    points = np.asarray(points, dtype=np.int64)
    return (points[:, 0] + 180 * GRID) * 2_000_003 + points[:, 1] + 90 * GRID


def km2(geometries, at) -> np.ndarray:
    """Return areas of grid-step polygons in km2, good to a few per cent."""
    return shapely.area(geometries) * (111.2 / GRID) ** 2 * np.cos(np.radians(shapely.get_y(at) / GRID))


def atoms_of(names, rings, owner, is_hole):
    """Return {atom: polygons} and the void faces as [(polygon, "sea" | "lake" | "none")]."""
    owner, is_hole = np.array(owner), np.array(is_hole)
    count = np.array([len(ring) for ring in rings])
    ring_of = np.repeat(np.arange(len(rings)), count)
    unique, inverse = np.unique(keys_of(np.concatenate(rings)), return_inverse=True)
    low, high = np.full(len(unique), len(names)), np.full(len(unique), -1)
    np.minimum.at(low, inverse, owner[ring_of])
    np.maximum.at(high, inverse, owner[ring_of])
    meets = np.zeros(len(rings), bool)
    meets[ring_of[(low != high)[inverse]]] = True
    size = np.array([ring_area(ring) for ring in rings]) * (111.2 / GRID) ** 2
    kept = ~is_hole | meets | (size * np.cos(np.radians([ring[0, 1] / GRID for ring in rings])) > LEAST_LAKE_KM2)
    print(f"{(~kept).sum():,} small lakes are filled")
    rings = [ring for ring, keep in zip(rings, kept, strict=True) if keep]
    owner, is_hole, meets = owner[kept], is_hole[kept], meets[kept]
    of_kept = kept[ring_of]
    inverse, ring_of = inverse[of_kept], (np.cumsum(kept) - 1)[ring_of[of_kept]]
    # a polygon whose rings touch or cross themselves is rebuilt by noding, with all rings of that polygon
    polygon_of = np.cumsum(~is_hole) - 1
    starts = np.flatnonzero(~is_hole)
    polygons = np.array(
        [
            shapely.Polygon(rings[start], [rings[h] for h in range(start + 1, end)])
            for start, end in zip(starts, [*starts[1:], len(rings)], strict=True)
        ],
        dtype=object,
    )
    valid = shapely.is_valid(polygons)
    within = np.isin(np.array(names)[owner], [*ENCLAVES.values()])
    noded = meets | within | ~valid[polygon_of] | crossed(polygons, valid)[polygon_of]
    whole = np.ones(len(polygons), bool)  # polygons none of whose rings needs noding
    whole[polygon_of[noded]] = False
    noded = ~whole[polygon_of]

    inside = noded[ring_of[:-1]] & (ring_of[:-1] == ring_of[1:])
    a, b = inverse[:-1][inside], inverse[1:][inside]
    segments = np.unique(np.sort(np.stack([a[a != b], b[a != b]], axis=1), axis=1), axis=0)
    where = np.stack([unique // 2_000_003 - 180 * GRID, unique % 2_000_003 - 90 * GRID], axis=1).astype(float)
    print(f"noding {len(segments):,} segments")
    lines = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(where[segments])))
    lines = shapely.unary_union(lines, grid_size=1.0)
    faces = shapely.get_parts(shapely.polygonize([lines]))
    at = shapely.point_on_surface(faces)
    area = km2(faces, at)

    claims: list[set[str]] = [set() for _ in faces]
    candidates = polygons[~whole]
    codes = np.array(names)[owner[starts]]
    states = codes[~whole]
    shapely.prepare(candidates)
    i, j = shapely.STRtree(at).query(candidates)
    hit = shapely.contains_xy(candidates[i], shapely.get_x(at)[j], shapely.get_y(at)[j])
    for state, face in zip(states[i[hit]], j[hit], strict=True):
        claims[face].add(str(state))
    labels = label_faces(faces, area, claims)

    atoms: dict[str, list] = defaultdict(list)
    water = []
    for face, label in zip(faces, labels, strict=True):
        if label.startswith("~"):
            water.append((face, label[1:]))
        else:
            atoms[label].append(face)
    for label in tqdm(atoms, desc="atoms"):
        atoms[label] = list(shapely.get_parts(shapely.coverage_union_all(atoms[label])))
    # an island in a lake that was filled is land already: a point of it tells, against the prepared land
    alone = polygons[whole]
    inside_of_alone = shapely.point_on_surface(alone)
    land = np.array([part for parts in atoms.values() for part in parts], dtype=object)
    shapely.prepare(land)
    i, j = shapely.STRtree(inside_of_alone).query(land)
    already = np.zeros(len(alone), bool)
    already[j[shapely.contains_xy(land[i], shapely.get_x(inside_of_alone)[j], shapely.get_y(inside_of_alone)[j])]] = (
        True
    )
    kept_alone = ~already & (km2(alone, inside_of_alone) >= LEAST_ISLAND_KM2)
    for polygon, code in zip(alone[kept_alone], codes[whole][kept_alone], strict=True):
        atoms[code].append(polygon)
    return atoms, water


def crossed(polygons: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """Tell which polygons meet another: the source draws some islands across their own mainland."""
    shapes = np.where(valid, polygons, None)
    shapely.prepare(shapes)
    i, j = shapely.STRtree(shapes).query(shapes, "intersects")
    result = np.zeros(len(polygons), bool)
    result[i[i != j]] = True
    return result


def label_faces(faces, area, claims) -> list[str]:
    """Decide which atom each face belongs to: "ARM", "RUS/UKR", or "~sea", "~lake", "~none" for what nobody claims."""
    labels: list[str | None] = []
    for size, states in zip(area, claims, strict=True):
        pair = tuple(sorted(states))
        dependencies = [state for state in pair if state in DEPENDENCIES]
        if len(pair) == 1:
            labels.append(pair[0])
        elif not pair:
            labels.append("~sea" if size > SEA_KM2 else "~lake" if size > CLOSED_WATER_KM2 else None)
        elif dependencies:
            labels.append(dependencies[0])
        elif pair in DISPUTED and size > SLIVER_KM2:
            labels.append("/".join(pair))
        elif pair in ENCLAVES:
            labels.append(ENCLAVES[pair])
        else:
            labels.append(HONEST.get(pair) if size > SLIVER_KM2 else None)
    bir_tawil = shapely.STRtree(faces).query(shapely.Point(33.75 * GRID, 21.87 * GRID), predicate="within")
    for face in bir_tawil:
        if not claims[face]:
            labels[face] = "~none"
    # a sliver goes to the neighbour with the longest common edge
    side: dict[tuple[int, int], int] = {}
    edges = []
    for n, face in enumerate(shapely.orient_polygons(faces)):
        for ring in (face.exterior, *face.interiors):
            keys = keys_of(shapely.get_coordinates(ring)).tolist()
            edges.append((n, list(zip(keys[:-1], keys[1:], strict=True))))
            for edge in edges[-1][1]:
                side[edge] = n
    of_face: dict[int, list] = defaultdict(list)
    for n, pairs in edges:
        if labels[n] is None:
            of_face[n] += pairs
    for _ in range(5):
        for n, pairs in of_face.items():
            if labels[n] is None:
                votes = Counter()
                for a, b in pairs:
                    other = labels[side[b, a]] if (b, a) in side else None
                    if other and not other.startswith("~") and (not claims[n] or other in claims[n]):
                        votes[other] += 1
                if votes:
                    labels[n] = votes.most_common(1)[0][0]
    return [label or (sorted(claims[n])[0] if claims[n] else "~lake") for n, label in enumerate(labels)]


class Arc:
    """A line between two nodes with the atoms on its sides; "~sea", "~lake", "~none" where there is no land."""

    __slots__ = ("left", "points", "right")

    def __init__(self, points: np.ndarray) -> None:
        self.points = points
        self.left = ""
        self.right = ""


def topology(atoms, water):
    """Cut the rings of all atoms at their common nodes; return the arcs and, for each atom, polygons of signed arcs."""
    all_rings, where = [], []
    for label in sorted(atoms):
        for n, polygon in enumerate(shapely.orient_polygons(np.array(atoms[label], dtype=object))):
            for m, ring in enumerate((polygon.exterior, *polygon.interiors)):
                all_rings.append(np.round(shapely.get_coordinates(ring)).astype(np.int64)[:-1])
                where.append((label, n, m))
    print(f"topology of {len(all_rings):,} rings")
    count = np.array([len(ring) for ring in all_rings])
    unique, inverse = np.unique(keys_of(np.concatenate(all_rings)), return_inverse=True)
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    position = np.arange(len(inverse))
    ring_of = np.repeat(np.arange(len(all_rings)), count)
    nxt = inverse[np.where(position == first[ring_of] + count[ring_of] - 1, first[ring_of], position + 1)]
    prv = inverse[np.where(position == first[ring_of], first[ring_of] + count[ring_of] - 1, position - 1)]
    # a vertex is a node where the rings through it do not all have the same two neighbours
    low, high = np.minimum(nxt, prv), np.maximum(nxt, prv)
    low_min, low_max = np.full(len(unique), 1 << 60), np.full(len(unique), -1)
    high_min, high_max = low_min.copy(), low_max.copy()
    np.minimum.at(low_min, inverse, low)
    np.maximum.at(low_max, inverse, low)
    np.minimum.at(high_min, inverse, high)
    np.maximum.at(high_max, inverse, high)
    node = (low_min != low_max) | (high_min != high_max)
    void_side = void_faces(water)

    arcs: list[Arc] = []
    known: dict[tuple[int, int, int, int], int] = {}
    atom_rings: dict[str, list[list[list[int]]]] = defaultdict(list)
    for number, (label, n, m) in enumerate(tqdm(where, desc="arcs")):
        points = all_rings[number]
        ids = inverse[first[number] : first[number] + count[number]]
        cuts = np.flatnonzero(node[ids])
        if len(cuts) == 0:
            cuts = np.array([int(np.argmin(ids))])  # a whole ring, begun at the same vertex by whoever has it
        refs = []
        for start, end in zip(cuts, [*cuts[1:], cuts[0] + len(ids)], strict=True):
            take = np.arange(start, end + 1) % len(ids)
            chain = ids[take]
            forward = (chain[0], chain[1]) < (chain[-1], chain[-2])
            key = (chain[0], chain[1], chain[-2], chain[-1]) if forward else (chain[-1], chain[-2], chain[1], chain[0])
            index = known.get(key)
            if index is None:
                index = known[key] = len(arcs)
                arcs.append(Arc(points[take] if forward else points[take][::-1]))
            if forward:
                arcs[index].left = label
            else:
                arcs[index].right = label
            refs.append(index if forward else ~index)
        if m == 0:
            assert len(atom_rings[label]) == n
            atom_rings[label].append([])
        atom_rings[label][n].append(refs)
    hole = {
        arc for polygons in atom_rings.values() for rings in polygons for ring in rings[1:] for arc in map(abs_, ring)
    }
    for index, arc in enumerate(arcs):
        keys = keys_of(arc.points[:2]).tolist()
        other = void_side.get((keys[0], keys[1])) or void_side.get((keys[1], keys[0]))
        other = other or ("~lake" if index in hole else "~sea")
        arc.left = arc.left or other
        arc.right = arc.right or other
    return arcs, atom_rings


def abs_(reference: int) -> int:
    """Return the arc of a signed reference."""
    return reference if reference >= 0 else ~reference


def void_faces(water) -> dict[tuple[int, int], str]:
    """Return what kind of void lies beside each directed edge."""
    side = {}
    for face, kind in water:
        for ring in (face.exterior, *face.interiors):
            keys = keys_of(shapely.get_coordinates(ring)).tolist()
            for edge in zip(keys[:-1], keys[1:], strict=True):
                side[edge] = "~" + kind
    return side


def simplify_coasts(arcs, atom_rings) -> None:
    """Thin the arcs with no land on one side (Douglas-Peucker), less where lines would cross or hop over an island."""
    thin = [n for n, arc in enumerate(arcs) if arc.left.startswith("~") or arc.right.startswith("~")]
    kept = [np.ones(len(arc.points), bool) for arc in arcs]
    for n in tqdm(thin, desc="coasts"):
        kept[n] = thinned(arcs[n].points, COAST_TOLERANCE_M)
    before = sum(len(arcs[n].points) for n in thin)
    for tolerance in (75.0, 19.0, *[0.0] * 9):
        bad = conflicts(arcs, kept)
        print(f"{len(bad)} stretches again with {tolerance:.0f} m; {sum(map(np.count_nonzero, kept)):,} vertices")
        if not bad:
            break
        for n, start, end in bad:
            kept[n][start : end + 1] |= thinned(arcs[n].points[start : end + 1], tolerance)
    for n in thin:
        arcs[n].points = arcs[n].points[kept[n]]
    print(f"coasts: {before:,} -> {sum(len(arcs[n].points) for n in thin):,} vertices")
    for atom, polygons in atom_rings.items():
        shapes = [polygon_of(arcs, rings) for rings in polygons]
        if broken := [shapely.is_valid_reason(shape) for shape in shapes if shape is None or not shape.is_valid]:
            print(f"{atom}: {len(broken)} polygons are not valid: {broken[:3]}")


def conflicts(arcs, kept) -> list[tuple[int, int, int]]:
    """Return the thinned segments that touch another or have hopped over a line: arc, start, end."""
    index = [np.flatnonzero(mask) for mask in kept]
    arc = np.repeat(np.arange(len(arcs)), [len(at) - 1 for at in index])
    start = np.concatenate([at[:-1] for at in index])
    end = np.concatenate([at[1:] for at in index])
    a = np.concatenate([one.points[at[:-1]] for one, at in zip(arcs, index, strict=True)])
    b = np.concatenate([one.points[at[1:]] for one, at in zip(arcs, index, strict=True)])
    thinned_here = np.flatnonzero(end - start > 1)
    lines = shapely.linestrings(np.stack([a, b], axis=1).astype(float))
    tree = shapely.STRtree(lines)
    i, j = tree.query(lines[thinned_here], predicate="intersects")
    i = thinned_here[i]
    i, j = i[i != j], j[i != j]
    # lines that only meet at a common end are fine, unless they run back over each other
    wrong = np.ones(len(i), bool)
    for p, q in ((a, b), (b, a)):
        for r, s in ((a, b), (b, a)):
            common = (p[i] == r[j]).all(axis=1)
            u, v = q[i] - p[i], s[j] - r[j]
            back = (u[:, 0] * v[:, 1] == u[:, 1] * v[:, 0]) & ((u * v).sum(axis=1) > 0)
            wrong &= ~common
            wrong |= common & back
    bad = {*i[wrong].tolist(), *(n for n in j[wrong].tolist() if end[n] - start[n] > 1)}
    rings = [shapely.Polygon(arcs[arc[n]].points[start[n] : end[n] + 1]) for n in thinned_here]
    ends = shapely.points(np.array([one.points[0] for one in arcs], dtype=float))
    hopped, over = shapely.STRtree(ends).query(np.array(rings, dtype=object), predicate="contains")
    bad |= {int(n) for n, other in zip(thinned_here[hopped], over, strict=True) if arc[n] != other}
    return sorted((int(arc[n]), int(start[n]), int(end[n])) for n in bad)


def thinned(points: np.ndarray, tolerance_m: float) -> np.ndarray:
    """Tell which vertices of a line of grid steps are kept within a distance in metres; a ring keeps its shape."""
    if tolerance_m == 0 or len(points) < 3:
        return np.ones(len(points), bool)
    scale = np.array([np.cos(np.radians(points[:, 1].mean() / GRID)), 1.0]) * 111_200 / GRID
    flat = points * scale
    middle = 0
    if (points[0] == points[-1]).all():
        size = np.sqrt(ring_area(points) * scale[0] * scale[1])
        tolerance_m = min(tolerance_m, size / 8)
        # cut at the vertex farthest from the start, so that Douglas-Peucker has two lines to keep
        middle = int(np.argmax(((flat - flat[0]) ** 2).sum(axis=1)))
    kept = np.zeros(len(points), bool)
    for start, end in ((0, middle), (middle, len(points) - 1)):
        if end > start:
            line = shapely.simplify(shapely.LineString(flat[start : end + 1]), tolerance_m, preserve_topology=False)
            left = keys_of(np.round(shapely.get_coordinates(line) / scale))
            kept[start : end + 1] |= np.isin(keys_of(points[start : end + 1]), left)
    return kept


def polygon_of(arcs, rings):
    """Put a polygon together from its rings of signed arcs; None where it has collapsed."""
    coordinates = []
    for ring in rings:
        parts = [(arcs[n].points if n >= 0 else arcs[~n].points[::-1])[:-1] for n in ring]
        points = np.concatenate([*parts, parts[0][:1]])
        if len(points) < 4:
            return None
        coordinates.append(points)
    return shapely.Polygon(coordinates[0], coordinates[1:])


def part_islands(arcs, atom_rings) -> None:
    """Take from islands what overlaps other land of their atom or shares an edge with it: a strip of a few steps.

    Rounding and thinning move some islands against their mainland, which makes the land as a whole no valid shape.
    """
    for atom, polygons in atom_rings.items():
        shapes = np.array([polygon_of(arcs, rings) for rings in polygons], dtype=object)
        if shapely.is_valid(shapely.MultiPolygon([shape for shape in shapes if shape is not None])):
            continue
        drop_attached(atom, arcs, polygons, shapes)
        shapes = np.array([polygon_of(arcs, rings) for rings in polygons], dtype=object)
        islands = [n for n, rings in enumerate(polygons) if is_island(arcs, rings) and shapes[n] is not None]
        tree = shapely.STRtree(shapes)
        for n in islands:
            others = [shapes[m] for m in tree.query(shapes[n]) if m != n and overlaps(shapes[n], shapes[m])]
            if others:
                around = shapely.box(*shapely.bounds(shapely.buffer(shapes[n], 10)))
                beside = shapely.union_all([shapely.clip_by_rect(other, *around.bounds) for other in others])
                rest = shapely.set_precision(shapes[n].difference(shapely.buffer(beside, 1.5)), 1.0)
                rest = max(shapely.get_parts(rest), key=shapely.area)
                lost = (shapes[n].area - rest.area) * (11.12**2) * np.cos(np.radians(rest.centroid.y / GRID)) / 1e6
                print(f"{atom}: an island of {shapes[n].area * 11.12**2 / 1e6:,.2f} km2 loses {lost:.3f} km2")
                assert lost < 0.1 + 0.02 * shapes[n].area * 11.12**2 / 1e6, "more than a strip"
                arc = abs_(polygons[n][0][0])
                points = np.round(shapely.get_coordinates(rest.exterior)).astype(np.int64)
                forward = shapely.is_ccw(shapely.LinearRing(arcs[arc].points)) == rest.exterior.is_ccw
                arcs[arc].points = points if forward else points[::-1]
                shapes[n] = rest
        whole = shapely.MultiPolygon([shape for shape in shapes if shape is not None])
        print(f"{atom}: {shapely.is_valid_reason(whole)}")


def drop_attached(atom: str, arcs, polygons, shapes) -> None:
    """Drop the small polygons that share an edge with other land of their own atom; their shores become sea."""
    for n in reversed(range(len(polygons))):
        shared = [abs_(arc) for ring in polygons[n] for arc in ring if arcs[abs_(arc)].left == arcs[abs_(arc)].right]
        size = shapes[n].area * 11.12**2 / 1e6
        if shared and size < LEAST_ATTACHED_KM2:
            print(f"{atom}: a polygon of {size:.2f} km2 with an edge in common with the rest is dropped")
            for arc in (arcs[abs_(arc)] for ring in polygons[n] for arc in ring):
                arc.left, arc.right = (atom if arc.left == arc.right else "~sea"), "~sea"
            del polygons[n]


def is_island(arcs, rings) -> bool:
    """Tell whether a polygon is one closed line with water all around."""
    return (
        len(rings) == 1 and len(rings[0]) == 1 and "~" in arcs[abs_(rings[0][0])].left + arcs[abs_(rings[0][0])].right
    )


def overlaps(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Tell whether two polygons have more than points in common."""
    if other.area < one.area or not shapely.intersects(one, other):
        return False
    return shapely.intersection(one, shapely.clip_by_rect(other, *one.bounds)).length > 0


def alpha2(path: Path, arcs, atom_rings) -> None:
    """Rename the atoms from ISO alpha-3, which the source has, to alpha-2."""
    with tarfile.open(path) as tar:
        member = tar.extractfile("package/countries.json")
        assert member
        short = {row["cca3"]: row["cca2"] for row in json.load(member)} | {"XKX": "XK"}

    def renamed(label: str) -> str:
        return label if label.startswith("~") else "/".join(short[code] for code in label.split("/"))

    for arc in arcs:
        arc.left, arc.right = renamed(arc.left), renamed(arc.right)
    for label in list(atom_rings):
        atom_rings[renamed(label)] = atom_rings.pop(label)


def write(out: Path, arcs, atom_rings) -> None:
    """Write magic, length of the header, the header (JSON, deflated), then the blocks.

    A block holds all arcs of one pair of sides ("ARM|AZE"), or the rings of one atom. Arcs: their lengths, then
    columns of differences. Rings: a stream of counts and references. All are zigzag int32 in byte planes, deflated.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for n, arc in enumerate(arcs):
        groups["|".join(sorted((arc.left, arc.right)))].append(n)
    blocks, header, place, offset = [], {"arcs": {}, "atoms": {}}, {}, 0
    for name in sorted(groups):
        for position, n in enumerate(groups[name]):
            place[n] = (name, position)
        data = pack_lines([arcs[n].points for n in groups[name]])
        box = np.concatenate([arcs[n].points for n in groups[name]])
        header["arcs"][name] = [
            offset,
            len(data),
            len(groups[name]),
            *box.min(axis=0).tolist(),
            *box.max(axis=0).tolist(),
        ]
        blocks.append(data)
        offset += len(data)
    for atom in sorted(atom_rings):
        used = sorted({place[abs_(n)][0] for rings in atom_rings[atom] for ring in rings for n in ring})
        number = {name: i for i, name in enumerate(used)}
        stream = [len(atom_rings[atom])]
        for rings in atom_rings[atom]:
            stream.append(len(rings))
            for ring in rings:
                stream.append(len(ring))
                for n in ring:
                    name, position = place[abs_(n)]
                    stream += [number[name], position if n >= 0 else ~position]
        data = zlib.compress(shuffled(np.array(stream, dtype="<i4")), 9)
        points = np.concatenate([arcs[abs_(n)].points for rings in atom_rings[atom] for ring in rings for n in ring])
        size = sum(
            float(km2(shape, shapely.Point(shape.exterior.coords[0])))
            for shape in (polygon_of(arcs, rings) for rings in atom_rings[atom])
            if shape is not None
        )
        box = [*points.min(axis=0).tolist(), *points.max(axis=0).tolist(), round(size, 2)]
        header["atoms"][atom] = [offset, len(data), used, box]
        blocks.append(data)
        offset += len(data)
    header["dataset"] = "OpenStreetMap 2017-12 (geo-maps countries-land-100m 0.6.0)"
    header["attribution"] = "Borders © OpenStreetMap contributors, ODbL 1.0"
    head = zlib.compress(json.dumps(header, separators=(",", ":")).encode(), 9)
    out.write_bytes(MAGIC + len(head).to_bytes(4, "little") + head + b"".join(blocks))


def pack_lines(lines) -> bytes:
    """Pack lines of grid steps: their lengths, then x and y as differences from the vertex before."""
    lengths = np.array([len(line) for line in lines], dtype="<i4")
    points = np.concatenate(lines).astype("<i4")
    steps = np.diff(points, axis=0, prepend=[[0, 0]]).astype("<i4")
    return zlib.compress(shuffled(lengths) + shuffled(steps[:, 0]) + shuffled(steps[:, 1]), 9)


def shuffled(numbers: np.ndarray) -> bytes:
    """Zigzag the numbers and put their bytes in planes, which deflate packs far better."""
    numbers = numbers.astype("<i4")
    zigzag = ((numbers << 1) ^ (numbers >> 31)).astype("<u4")
    return zigzag.view(np.uint8).reshape(-1, 4).T.tobytes()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_name("borders.bin"))
