"""The map as a GeoDataFrame, one row a feature."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.features import MapFeature

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def to_geodataframe(features: Sequence[MapFeature]) -> "GeoDataFrame":
    """Return the features as rows: id, title, style, their properties, and `geometry` in EPSG:4326.

    No feature gives a frame without rows that still has these four columns.
    """
    from geopandas import GeoDataFrame

    columns = dict.fromkeys(key for feature in features for key in feature.properties)
    rows = [{"id": f.id, "title": f.title, "style": f.style, **f.properties} for f in features]
    names = ["id", "title", "style", *(key for key in columns if key not in ("id", "title", "style"))]
    data = {name: [row.get(name) for row in rows] for name in names}
    return GeoDataFrame(data, geometry=[feature.geometry for feature in features], crs="EPSG:4326")
