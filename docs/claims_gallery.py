"""Make docs/claims/: forms of a claim, what is read of each, and a picture of its zone.

PYTHONPATH=. python docs/claims_gallery.py     writes docs/claims/README.md and one SVG a drawn form; no network
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geo.claims.model import AreaClaim, DistanceClaim
from geo.front_door import installed_borders, installed_gazetteer, read_article
from geo.geodesy import clipped, square_km
from geo.places import Place
from geo.reading import Reading
from geo.render.escape import as_html
from geo.render.html import WORLD
from geo.render.sheet_map import INK, LAND, SEA, Frame, frame_of
from geo.shapes import NotDrawn, metres, places_of, references_of
from geo.zones import Zone, drawings_of

HERE = Path(__file__).resolve().parent / "claims"
WIDTH, HEIGHT = 420, 280
ZONE, LINE = "#8a3b00", "#6b6375"
MARGIN = 0.25  # of the zone's extent, around it
FORMS: tuple[tuple[str, str], ...] = (
    ("into, an upper bound", "Azerbaijani troops advanced up to 7.5 km into Armenia near Jermuk, the ministry said."),
    ("into, as far as stated", "Ukrainian forces moved 10 kilometres into Russia at Sudzha, an aide claimed."),
    ("into, more than", "Ukrainian troops pushed more than 12 km into Russia near Sudzha."),
    ("into, no sector named", "Azerbaijani forces went as much as 3 miles into Armenia."),
    ("from a border, one side", "The depot stood 15 km from the border with Ukraine, in Sudzha in Russia."),
    ("within a distance of a border", "Schools within 20 km of the Ukrainian border near Sudzha in Russia were shut."),
    ("direction, four points", "The bridge is 12 km north of Poltava."),
    ("direction, eight points", "A fire broke out about 25 km south-west of Kharkiv."),
    ("direction, sixteen points", "The convoy stopped 40 miles north-northeast of Khartoum."),
    ("distance and conversion", "The quarry lies 27 km (17 miles) west of Goma."),
    ("within", "Two shells landed within 5 km of Sake."),
    ("radius", "Everyone in a 10-km radius of Kharkiv was told to leave."),
    ("a ring: distance alone", "The camp is 30 km from Goma."),
    ("at least", "The rebels were at least 20 km from Goma, the governor said."),
    ("a range of distances", "They dug in between 10 and 15 km south of Kharkiv."),
    ("near", "Engineers cleared mines near Izium."),
    ("just beside, with a direction", "The column was seen just south of Izium."),
    ("outskirts", "Gunfire was heard on the outskirts of Goma."),
    ("off a coast", "The ship sank 12 nautical miles off the coast of Lebanon."),
    ("off a town", "A boat was stopped 5 nautical miles off Tyre."),
    ("buffer zone, both sides", "They agreed on a buffer zone 5 km on either side of the Armenia-Azerbaijan border."),
    ("buffer zone, one side", "Israel wants a buffer zone reaching 5 km into Lebanon."),
    ("buffer zone, inside one state", "Israel wants a 5-km buffer zone inside Lebanon."),
    ("along a stretch", "Trenches were dug along a 20-km stretch of the border of Russia with Ukraine near Sudzha."),
    ("between two towns", "A bus was stopped between Kharkiv and Izium."),
    ("halfway", "The truck burned out halfway between Kharkiv and Izium."),
    ("on the road", "Mines were found on the road between Kharkiv and Izium."),
    ("beside an embassy", "Two rockets fell within a mile of the Turkish embassy in Tripoli."),
    ("a known town and its distance", "Shells hit the Russian town of Belgorod, 40 km from the border with Ukraine."),
    ("an area", "Ukraine said that it held 1,000 square kilometres around Sudzha."),
    ("several clauses", "Trenches were dug in Russia's Kursk region, 10 km from the border with Ukraine."),
    ("a weapon's range", "Goma lies in reach of the guns, which have a range of 40 km."),
    ("a road's length", "Work began on the 60-km road from Kharkiv to Izium."),
    ("a time on the way", "The camp is two hours' drive from Goma."),
    ("a district and a border", "Troops are in the Sudzha district, 10 km from the border with Ukraine, Russia said."),
    ("two distances", "The wreck lay 60 km east of Kharkiv and 40 km north of Izium."),
    ("a list of distances", "Three villages 5, 8 and 12 km north of Goma were shelled."),
)


def main() -> None:
    """Write the page and its pictures."""
    HERE.mkdir(exist_ok=True)
    for old in HERE.glob("*.svg"):
        old.unlink()
    parts = [HEAD, *(entry(number, *form) for number, form in enumerate(FORMS, start=1))]
    (HERE / "README.md").write_text("\n".join(parts), encoding="utf-8")
    size = sum(path.stat().st_size for path in HERE.iterdir())
    print(f"{len(FORMS)} forms, {len(list(HERE.glob('*.svg')))} pictures, {size:,} bytes")


HEAD = """# Forms of a claim

