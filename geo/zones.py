"""The shape of a claim: what its words support on the map, and no more."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.article import Article
from geo.borders import Borders
from geo.claims.model import Claim, DistanceClaim
from geo.errors import BordersError
from geo.geodesy import (
    LonLat,
    area_m2,
    buffer,
    corridor,
    cut,
    distance_m,
    lens,
    midpoint,
    point_buffer,
    ring,
    sector,
)
from geo.options import Options
from geo.places import AREA_KINDS, Gazetteer, Place
from geo.resolve import Resolution
from geo.shapes import COUNTRIES, CannotDraw, NotDrawn, Scene, Shape, core_or, metres, references_of
from geo.spread import Lens, Spread, Stated, spread_of
from geo.strips import AZIMUTHS, coast_shape, line_into, lines_at, stretch_shape, strip_shape

PEOPLE_PER_KM2 = 4_000  # of built-up land: a round figure, so that a million people make a radius of 9 km
SMALLEST_TOWN_M = 500.0
FROM_LINE = (0.08, 0.25)  # how far a distance from a line strays, core and fringe: about as from a town 20 km away
OPEN_END = 2.0  # "more than 10 km" is drawn to twice that
WIDTHS = (25.0, 45.0)  # degrees on either side of a direction where the distance is a bound
BARE_WIDTHS = (45.0, 60.0)
ENDS_APART_M = 300_000.0  # "between A and B" of towns farther apart than that is no location
NEAR_M = (2_000.0, 6_000.0)  # core and fringe of a bare "near X", outside the town's own size


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """The core (50 % of the probability) and fringe (90 %) of a drawn claim, WGS 84.

    For a bound without a distribution (an upper-bound strip) core and fringe are what the words allow, without and with
    the rounding of the number. `sector` says what limits it along a line and why; `weak` zones have no such limit and
    are drawn in the weakest style with `warning`.
    """

    claim: DistanceClaim
    core: BaseGeometry
    fringe: BaseGeometry
    area_m2: float  # of the fringe, on the ellipsoid
    where_prec: int  # UCDP 1..7
    geo_precision: int  # ACLED 1..3
    uncertainty_m: float
    sector: str | None = None  # "limited to 15 km around Jermuk, which the sentence names"
    weak: bool = False
    warning: str | None = None
    assumptions: tuple[str, ...] = ()  # sentences for a reader
    border_dataset: str | None = None
    derivation: Mapping[str, Any] = field(default_factory=dict)  # JSON values: distances used, references, data sets


def zones_of(
    claims: Sequence[Claim],
    resolutions: Sequence[Resolution],
    article: Article,
    *,
    gazetteer: Gazetteer,
    borders: Borders,
    options: Options,
) -> tuple[Zone, ...]:
    """Draw the claims of an article, in their order; those that get no shape are left out (see `drawings_of`)."""
    drawings = drawings_of(claims, resolutions, article, gazetteer=gazetteer, borders=borders, options=options)
    return tuple(drawing for drawing in drawings if isinstance(drawing, Zone))


def drawings_of(
    claims: Sequence[Claim],
    resolutions: Sequence[Resolution],
    article: Article,
    *,
    gazetteer: Gazetteer,
    borders: Borders,
    options: Options,
) -> tuple[Zone | NotDrawn, ...]:
    """Draw every distance claim of an article, or say why it is not drawn."""
    numbers = [article.sentence_at(resolution.mention.span.start).number for resolution in resolutions]
    drawings = []
    for claim in claims:
        if isinstance(claim, DistanceClaim):
            apart = [abs(number - claim.sentence_no) for number in numbers]
            drawings.append(
                zone_of(
                    claim,
                    gazetteer=gazetteer,
                    borders=borders,
                    options=options,
                    sentence=[r for r, far in zip(resolutions, apart, strict=True) if far == 0],
                    nearby=[r for r, far in zip(resolutions, apart, strict=True) if far == 1],
                    article=resolutions,
                )
            )
    return tuple(_one_thing(drawings, article))


_SAME_BREATH = re.compile(r"[\s,]{1,3}(?:and|but)?\s?")


def _one_thing(drawings: Sequence[Zone | NotDrawn], article: Article) -> list[Zone | NotDrawn]:
    """Intersect zones whose words follow each other: "25 km east of A and 60 km from B" is where both hold."""
    made = list(drawings)
    for n in range(1, len(made)):
        first, second = made[n - 1], made[n]
        if not (isinstance(first, Zone) and isinstance(second, Zone)):
            continue
        gap = article.text[first.claim.span.end : second.claim.span.start][:9]
        if first.claim.sentence_no == second.claim.sentence_no and _SAME_BREATH.fullmatch(gap):
            both = _both(first, second, article)
            if both is not None:
                because = f"it is shown with “{second.claim.span.of(article.text)}”: both say where one thing is"
                made[n - 1 : n + 1] = [NotDrawn(claim=first.claim, because=because), both]
    return made


def _both(first: Zone, second: Zone, article: Article) -> Zone | None:
    """Return what two zones share, None where they share nothing."""
    fringe = shapely.intersection(first.fringe, second.fringe)
    if fringe.area == 0:
        return None
    core = shapely.intersection(first.core, second.core)
    said = [zone.claim.span.of(article.text) for zone in (first, second)]
    told = f"“{said[0]}” and “{said[1]}” are said of one thing: what both allow is shown."
    uncertainty, assumptions = _reach_m(fringe), (*first.assumptions, *second.assumptions, told)
    return replace(
        second,
        core=core_or(core, fringe),
        fringe=fringe,
        area_m2=area_m2(fringe),
        where_prec=max(_where_prec(uncertainty), 2),
        geo_precision=_geo_precision(uncertainty),
        uncertainty_m=uncertainty,
        weak=first.weak and second.weak,
        warning=second.warning if first.weak and second.weak else None,
        assumptions=assumptions,
        derivation={
            **second.derivation,
            "assumptions": list(assumptions),
            "together_with": dict(first.derivation),
        },
    )


def zone_of(
    claim: DistanceClaim,
    *,
    gazetteer: Gazetteer,
    borders: Borders,
    options: Options,
    sentence: Sequence[Resolution] = (),
    nearby: Sequence[Resolution] = (),
    article: Sequence[Resolution] = (),
) -> Zone | NotDrawn:
    """Draw one claim.

    `sentence`, `nearby` and `article` are the resolutions of the claim's own sentence, of the sentences right before
    and after it, and of the whole text: they say which border is meant and where along it.
    """
    if not claim.draw:
        return NotDrawn(claim=claim, because=claim.not_drawn_because or "the words give no location")
    if (known := _is_of_a_known_place(claim)) is not None:
        return NotDrawn(claim=claim, because=f"it says where {known.name} lies, which the map shows: see its check")
    scene = Scene(
        gazetteer=gazetteer, borders=borders, options=options, sentence=sentence, nearby=nearby, article=article
    )
    try:
        shape = _on_land(_within_district(_shape_of(claim, scene), claim, scene), claim, scene)
    except (CannotDraw, BordersError) as reason:
        return NotDrawn(claim=claim, because=str(reason))
    return _zone(claim, shape, scene)


def _is_of_a_known_place(claim: DistanceClaim) -> Place | None:
    """Return the place whose distance from a border a claim states: it is drawn itself, and measured by a check."""
    place = claim.placed.place if claim.placed else None
    at_line = claim.reference_kind in ("border", "country") and claim.relation in ("from", "within", "direction_of")
    return place if place and at_line and place.kind in ("settlement", "facility") else None


def _zone(claim: DistanceClaim, shape: Shape, scene: Scene) -> Zone:
    uncertainty, assumptions = _reach_m(shape.fringe), (*_inferred(claim), *shape.assumptions)
    return Zone(
        claim=claim,
        core=shape.core,
        fringe=shape.fringe,
        area_m2=area_m2(shape.fringe),
        where_prec=shape.where_prec or _where_prec(uncertainty),
        geo_precision=_geo_precision(uncertainty),
        uncertainty_m=uncertainty,
        sector=shape.sector,
        weak=shape.weak,
        warning=shape.warning,
        assumptions=assumptions,
        border_dataset=shape.border_dataset,
        derivation={
            "relation": claim.relation,
            "bound": claim.bound,
            "stated_m": claim.value_m,
            "rounding_m": claim.rounding_m,
            "references": [
                {"id": place.id, "name": place.name, "lon": place.at.lon, "lat": place.at.lat}
                for place in references_of(claim)
            ],
            "gazetteer": scene.gazetteer.version,
            "world_view": str(scene.options.world_view),
            "border_dataset": shape.border_dataset,
            "sector": shape.sector,
            "assumptions": list(assumptions),
            **shape.derivation,
        },
    )


def _inferred(claim: DistanceClaim) -> tuple[str, ...]:
    """Return, as sentences, what was taken for a reference that the words only imply: "the border", "its capital"."""
    said = dict.fromkeys(reference.inferred for reference in claim.references if reference.inferred)
    return tuple(f"{how[0].upper()}{how[1:]}." for how in said)


def _where_prec(uncertainty_m: float) -> int:
    return 1 if uncertainty_m <= 1_000 else 2 if uncertainty_m <= 25_000 else 5


def _geo_precision(uncertainty_m: float) -> int:
    return 1 if uncertainty_m <= 1_000 else 2 if uncertainty_m <= 25_000 else 3


def _within_district(shape: Shape, claim: DistanceClaim, scene: Scene) -> Shape:
    """Keep what lies in the district that the words name too: "20 km west of Kandahar in Panjwayi District"."""
    if shape.sector is not None or claim.relation not in ("direction_of", "from", "within", "radius"):
        return shape
    used = {place.id for place in references_of(claim)}
    for resolution in scene.sentence:
        place, mention = resolution.place, resolution.mention
        if place is None or place.kind not in ("admin1", "admin2") or place.id in used or mention.demonym:
            continue
        before = 0 <= claim.span.start - mention.span.end <= 3 and f"{mention.text}, " in claim.quote
        after = 4 <= mention.span.start - claim.span.end <= 8 and (
            f" in {mention.text}" in claim.quote or f" in the {mention.text}" in claim.quote
        )
        outline = scene.gazetteer.outline(place.id) if (before or after) and place.has_outline else None
        fringe = shapely.intersection(shape.fringe, outline) if outline is not None else shape.fringe
        if outline is None or fringe.area == 0:
            continue
        core = shapely.intersection(shape.core, outline)
        return replace(
            shape,
            core=core_or(core, fringe),
            fringe=fringe,
            assumptions=(*shape.assumptions, f"Only what lies in {place.name}, which the words name too, is shown."),
            derivation={**shape.derivation, "within": place.id, "within_name": place.name},
        )
    return shape


_AT_SEA = re.compile(
    r"\b(?:sea|seas|seabed|ocean|gulf|strait|bay|waters?|offshore|coast|coastal|shore|shores|beach|island|islands|islets?|reefs?"
    r"|ships?|shipping|vessels?|boats?|ferry|ferries|tankers?|freighters?|trawlers?|dinghy|dinghies|yachts?|frigates?"
    r"|destroyers?|warships?|submarines?|navy|naval|maritime|marine|nautical|sailors?|fishing|fishermen|pirates?|cargo"
    r"|sank|sinking|sunk|capsized?|adrift|lake|dam|off|overboard|drown(?:ed|ing)?|airspace|aircraft|planes?|helicopters?|jets?"
    r"|(?:earth)?quakes?|epicentre|epicenter|tremor|tsunami|storm|hurricane|typhoon|cyclone|depression|oil|gas|rig)\b",
    re.I,
)
LARGEST_CUT_DEG = 8.0  # a zone wider than that is left as it is: its shape says little about a shore


def _on_land(shape: Shape, claim: DistanceClaim, scene: Scene) -> Shape:
    """Leave out the sea, unless the sentence may speak of something on it, over it or under it."""
    west, south, east, north = shape.fringe.bounds
    wide = max(east - west, north - south) > LARGEST_CUT_DEG
    if shape.border_dataset or wide or claim.reference_kind == "coast" or _AT_SEA.search(claim.quote):
        return shape
    window = shapely.box(west, south, east, north)
    land = scene.borders.land_in(window)
    if window.area - land.area <= 1e-9 * window.area:
        return shape
    fringe = cut(land, to=shape.fringe)
    if area_m2(fringe) >= area_m2(shape.fringe) * (1 - 1e-6):
        return shape
    if fringe.is_empty:
        told = "No land lies there in the data, so the sea is shown."
        return replace(shape, assumptions=(*shape.assumptions, told))
    core = cut(land, to=shape.core)
    return replace(
        shape,
        core=core_or(core, fringe),
        fringe=fringe,
        assumptions=(
            *shape.assumptions,
            "Something on land is meant: what lies in the sea or a large lake is left out.",
        ),
        derivation={**shape.derivation, "land": scene.borders.dataset},
    )


def _reach_m(geometry: BaseGeometry) -> float:
    """Return how far the farthest point of a shape is from its middle."""
    coords = shapely.get_coordinates(geometry)
    lon, lat = np.radians(coords[:, 0]), np.radians(coords[:, 1])
    x, y, z = np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)
    middle = [(axis.min() + axis.max()) / 2 for axis in (x, y, z)]
    at = LonLat(
        lon=math.degrees(math.atan2(middle[1], middle[0])),
        lat=math.degrees(math.atan2(middle[2], math.hypot(middle[0], middle[1]))),
    )
    farthest = int(np.argmin(x * middle[0] + y * middle[1] + z * middle[2]))
    return distance_m(at, LonLat(lon=float(coords[farthest, 0]), lat=float(coords[farthest, 1])))


# By relation


def _shape_of(claim: DistanceClaim, scene: Scene) -> Shape:
    match claim.relation:
        case _ if claim.reference_kind == "frontline":
            raise CannotDraw("the place of the front line on that day is not in the data")
        case "area":
            raise CannotDraw("an area is a number, not a shape: it stands on the card of its place")
        case "into":
            return _into(claim, scene)
        case "along":
            return _along(claim, scene)
        case "between":
            return _between(claim, scene)
        case "off":
            core, fringe = bands(claim, extent_m=0.0)
            return coast_shape(claim, scene, core=core, fringe=fringe)
    match claim.reference_kind:
        case "border":
            return _at_border(claim, scene)
        case "coast":
            core, fringe = bands(claim, extent_m=0.0)
            return coast_shape(claim, scene, core=core, fringe=fringe)
        case "country":
            if claim.relation in ("from", "within", "buffer", "direction_of"):
                return _at_border(claim, scene)
    return _around_place(claim, scene)


def _into(claim: DistanceClaim, scene: Scene) -> Shape:
    core, fringe = bands(claim, extent_m=0.0)
    assumptions = _open_ended(claim)
    if claim.bound in ("exact", "approx") and claim.value_m is not None:
        core, fringe = (0.0, core[1]), (0.0, fringe[1])
        assumptions += ("Everything between the border and the farthest point that was reached is shown.",)
    return strip_shape(claim, [line_into(claim, scene)], scene, core=core, fringe=fringe, assumptions=assumptions)


def _at_border(claim: DistanceClaim, scene: Scene) -> Shape:
    if claim.value_m is None and claim.max_m is None and claim.min_m is None:
        raise CannotDraw("no distance from the border is stated")
    core, fringe = bands(claim, extent_m=0.0)
    if claim.relation == "buffer":
        core, fringe = (0.0, core[1]), (0.0, fringe[1])
    lines = lines_at(claim, scene)
    both = ("The text does not say on which side of the border, so both are shown.",) if len(lines) > 1 else ()
    return strip_shape(claim, lines, scene, core=core, fringe=fringe, assumptions=(*_open_ended(claim), *both))


def _along(claim: DistanceClaim, scene: Scene) -> Shape:
    length = claim.value_m or claim.max_m or claim.min_m
    if length is None or claim.reference_kind not in ("border", "country"):
        raise CannotDraw(f"a stretch of a {claim.reference_kind} needs a line that the data does not have")
    return stretch_shape(claim, scene, length_m=length)


def _between(claim: DistanceClaim, scene: Scene) -> Shape:
    ends = references_of(claim)
    if len(ends) < 2:
        raise CannotDraw("only one of the two places is known")
    a, b = ends[0], ends[1]
    apart = distance_m(a.at, b.at)
    if apart == 0:
        raise CannotDraw("both ends are the same place")
    halfway = re.search(r"\b(?:half[ -]?way|midway)\b", f"{claim.hedge or ''} {claim.quantity}", re.I) is not None
    if claim.value_m is None and apart > ENDS_APART_M:
        raise CannotDraw(f"{a.name} and {b.name} are {metres(apart)} apart: that is too far to say where between them")
    widths = max(1_000.0, apart * 0.05), max(2_000.0, apart * 0.12)
    if halfway:
        widths = 2 * widths[0], 2 * widths[1]
        shapes = [point_buffer(midpoint(a.at, b.at), radius_m=width) for width in widths]
        assumed = f"a disc of {metres(widths[1])} around the middle"
    else:
        shapes = [corridor(a.at, b.at, half_width_m=width) for width in widths]
        assumed = f"a corridor of {metres(widths[1])} on either side"
    return Shape(
        core=shapes[0],
        fringe=shapes[1],
        assumptions=(
            f"{a.name} and {b.name} are {metres(apart)} apart in a straight line; {assumed} is assumed, "
            "since the road is not in the data.",
        ),
        derivation={"apart_m": apart, "half_widths_m": list(widths), "halfway": halfway},
    )


# Bounds


def bands(claim: DistanceClaim, *, extent_m: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the distances, inner and outer, that the words allow: of the core, and of the fringe.

    The fringe adds the rounding of the number and the size of what is measured from.
    """
    low, high = claim.min_m, claim.max_m
    if low is None and high is None:
        low = high = claim.value_m
    if low is None and high is None:
        raise CannotDraw("no distance is stated")
    spare = claim.rounding_m + extent_m
    if high is None:
        assert low is not None
        return (low, low * (1 + OPEN_END) / 2), (max(0.0, low - spare), low * OPEN_END + spare)
    low = low or 0.0
    if low == high:
        return (
            (low * (1 - FROM_LINE[0]), low * (1 + FROM_LINE[0])),
            (max(0.0, low * (1 - FROM_LINE[1]) - spare), low * (1 + FROM_LINE[1]) + spare),
        )
    if high <= low:
        raise CannotDraw(f"the distances {metres(low)} to {metres(high)} leave no room")
    return (low, high), (max(0.0, low - spare) if low else 0.0, high + spare)


