"""Every export opens in a library that is not ours, is valid when the map is empty, and shows hostile text as text."""

import csv
import io
import json
import math
import re

import pytest
from hostile import hostile_texts
from lxml import etree
from map_features import feature, jermuk_features
from PIL import Image
from shapely import from_wkt
from shapely.geometry import LineString, MultiPolygon, Point, box

from geo.decisions import Remove
from geo.project import Project
from geo.render.escape import visible
from geo.render.exports import FORMATS, FORMS, export_map
from geo.render.geojson import to_geojson
from geo.render.geopackage import LAYERS, log_rows, to_geopackage
from geo.render.kml import NAMESPACE, to_kml
from geo.render.notices import DISCLAIMER, LICENCES
from geo.render.print_sheet import print_sheet
from geo.render.sheet_map import HATCHES, draw_map, frame_of, scale_steps
from geo.render.spreadsheet import to_csv
from geo.stores.geojson_files import features_from_geojson
from geo.stores.tiles import page_assets
from geo.styles import STATUS_TEXTURES

OUTLINE = page_assets().outline
KML = {"k": NAMESPACE}
HOSTILE = hostile_texts()


def kml(features, **more):
    return etree.fromstring(to_kml(features, **more).encode())


def rows(features):
    return list(csv.DictReader(io.StringIO(to_csv(features).removeprefix("\ufeff"))))


def layer(path, name):
    import pyogrio

    return pyogrio.read_dataframe(path, layer=name)


@pytest.fixture
def package(tmp_path):
    def write(features, **more):
        path = tmp_path / "map.gpkg"
        path.write_bytes(to_geopackage(features, **more))
        return path

    return write


def hostile_features():
    return [
        feature(
            "strip", text, box(45 + n / 50, 39.8, 45.01 + n / 50, 39.81), f"a{n}/core", zone_part="core", quote=text,
            claimant=text, source_title=text, source_url=text, status=text, when=text, side=text, colour=text,
        )
        for n, text in enumerate(HOSTILE)
    ]  # fmt: skip


# --- all


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("features", [[], jermuk_features()], ids=["empty", "jermuk"])
def test_every_form_gives_a_file_whatever_is_on_the_map(form, features):
    made = export_map(features, form, title="Jermuk", assets=page_assets())
    starts = {"png": b"\x89PNG", "pdf": b"%PDF", "gpkg": b"SQLite format 3", "svg": b"<?xml", "kml": b"<?xml"}
    assert made.startswith(starts.get(form, made[:1]))
    assert FORMATS[form].label


def test_importing_the_geojson_keeps_sides_their_colours():
    drawn = [feature("party", "A", box(0, 0, 1, 1), side="A", colour="#0072b2", app_version="1")]
    text = to_geojson(drawn)
    assert to_geojson(features_from_geojson(text)) == text
    assert json.loads(text)["features"][0]["properties"]["fill"] == "#0072b2"


# --- KML


def test_kml_has_every_shape_its_time_span_and_who_says_so():
    root = kml(jermuk_features(), title="Week 37")
    assert root.findtext("k:Document/k:name", namespaces=KML) == "Week 37"
    assert len(root.findall(".//k:Placemark", KML)) == len(jermuk_features())
    assert {span.text for span in root.findall(".//k:TimeSpan/k:begin", KML)} == {"2022-09-14"}
    assert root.findtext(".//k:Data[@name='claimant']/k:value", namespaces=KML) == "the head of the armed forces"
    assert DISCLAIMER.split(",")[0] in root.findtext("k:Document/k:description", namespaces=KML)


def test_kml_positions_are_longitude_first_and_rings_have_their_holes():
    holed = Point(10, 50).buffer(1).difference(Point(10, 50).buffer(0.5))
    root = kml([feature("area", "x", holed), feature("added", "y", LineString([(1, 2), (3, 4)]))])
    assert len(root.findall(".//k:innerBoundaryIs", KML)) == 1
    assert root.findtext(".//k:LineString/k:coordinates", namespaces=KML) == "1.0,2.0 3.0,4.0"


