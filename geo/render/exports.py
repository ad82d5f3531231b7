"""Every way out of a map, by its name: what it is called, how its file ends, and its bytes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from geo.basemaps import PageAssets
from geo.features import JSON, MapFeature

Form = Literal["geojson", "gpkg", "kml", "csv", "png", "svg", "pdf", "html"]
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """How a form is told to a person and to a browser; its file ends in the form's own name."""

    label: str
    mime: str


FORMATS: Mapping[Form, ExportFormat] = {
    "geojson": ExportFormat(label="GeoJSON, opens here again and in QGIS", mime="application/geo+json"),
    "gpkg": ExportFormat(label="GeoPackage for QGIS and GDAL, five layers", mime="application/geopackage+sqlite3"),
    "kml": ExportFormat(label="KML with time spans, for Google Earth", mime="application/vnd.google-earth.kml+xml"),
    "csv": ExportFormat(label="CSV table with positions and precision codes", mime="text/csv"),
    "png": ExportFormat(label="Print sheet, picture (PNG)", mime="image/png"),
    "svg": ExportFormat(label="Print sheet, drawing (SVG)", mime="image/svg+xml"),
    "pdf": ExportFormat(label="Print sheet, document (PDF)", mime="application/pdf"),
    "html": ExportFormat(label="Map in one HTML page, works offline", mime="text/html"),
}


def export_map(
    features: Sequence[MapFeature],
    form: Form,
    *,
    title: str,
    assets: PageAssets,
    made: date | None = None,
    log: Iterable[Mapping[str, JSON]] = (),
) -> bytes:
    """Return the map in a form; whatever is passed in is exported, whole or filtered.

    `assets` is `geo.stores.tiles.page_assets()`; `made` is the date to print; `log` goes into a GeoPackage.
    """
    match form:
        case "geojson":
            from geo.render.geojson import to_geojson

            return to_geojson(features).encode()
        case "gpkg":
            from geo.render.geopackage import to_geopackage

            return to_geopackage(features, log=log)
        case "kml":
            from geo.render.kml import to_kml

            return to_kml(features, title=title).encode()
        case "csv":
            from geo.render.spreadsheet import to_csv

            return to_csv(features).encode()
        case "html":
            from geo.render.html import standalone_html

            return standalone_html(features, title=title, assets=assets, made=made).encode()
        case _:
            from geo.render.print_sheet import print_sheet

            return print_sheet(features, form=form, title=title, outline=assets.outline, made=made)
