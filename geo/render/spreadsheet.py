"""The map as a table for spreadsheets and event data sets: CSV with positions, WKT and precision codes."""

import csv
import io
from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geo.features import JSON, MapFeature
from geo.render.drawing import thinned
from geo.render.escape import visible
from geo.render.notices import ATTRIBUTION, DISCLAIMER, LICENCES

_FIRST = ("id", "title", "feature", "style", "lat", "lon", "where_prec", "geo_precision", "status", "when", "published")
_LAST = ("disclaimer", "licences", "shape_of", "wkt")
_DECIMALS = 5  # of a shape, in degrees: about a metre
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what a spreadsheet may run


def to_csv(features: Sequence[MapFeature]) -> str:
    """Write one row a feature, WGS 84: `lat`, `lon` of a point or of a position inside a shape, and the shape as `wkt`.

    UTF-8 with a byte order mark, which spreadsheets need. Cells that would start a formula begin with an apostrophe.
    A shape that an earlier row has already is not written again: `shape_of` is the id of that row. Shapes are thinned
    as on paper. The disclaimer and the licences are columns too, so that no row loses them.
    """
    keys = dict.fromkeys(key for feature in features for key in feature.properties)
    others = [key for key in keys if key not in (*_FIRST, *_LAST)]
    columns = [cell(column) for column in (*_FIRST, *others, *_LAST)]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_rows(features))
    return "\ufeff" + out.getvalue()


def cell(value: JSON) -> str:
    r"""Return a value as text that no spreadsheet runs.

    >>> cell("=1+1"), cell(-2.5), cell(None)
    ("'=1+1", '-2.5', '')
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = visible(value).replace("\r", " ").replace("\n", " ")
    return f"'{text}" if text.lstrip(" \ufffd").startswith(_FORMULA) or value.startswith(_FORMULA) else text


def _rows(features: Sequence[MapFeature]) -> Iterator[dict[str, str]]:
    licences = f"{ATTRIBUTION}. " + "; ".join(f"{name}: {licence}" for name, licence in LICENCES.items())
    first: dict[int, str] = {}  # the id of the row that has a shape, by the identity of the shape
    for feature in features:
        shape_of = first.setdefault(id(feature.geometry), feature.id)
        at = None if feature.geometry.is_empty else feature.geometry.representative_point()
        known: dict[str, JSON] = {
            **feature.properties,
            "id": feature.id,
            "title": feature.title,
            "style": feature.style,
            "lat": round(at.y, 6) if at else None,
            "lon": round(at.x, 6) if at else None,
            "disclaimer": DISCLAIMER,
            "licences": licences,
            "shape_of": shape_of if shape_of != feature.id else None,
            "wkt": _wkt(feature.geometry) if at and shape_of == feature.id else None,
        }
        yield {cell(key): cell(value) for key, value in known.items()}


def _wkt(shape: BaseGeometry) -> str:
    return str(shapely.to_wkt(thinned(shape), rounding_precision=6 if shape.geom_type == "Point" else _DECIMALS))