def test_a_land_that_several_reports_name_has_its_shape_once_in_kml_and_a_claim_each_time():
    land = box(44, 39, 46, 41)
    drawn = [
        *(feature("party", "Armenia", land, f"{n}/gn:1") for n in range(3)),
        *(feature("strip", "12 km into Armenia", land, f"{n}/claim-1/core") for n in range(3)),
    ]
    root = kml(drawn)
    assert len(root.findall(".//k:Placemark", KML)) == 6
    assert len(root.findall(".//k:Polygon", KML)) == 1 + 3


def test_hostile_text_in_kml_is_text_and_its_description_holds_no_tag_but_breaks():
    root = kml(hostile_features(), title=" ".join(HOSTILE))
    names = [mark.findtext("k:name", namespaces=KML) for mark in root.findall(".//k:Placemark", KML)]
    # a parser makes one line break of carriage returns
    assert [name.split() for name in names] == [visible(text).split() for text in HOSTILE]
    for description in root.findall(".//k:Placemark/k:description", KML):
        assert "<" not in description.text.replace("<br>", "")
    assert root.findall(".//k:begin", KML) == []


# --- CSV


def test_csv_has_positions_wkt_and_the_precision_codes():
    [*_, town] = rows([feature("event-place", "Jermuk", Point(45.67, 39.84), where_prec=1, geo_precision=1)])
    assert (town["lat"], town["lon"], town["where_prec"], town["geo_precision"]) == ("39.84", "45.67", "1", "1")
    assert from_wkt(town["wkt"]).equals(Point(45.67, 39.84))
    assert town["disclaimer"] == DISCLAIMER
    assert LICENCES["OpenStreetMap"] in town["licences"]