Made by `PYTHONPATH=. python docs/claims_gallery.py` with the installed data. The sentences are invented, the places are
not. Dark is the core (50 %), light the fringe (90 %); a dashed outline is a weak zone, not limited along its line.
North is up, the scale is true in the middle, grey lines are borders, coasts and the shores of lakes.
"""


def entry(number: int, form: str, text: str) -> str:
    """Return one form as Markdown, and write its picture where there is a zone."""
    reading = read_article(text)
    drawings = drawings_of(
        reading.claims,
        reading.resolutions,
        reading.article,
        gazetteer=installed_gazetteer(),
        borders=installed_borders(),
        options=reading.options,
    )
    rows = [f"\n## {number}. {form[0].upper()}{form[1:]}\n", f"> {as_html(text)}\n"]
    zones = [drawing for drawing in drawings if isinstance(drawing, Zone)]
    read = list(what_was_read(reading, drawings)) or [
        "not drawn, because: the words are not read as a claim of a place"
    ]
    rows += [f"- {as_html(line)}" for line in read]
    if zones:
        name = f"{number:02}.svg"
        (HERE / name).write_text(picture(reading, zones, form), encoding="utf-8")
        rows.append(f"\n![{form}: its zone]({name})")
    return "\n".join(rows)


def what_was_read(reading: Reading, drawings: tuple[Zone | NotDrawn, ...]) -> Iterator[str]:
    """Yield what was read of each claim, and what was drawn or why not."""
    for drawing in drawings:
        claim = drawing.claim
        yield f"read: {', '.join(_fields(claim))}"
        if isinstance(drawing, NotDrawn):
            yield f"not drawn, because: {drawing.because}"
            continue
        yield f"drawn: {square_km(drawing.area_m2)}" + (f", {drawing.sector}" if drawing.sector else "")
        yield from filter(None, (drawing.warning, *drawing.assumptions))
    for area in reading.claims:
        if isinstance(area, AreaClaim):
            yield f"read: an area, {square_km(area.value_m2)}, bound {area.bound}, claimant {area.claimant or 'nobody'}"
            yield "not drawn, because: an area is a number on the card of its place, not a shape"


def _fields(claim: DistanceClaim) -> Iterator[str]:
    yield f"relation {claim.relation}"
    if claim.min_m is not None or claim.max_m is not None:
        low, high = (metres(m) if m is not None else "no limit" for m in (claim.min_m, claim.max_m))
        yield f"bound {claim.bound} ({low if low == high else f'{low} to {high}'})"
    if claim.hedge:
        yield f"hedge “{claim.hedge}”"
    if claim.direction:
        yield f"direction {claim.direction}"
    names = " and ".join(f"“{reference.text}”" for reference in claim.references)
    yield f"reference {names or 'none'} ({claim.reference_kind})"
    if claim.claimant:
        yield f"claimant “{claim.claimant}”"


def picture(reading: Reading, zones: list[Zone], form: str) -> str:
    """Draw zones on the land around them, with the places that the sentence names, as SVG."""
    towns = {place for place in places_of(reading.resolutions) if place.kind == "settlement"}
    frame = _frame(zones, towns)
    shapes = [_path(frame, land, f'fill="{LAND}" stroke="{LINE}" stroke-width="1"') for land in _lands(frame, reading)]
    for zone in zones:
        dash = ' stroke-dasharray="5 3"' if zone.weak else ""
        look = f'fill="{ZONE}" stroke="{ZONE}" fill-opacity='
        shapes += [_path(frame, zone.fringe, f'{look}"0.22"{dash}'), _path(frame, zone.core, f'{look}"0.35" {dash}')]
    shapes += [_town(frame, town) for town in sorted(towns, key=lambda town: town.id)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="sans-serif" font-size="11" role="img"><title>{as_html(form)}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{SEA}"/>\n' + "\n".join(filter(None, shapes)) + "\n"
        f"{_scale_bar(frame)}\n"
        f'<path d="M{WIDTH - 16} 30V10M{WIDTH - 20} 16L{WIDTH - 16} 9L{WIDTH - 12} 16" fill="none" stroke="{INK}"/>'
        f'<text x="{WIDTH - 20}" y="42">N</text>\n</svg>\n'
    )


def _frame(zones: list[Zone], towns: set[Place]) -> Frame:
    """Fit a frame to the zones and to what they are measured from, towns that are far off left out."""
    used = {place.id for zone in zones for place in references_of(zone.claim)}
    near = [shapely.Point(town.at.lon, town.at.lat) for town in towns if town.id in used]
    west, south, east, north = shapely.union_all([*(zone.fringe for zone in zones), *near]).bounds
    x, y = MARGIN * (east - west), MARGIN * (north - south)
    bounds = max(WORLD[0], west - x), south - y, min(WORLD[2], east + x), north + y
    return frame_of(bounds, aspect=WIDTH / HEIGHT)


def _lands(frame: Frame, reading: Reading) -> Iterator[BaseGeometry]:
    """Yield the territories in the frame: of the countries of the places named, and of their neighbours."""
    borders, view = installed_borders(), reading.options.world_view
    named = {place.country for place in places_of(reading.resolutions) if place.country}
    codes = named | {other for code in named for other in borders.neighbours(code, view)}
    reach = 1.5 * max(frame.half_width_m, frame.half_height_m) / 111_000
    wide = reach / max(0.2, np.cos(np.radians(frame.lat)))
    window = box(frame.lon - wide, frame.lat - reach, frame.lon + wide, frame.lat + reach)
    for code in sorted(codes):
        yield clipped(borders.territory(code, view).land, to=window)


def _pixels(frame: Frame, positions: np.ndarray) -> np.ndarray:
    scale = WIDTH / 2 / frame.half_width_m
    return frame.project(positions) * (scale, -scale) + (WIDTH / 2, HEIGHT / 2)


def _path(frame: Frame, geometry: BaseGeometry, look: str) -> str:
    """Return a geometry as an SVG path, in half pixels."""
    drawn = shapely.transform(shapely.segmentize(geometry, 0.25), lambda at: _pixels(frame, at))
    window = box(-10, -10, WIDTH + 10, HEIGHT + 10)
    drawn = shapely.intersection(shapely.make_valid(shapely.simplify(drawn, 0.3)), window)
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(drawn))]
    lines = ("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring[:-1]) + "Z" for ring in rings)
    data = "".join(lines)
    return f'<path d="{data}" fill-rule="evenodd" {look}/>' if data else ""


def _town(frame: Frame, town: Place) -> str:
    ((x, y),) = _pixels(frame, np.array([[town.at.lon, town.at.lat]]))
    if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
        return ""
    side, anchor = (5, "start") if x < WIDTH - 60 else (-5, "end")
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{INK}"/>'
        f'<text x="{x + side:.1f}" y="{y - 4:.1f}" text-anchor="{anchor}" '
        f'stroke="#fff" stroke-width="2" paint-order="stroke">'
        f"{as_html(town.name)}</text>"
    )


def _scale_bar(frame: Frame) -> str:
    """Return a bar of 1, 2 or 5 times a power of ten, at most a third of the width long."""
    most = 2 * frame.half_width_m / 3
    power = 10.0 ** np.floor(np.log10(most))
    length = max(step * power for step in (1, 2, 5) if step * power <= most)
    end = 12 + length * WIDTH / 2 / frame.half_width_m
    words = as_html(metres(length))
    return (
        f'<path d="M12 {HEIGHT - 16}V{HEIGHT - 12}H{end:.1f}V{HEIGHT - 16}" fill="none" stroke="{INK}"/>'
        f'<text x="14" y="{HEIGHT - 18}" stroke="#fff" stroke-width="2" paint-order="stroke">{words}</text>'
    )


if __name__ == "__main__":
    main()