def _open_ended(claim: DistanceClaim) -> tuple[str, ...]:
    if claim.max_m is None and claim.min_m is not None:
        return (f"The words set no upper limit; {metres(claim.min_m * OPEN_END)}, twice the stated, is assumed.",)
    return ()


# Around places


def town_radius_m(place: Place) -> float:
    """Return the assumed radius of a town: its people at 4,000 to the square kilometre, at least 500 m."""
    return max(SMALLEST_TOWN_M, 1000 * math.sqrt(place.population / PEOPLE_PER_KM2 / math.pi))


def _around_place(claim: DistanceClaim, scene: Scene) -> Shape:
    named = references_of(claim)
    if not named:
        words = claim.references[0].text if claim.references else "it"
        raise CannotDraw(f"where {words!r} is, is not known")
    place = named[0]
    if claim.reference_kind == "facility" and place.kind in COUNTRIES:
        raise CannotDraw(f"where {claim.references[0].text!r} is, is not known")
    if claim.reference_kind == "river" or place.kind == "river":
        raise CannotDraw(f"the course of {place.name} is not in the data")
    outline = scene.gazetteer.outline(place.id) if place.kind in AREA_KINDS and place.has_outline else None
    if outline is not None and outline.area > 0:
        return _around_outline(claim, place, outline)
    if place.kind in COUNTRIES or place.kind in {"admin1", "admin2", "region", "disputed"}:
        raise CannotDraw(f"{place.name} has no outline in the data to measure from")
    shape = _around_point(claim, place)
    if not place.off_m:
        return shape
    off = f"Where {place.name} is, is known to about {metres(place.off_m)} only: the outer area is so much wider."
    fringe = buffer(shape.fringe, distance_m=place.off_m)
    return replace(shape, fringe=fringe, assumptions=(*shape.assumptions, off))