@pytest.mark.parametrize("text", [*HOSTILE, "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", " =1", "＝1"])
def test_no_cell_of_a_csv_starts_a_formula(text):
    [row] = rows([feature("added", text, Point(0, 0), **{"note": text, text or "x": "key"})])
    for cell in (row["title"], row["note"], *row):
        assert not cell.lstrip("\ufffd ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_a_csv_writes_a_shape_once_and_later_rows_name_the_row_that_has_it():
    land = box(44, 39, 46, 41)
    first, again, other = rows([
        feature("party", "Armenia", land, "a/gn:1"), feature("party", "Armenia", land, "b/gn:1"),
        feature("area", "Syunik", box(45, 39, 46, 40), "b/gn:2"),
    ])  # fmt: skip
    assert from_wkt(first["wkt"]).equals(land)
    assert (again["wkt"], again["shape_of"]) == ("", "a/gn:1")
    assert other["wkt"]
    assert (first["shape_of"], other["shape_of"]) == ("", "")


@pytest.mark.parametrize("width", [0.001, 0.05])
def test_a_long_strip_is_thinned_for_others_by_less_than_a_hundredth_of_its_width(width):
    way = LineString([(40 + n / 200, 39 + math.sin(n / 40) + n % 2 * width / 500) for n in range(2000)])
    strip = way.buffer(width / 2)
    [row] = rows([feature("strip-weak", "12 km into Armenia", strip, "a/claim-1/core")])
    thin = from_wkt(row["wkt"])
    assert thin.is_valid
    assert len(thin.exterior.coords) < 0.7 * len(strip.exterior.coords)
    assert thin.symmetric_difference(strip).area < strip.area / 50


# --- GeoPackage


def test_a_geopackage_has_five_layers_with_claims_once_and_their_shapes(package):
    import pyogrio

    path = package(jermuk_features(), log=log_rows(Project().decide(Remove(feature_id="a/x")).log))
    assert [name for name, _kind in pyogrio.list_layers(path)] == list(LAYERS)
    assert len(layer(path, "claims")) == 1
    assert set(layer(path, "zones")["zone_part"]) == {"core", "fringe"}
    assert layer(path, "places").crs.to_epsg() == 4326
    assert list(layer(path, "log")["decision"]) == ["Remove"]
    sources = layer(path, "sources")
    assert {"A report", "Disclaimer", *LICENCES} <= set(sources["source_title"])


def test_an_empty_map_is_a_geopackage_with_all_layers(package):
    path = package([])
    assert [len(layer(path, name)) for name in ("places", "claims", "zones", "log")] == [0, 0, 0, 0]


def test_hostile_names_and_values_go_into_a_geopackage_as_text(package):
    named = [feature("added", "x", Point(0, 0), fid="1", FID="2", geom="3", **{text: text}) for text in HOSTILE]
    path = package([*hostile_features(), *named])
    assert list(layer(path, "zones")["title"]) == [visible(text) for text in HOSTILE]


# --- print sheet


def test_the_sheet_is_a4_and_the_same_map_gives_the_same_bytes():
    first, second = (print_sheet(jermuk_features(), form="png", title="x", outline=OUTLINE) for _ in range(2))
    assert first == second
    assert Image.open(io.BytesIO(first)).size == (2338, 1653)  # 297 x 210 mm at 200 dots an inch


def test_paths_of_the_drawing_are_as_fine_as_a_printer_and_no_finer():
    rough = Point(45, 40).buffer(1, quad_segs=20_000)
    made = print_sheet([feature("area", "Round", rough)], form="svg", title="x", outline=page_assets().outline).decode()
    paths = re.findall(r' d="([^"]*)"', made)
    assert not re.search(r"\.\d{3}", " ".join(paths))
    assert max(len(path) for path in paths if path.count("z") == 1) < 100_000


def test_the_pdf_says_title_legend_claims_sources_scale_and_disclaimer():
    from pypdf import PdfReader

    pdf = PdfReader(io.BytesIO(print_sheet(jermuk_features(), form="pdf", title="Week $37$", outline=OUTLINE)))
    text = " ".join(pdf.pages[0].extract_text().split())
    for words in ("Week $37$", "LEGEND", "Claimed depth", "the head of the armed forces", "A report", " km", "opinion"):
        assert words in text
    assert "Disputed territory" in text
    assert "Added by the analyst" not in text


def test_crowded_places_all_have_their_name_on_the_sheet_beside_them_at_the_end_of_a_line_or_in_the_list():
    from matplotlib.figure import Figure

    names = [f"Village {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    spot = [feature("event-place", name, Point(45.7 + n / 5000, 39.8), f"v{n}") for n, name in enumerate(names)]
    panel = Figure().add_subplot()
    frame = frame_of((45, 39.4, 46.4, 40.2), aspect=1.27)
    nothing = {"land": [], "lakes": [], "border": [], "disputed": []}
    _, unnamed = draw_map(panel, frame, {"near": nothing, "far": nothing, "labels": []}, spot)
    written = [text.get_text() for text in panel.texts if not text.get_path_effects()]  # the others are halos
    assert sorted([*written, *unnamed]) == names
    assert len(written) > 4


def test_a_claim_on_the_sheet_names_its_side_which_colour_alone_does_not():
    from pypdf import PdfReader

    zones = [
        feature("zone-core", "10 km", box(45, 39, 46, 40), "a/core", zone_part="core", side="M23", status="claimed")
    ]
    pdf = PdfReader(io.BytesIO(print_sheet(zones, form="pdf", title="x", outline=OUTLINE)))
    assert "10 km (M23)" in " ".join(pdf.pages[0].extract_text().split())


def test_hostile_text_in_the_pdf_is_text_and_the_file_holds_nothing_that_acts():
    from pypdf import PdfReader

    places = [feature("added", text, Point(45 + n / 9, 39.7), f"p{n}", note=text) for n, text in enumerate(HOSTILE)]
    made = print_sheet([*hostile_features(), *places], form="pdf", title=" ".join(HOSTILE), outline=OUTLINE)
    pdf = PdfReader(io.BytesIO(made))
    [page] = pdf.pages
    said = page.extract_text()
    for text in ("<script>window.pwned=1</script>", "${window.pwned=1}", "{{7*7}}", "javascript:window.pwned=1//"):
        assert text in said, text
    assert not {c for c in said + str(pdf.metadata.title) if c != "\n" and visible(c) != c}  # nothing hides or reorders
    assert set(pdf.trailer["/Root"]) == {"/Type", "/Pages"}  # no action, script, form or file comes with it
    assert not page["/Annots"].get_object()
    for act in (b"/JavaScript", b"/JS", b"/OpenAction", b"/AA", b"/Launch", b"/URI", b"/EmbeddedFile", b"/GoToR"):
        assert act not in made


def test_hostile_text_on_the_sheet_is_drawn_and_never_markup():
    everything = " ".join(HOSTILE)
    svg = print_sheet(hostile_features(), form="svg", title=everything, outline=OUTLINE)
    root = etree.fromstring(svg)
    tags = {etree.QName(node).localname for node in root.iter() if isinstance(node.tag, str)}
    assert tags.isdisjoint({"script", "image", "foreignObject", "iframe", "a", "text", "base"})
    links = {value for node in root.iter() for name, value in node.items() if name.endswith("href")}
    assert all(link.startswith("#") for link in links)
    assert not [name for node in root.iter() for name in node.keys() if name.lower().startswith("on")]  # noqa: SIM118


@pytest.mark.parametrize(("lat", "lon"), [(39.8, 45.7), (-70, 10), (0, 179.9), (84, 0)])
def test_the_scale_of_the_sheet_is_true_in_metres_on_the_ellipsoid(lat, lon):
    import numpy as np

    from geo.geodesy import LonLat, destination

    frame = frame_of((lon - 0.2, lat - 0.2, lon + 0.2, lat + 0.2), aspect=1.27)
    length, words = scale_steps(frame)
    for azimuth in (0, 90, 225):
        end = destination(LonLat(lon=frame.lon, lat=frame.lat), azimuth=azimuth, distance_m=length)
        [at] = frame.project(np.array([[end.lon, end.lat]]))
        assert float(np.hypot(*at)) == pytest.approx(length, rel=1e-4)
    assert words.endswith("m")


def test_a_sheet_over_the_antimeridian_is_narrow():
    fiji = MultiPolygon([box(178, -19, 180, -16), box(-180, -19, -178, -16)])
    print_sheet([feature("area", "Fiji", fiji)], form="png", title="Fiji", outline=OUTLINE)
    assert frame_of((177.5, -19, -177.5, -16), aspect=1.27).half_width_m < 400_000


def test_a_land_that_the_edge_of_a_wide_map_cuts_is_drawn_on_both_sides_and_not_across():
    import numpy as np
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    frame = frame_of((-110, -60, -120, 60), aspect=1.2)  # opposite of its middle is 115° west
    land = [[[-130, 40], [-100, 40], [-100, 60], [-130, 60], [-130, 40]]]
    world = {"land": [land], "lakes": [], "border": [[[-130, 50], [-100, 50]]], "disputed": []}
    draw_map(ax, frame, {"near": world, "far": world, "labels": []}, [])
    widths = [np.ptp(path.vertices[:, 0]) for one in ax.collections for path in one.get_paths()]
    assert len(widths) >= 2
    assert max(widths) < 4_000_000  # metres; across it would be 20,000 km and more


def test_textures_stay_apart_in_grey_on_paper():
    import numpy as np
    from matplotlib.figure import Figure
    from matplotlib.path import Path

    from geo.render.sheet_map import draw_shape
    from geo.styles import look_of

    def patch(status):
        figure = Figure(figsize=(1, 1), dpi=96)
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set(xlim=(0, 1), ylim=(0, 1))
        corners = [(-1, -1), (2, -1), (2, 2), (-1, 2), (-1, -1)]
        zone = feature("zone-core", "x", box(0, 0, 1, 1), status=status)
        draw_shape(ax, Path(corners, closed=True), look_of(zone))
        out = io.BytesIO()
        figure.savefig(out, format="png")
        grey = np.asarray(Image.open(out).convert("L"), dtype=float)
        inner = grey[8:-8, 8:-8] / 255
        across, down = np.abs(np.diff(inner, axis=1)).mean(), np.abs(np.diff(inner, axis=0)).mean()
        slant = np.abs(inner[1:, 1:] - inner[:-1, :-1]).mean() - np.abs(inner[1:, :-1] - inner[:-1, 1:]).mean()
        return np.array([inner.mean(), across, down, slant])

    made = {status: patch(status) for status in STATUS_TEXTURES}
    assert len(HATCHES) == 5
    for a in made:
        for b in made:
            assert a == b or np.abs(made[a] - made[b]).max() > 0.03, (a, b)
