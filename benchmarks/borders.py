"""Measure the border file: distances and areas that are known, timings, and its error against the 100 m source.

Usage: python benchmarks/borders.py [FOLDER]

FOLDER holds the source's tarball (see gazetteer/SOURCES.toml); without it the error is left out.
"""

import json
import sys
import tarfile
import time
from pathlib import Path
from statistics import median

import numpy as np
import shapely

from geo.borders import WorldView
from geo.geodesy import LonLat, area_m2, distance_to, strip
from geo.stores.borders import FileBorders
from geo.stores.files import data_file

TARBALL = "geo-maps-countries-land-100m-0.6.0.tgz"
VIEW = WorldView()
JERMUK = LonLat(lon=45.67112, lat=39.83948)  # GeoNames 174884
# pairs of states in conflict, by the source's alpha-3 codes and ours
PAIRS = (
    "ARM-AZE AM-AZ, ARM-TUR AM-TR, GEO-RUS GE-RU, RUS-UKR RU-UA, BLR-UKR BY-UA, MDA-UKR MD-UA, ISR-LBN IL-LB, "
    "ISR-SYR IL-SY, SYR-TUR SY-TR, IRQ-SYR IQ-SY, IRN-IRQ IR-IQ, IND-PAK IN-PK, AFG-PAK AF-PK, CHN-IND CN-IN, "
    "KGZ-TJK KG-TJ, SDN-SSD SD-SS, ERI-ETH ER-ET, ETH-SOM ET-SO, COD-RWA CD-RW, KHM-THA KH-TH"
).split(", ")
LARGE = ("RU", "CA", "CN", "IN", "US", "AM", "UA")


def main(folder: Path | None) -> None:
    """Print known distances and areas, the timings of cold reads, and the error of twenty borders."""
    borders = opened()
    line = borders.shared_border("AM", "AZ", VIEW).line
    armenia = borders.territory("AM", VIEW).land
    print(f"Jermuk to the border of Armenia with Azerbaijan: {distance_to(line, JERMUK) / 1000:.2f} km")
    print(f"7.5 km into Armenia from it: {area_m2(strip(line, into=armenia, depth_m=7_500)) / 1e6:,.0f} km2")
    iran = borders.shared_border("AM", "IR", VIEW).line
    print(f"50 km into Armenia from Iran: {area_m2(strip(iran, into=armenia, depth_m=50_000)) / 1e6:,.0f} km2")
    timed("that strip and its area", lambda: area_m2(strip(line, into=armenia, depth_m=7_500)), times=11)
    timed("open", opened)
    timed("shared border AM-AZ, cold", lambda: opened().shared_border("AM", "AZ", VIEW))
    for code in LARGE:
        fresh = opened()
        land = timed(f"land of {code}, cold", lambda fresh=fresh, code=code: fresh.territory(code, VIEW).land)
        print(f"  {shapely.get_num_coordinates(land):,} vertices, valid: {shapely.is_valid(land)}")
    if folder:
        errors(borders, folder / TARBALL)


def opened() -> FileBorders:
    """Open the file anew, so that nothing is kept from before."""
    return FileBorders(data_file("gazetteer/borders.bin"), data_file("gazetteer/disputes.toml"))


def timed(what: str, make, times: int = 1):
    """Print the milliseconds of processor time that a call takes, the median of several; return its value."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        value = make()
        taken.append(time.process_time() - start)
    print(f"{what}: {1000 * median(taken):.0f} ms")
    return value


def errors(borders: FileBorders, tarball: Path) -> None:
    """Print, for each pair, how far our line lies from the outlines of the source."""
    with tarfile.open(tarball) as tar:
        member = tar.extractfile("package/map.geo.json")
        assert member
        outlines = {f["properties"]["A3"]: rings_of(f["geometry"]) for f in json.load(member)["features"]}
    print("pair, km; every 500 m of our line from the source's nearer and farther outline (95 %, 99 %)")
    for pair in PAIRS:
        source, ours = (part.split("-") for part in pair.split())
        line = borders.shared_border(ours[0], ours[1], VIEW).line
        scale = np.array([np.cos(np.radians(shapely.get_coordinates(line)[:, 1].mean())), 1.0]) * 111_200
        flat = shapely.segmentize(shapely.transform(line, lambda points, scale=scale: points * scale), 500)
        points = shapely.get_coordinates(flat) / scale
        each = [distances(points, outlines[code], scale) for code in source]
        near, far = np.minimum(*each), np.maximum(*each)
        print(
            f"{'-'.join(ours)} {flat.length / 1000:,.0f} km: "
            f"{np.percentile(near, 95):,.0f} m, {np.percentile(near, 99):,.0f} m; "
            f"{np.percentile(far, 95):,.0f} m, {np.percentile(far, 99):,.0f} m"
        )


def rings_of(geometry) -> list[np.ndarray]:
    """Return every ring of a GeoJSON polygon or multipolygon."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [np.array(ring) for polygon in polygons for ring in polygon]


def distances(points: np.ndarray, lines: list[np.ndarray], scale: np.ndarray) -> np.ndarray:
    """Return the distance in metres of each point to the nearest of some lines, on a plane scaled at their middle."""
    low, high = points.min(axis=0) - 0.5, points.max(axis=0) + 0.5
    pairs = np.concatenate([np.stack([line[:-1], line[1:]], axis=1) for line in lines])
    inside = ((pairs >= low) & (pairs <= high)).all(axis=2).any(axis=1)
    tree = shapely.STRtree(shapely.linestrings(pairs[inside] * scale))
    (at, _), far = tree.query_nearest(shapely.points(points * scale), return_distance=True)
    result = np.zeros(len(points))
    result[at] = far
    return result


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