def _around_point(claim: DistanceClaim, place: Place) -> Shape:
    radius = town_radius_m(place)
    size = f"{place.name} is taken as a disc of {metres(radius)} around its point, from its population."
    if claim.value_m and claim.min_m == claim.max_m and claim.relation in ("from", "direction_of", "off", "other"):
        return _calibrated(claim, place, claim.value_m)
    if _is_bare(claim):
        core, fringe = ((0.0, radius + extra) for extra in NEAR_M)
        told = f"No distance is stated: up to {metres(fringe[1])} is assumed, from the size of {place.name}."
    else:
        core, fringe = bands(claim, extent_m=radius)
        told = " ".join(_open_ended(claim))
    widths = BARE_WIDTHS if _is_bare(claim) else WIDTHS
    return Shape(
        core=_wedge(place.at, core, claim, widths[0]),
        fringe=_wedge(place.at, fringe, claim, widths[1]),
        assumptions=(size, told) if told else (size,),
        derivation={
            "azimuth": _azimuth(claim),
            "core_m": list(core),
            "fringe_m": list(fringe),
            "town_radius_m": round(radius, 1),
        },
    )


def _azimuth(claim: DistanceClaim) -> float | None:
    return AZIMUTHS[claim.direction] if claim.direction else None


def _wedge(at: LonLat, band: tuple[float, float], claim: DistanceClaim, half_width: float) -> MultiPolygon:
    azimuth = _azimuth(claim)
    if azimuth is None:
        return ring(at, inner_m=band[0], outer_m=band[1])
    return sector(at, inner_m=band[0], outer_m=band[1], azimuth=azimuth, half_width=half_width)


