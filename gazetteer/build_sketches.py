"""Build gazetteer/sketches.bin: a light outline of every country, for drawing only.

Usage: python gazetteer/build_sketches.py    (after build_borders.py and build_areas.py)

The border file keeps every bend, up to half a million vertices a country: right for measuring, too heavy to draw. Here
small islands go, and the rest is thinned as layers.py thins any outline that is drawn.
"""

from pathlib import Path

import shapely
from build_areas import write_outlines
from shapely.geometry import MultiPolygon, Polygon
from tqdm import tqdm

from geo.borders import WorldView
from geo.geodesy import LonLat
from geo.layers import generalised
from geo.stores.borders import FileBorders, open_borders
from geo.stores.outlines import Outlines

SMALL = 0.0002  # parts under this share of the country's area go


def sketch(land: MultiPolygon, borders: FileBorders) -> MultiPolygon:
    """Return the land without small islands, bends and lakes; land of others inside it (Lesotho) stays a hole."""
    parts = sorted((without_lakes(part, borders) for part in land.geoms), key=lambda part: -part.area)
    large = [part for part in parts if part.area >= SMALL * land.area] or parts[:1]
    thinned = generalised(MultiPolygon(large))
    return MultiPolygon([part for part in shapely.get_parts(thinned) if part.geom_type == "Polygon"])


def without_lakes(part: Polygon, borders: FileBorders) -> Polygon:
    """Return a part of a country with its lakes filled."""
    inside = ((hole, Polygon(hole).representative_point()) for hole in part.interiors)
    return Polygon(part.exterior, [hole for hole, at in inside if borders.state_at(LonLat(lon=at.x, lat=at.y))])


def main() -> None:
    """Write the sketches of all countries that have land in the border file."""
    outlines, borders = Outlines.open(), open_borders()
    rows = []
    for place_id in tqdm(sorted(outlines.country_ids()), desc="sketches"):
        code = outlines.country_code(place_id)
        if code:
            shape = sketch(borders.territory(code, WorldView()).land, borders)
            if not shape.is_empty:
                rows.append({"id": place_id, "name": outlines.name(place_id), "shape": shape, "kind": "country"})
    write_outlines(Path(__file__).with_name("sketches.bin"), rows)


if __name__ == "__main__":
    main()