def _is_bare(claim: DistanceClaim) -> bool:
    return claim.value_m is None and claim.min_m is None and claim.max_m is None


def _calibrated(claim: DistanceClaim, place: Place, stated_m: float) -> Shape:
    """Draw the regions that were fitted on known offsets; the number's usual rounding is in them."""
    spread = spread_of(
        Stated(
            distance_m=stated_m,
            directed=claim.direction is not None,
            cardinal=claim.direction in ("N", "E", "S", "W"),
            hedge=claim.hedge,
            miles="mi" in claim.quantity.partition("(")[0].lower(),
            converted="(" in claim.quantity,
            population=place.population,
        )
    )
    return calibrated_shape(place.at, stated_m, _azimuth(claim), spread)


def calibrated_shape(at: LonLat, stated_m: float, azimuth: float | None, spread: Spread) -> Shape:
    """Draw a fitted spread around a point."""
    return Shape(
        core=_lens(at, stated_m, azimuth, spread.core),
        fringe=_lens(at, stated_m, azimuth, spread.fringe),
        derivation={
            "azimuth": azimuth,
            "core": _in_metres(spread.core, stated_m),
            "fringe": _in_metres(spread.fringe, stated_m),
            "sizes": "fitted on known offsets: 50 % and 90 % of them lie inside",
        },
    )


LENS_STEPS = np.sin(np.linspace(-np.pi / 2, np.pi / 2, 49))  # closer together where the lens narrows


def _lens(at: LonLat, stated_m: float, azimuth: float | None, shape: Lens) -> MultiPolygon:
    if azimuth is None:
        inner, outer = shape.ratios(0.0)
        return ring(at, inner_m=inner * stated_m, outer_m=outer * stated_m)
    room = (1 - np.abs(LENS_STEPS) ** shape.side_power) ** (1 / shape.power)
    return lens(
        at,
        azimuth=azimuth,
        angles=shape.half_width * LENS_STEPS,
        inner_m=stated_m * np.exp(shape.middle + shape.low * room),
        outer_m=stated_m * np.exp(shape.middle + shape.high * room),
    )


def _in_metres(shape: Lens, stated_m: float) -> dict[str, Any]:
    inner, outer = shape.ratios(0.0)
    return {
        "inner_m": round(inner * stated_m, 1),
        "outer_m": round(outer * stated_m, 1),
        "half_width_deg": round(shape.half_width, 1),
        "powers": [shape.power, shape.side_power],
    }


def _around_outline(claim: DistanceClaim, place: Place, outline: BaseGeometry) -> Shape:
    """Draw a distance from an area, measured from its edge outwards; "within" takes the area in."""
    assumptions = [f"Measured from the edge of {place.name}."]
    if _is_bare(claim):
        core, fringe = (0.0, NEAR_M[0]), (0.0, NEAR_M[1])
        assumptions.append(f"No distance is stated: up to {metres(NEAR_M[1])} from the edge is assumed.")
    else:
        core, fringe = bands(claim, extent_m=0.0)
    inside = claim.relation in ("within", "radius", "buffer") and claim.direction is None
    shapes = []
    for (inner, outer), width in ((core, 30.0), (fringe, 50.0)):
        shape: BaseGeometry = buffer(outline, distance_m=outer)
        if inner > 0:
            shape = shapely.difference(shape, buffer(outline, distance_m=inner))
        elif not inside:
            shape = shapely.difference(shape, outline)
        if claim.direction is not None:
            middle = LonLat(lon=outline.centroid.x, lat=outline.centroid.y)
            far = _reach_m(shape) * 2.5
            wedge = sector(middle, inner_m=0, outer_m=far, azimuth=AZIMUTHS[claim.direction], half_width=width)
            shape = shapely.intersection(shape, wedge)
        shapes.append(shape)
    if shapes[1].is_empty:
        raise CannotDraw(f"no land or sea lies that way from {place.name}")
    return Shape(
        core=core_or(*shapes),
        fringe=shapes[1],
        assumptions=(*assumptions, *_open_ended(claim)),
        derivation={"outline_of": place.id, "core_m": list(core), "fringe_m": list(fringe)},
    )
