"""The strip along a border that a claim means: which border, which side of it, and where along it."""

import functools
import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely.geometry import MultiLineString, MultiPoint, MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.claims.model import DistanceClaim
from geo.errors import BordersError
from geo.geodesy import (
    METRES_PER_DEGREE,
    SHEET,
    LonLat,
    area_m2,
    band,
    buffer,
    clipped,
    cut,
    destination,
    distance_to,
    near_part,
    nearest_on,
    point_buffer,
    square_km,
    stretch,
    thinned,
    thinned_area,
)
from geo.places import Place
from geo.resolve import Resolution
from geo.shapes import COUNTRIES, REGIONS, CannotDraw, Scene, Shape, core_or, metres, places_of, references_of

SECTOR_REACH_M = 50_000.0  # a place farther from the border says nothing about where along it
SECTOR_REACH_BESIDE_M = 20_000.0  # the same, of a place that only a sentence beside the claim's names
SECTOR_ALLOWANCE_M = 2_500.0  # how far past the border line the sector of a remote place reaches
LINE_WIDTH_M = 1_000.0  # half of the width in which a stretch of a line is drawn
AZIMUTHS = {
    point: 22.5 * n
    for n, point in enumerate("N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split())
}  # fmt: skip
NOT_STATED = "location along the border not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The border that a claim means: the line, the land on the side that counts, and how both were found."""

    line: MultiLineString
    land: BaseGeometry
    between: tuple[str, ...]  # country codes or place ids, the side that counts first
    names: tuple[str, ...]
    dataset: str
    part_names: tuple[str, ...] = ()  # one for each part of `line`
    parts: tuple[str, ...] = ()  # the names of its separate parts, in no order
    assumptions: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Name the border: "the border of Armenia with Azerbaijan"."""
        return f"the border of {self.names[0]}" + (f" with {self.names[1]}" if len(self.names) > 1 else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """What limits a strip along its line: an area, the places that it was made from, and the reason in words."""

    area: BaseGeometry
    place_ids: tuple[str, ...]
    radius_m: float | None
    why: str
    to_line_m: float | None = None  # from the place to the line


# Which border


_OF_SOMETHING = re.compile(r"[A-Z]|\b(?:region|province|state|district|county|city|zone)['’]s\b")


def line_into(claim: DistanceClaim, scene: Scene) -> Line:
    """Find the border that a claim "into T" crosses: T's with the mover's country, else one that the text names."""
    named = references_of(claim)
    if not named:
        raise CannotDraw("the text does not say into whose territory")
    target = named[0]
    if target.kind not in COUNTRIES:
        return _edge_of(target, claim, scene)
    others = [place for place in named[1:] if place.kind in COUNTRIES]
    return _border(target, claim, scene, others=others)


def lines_at(claim: DistanceClaim, scene: Scene) -> list[Line]:
    """Find the sides of the border that a claim is measured from: one side, or both where nothing tells them apart."""
    countries = [place for place in references_of(claim) if place.kind in COUNTRIES]
    if any(_REGIONAL.search(reference.text) for reference in claim.references):
        return [_edge_of_named_region(claim, scene)]
    if not countries:
        for reference in claim.references:
            if _OF_SOMETHING.search(reference.text.removeprefix("The ")):
                raise CannotDraw(f"whose border {reference.text!r} means is not known")
        countries = _by_weight(scene.sentence, scene) or _by_weight(scene.article, scene)
        if not countries:
            raise CannotDraw("the text does not say whose border")
    first = _border(countries[0], claim, scene, others=countries[1:])
    sides = [first, *_turned(first, scene)]
    side = _side_of_state(claim, sides) or _side_by_direction(claim, sides) or _side_by_place(sides, scene)
    return [side] if side else sides


_REGIONAL = re.compile(
    r"\b(?:regional|provincial|oblast|district|county|administrative)['’]?s? (?:border|boundary)", re.I
)


def _edge_of_named_region(claim: DistanceClaim, scene: Scene) -> Line:
    """Take the outline of the region named last before "the regional border"; both of its sides count."""
    spoken = [*scene.nearby, *scene.sentence]
    before = [r for r in spoken if r.mention.span.start < claim.span.start and r.place and r.place.kind in REGIONS]
    region = before[-1].place if before else None
    land = scene.gazetteer.outline(region.id) if region else None
    if region is None or land is None or land.area == 0:
        raise CannotDraw("the words speak of a region's border, and do not say which region's")
    why = f"The border of a region is meant: {region.name} is the one named last; which side of it is not stated."
    return Line(
        line=_joined([land.boundary]), land=SHEET, between=(region.id,), names=(region.name,),
        dataset=scene.gazetteer.version, assumptions=(why,),
    )  # fmt: skip


def _border(target: Place, claim: DistanceClaim, scene: Scene, *, others: Sequence[Place]) -> Line:
    view, borders = scene.options.world_view, scene.borders
    code = target.country or target.id
    neighbours = borders.neighbours(code, view)
    if not neighbours:
        raise CannotDraw(f"{target.name} has no land border in {borders.dataset}")
    territory = borders.territory(code, view)
    other, how = _neighbour(neighbours, code, claim, scene, others)
    if other is None:
        lines = [borders.shared_border(code, neighbour, view).line for neighbour in neighbours]
        return Line(
            line=_joined(lines), land=territory.land, between=(code,), names=(target.name,), dataset=territory.dataset,
            assumptions=(f"No neighbour of {target.name} is named, so all of its land borders count.",),
        )  # fmt: skip
    border = borders.shared_border(code, other, view)
    name = _name_of(other, scene)
    return Line(
        line=border.line, land=territory.land, between=(code, other), names=(target.name, name),
        dataset=border.dataset, part_names=border.parts if len(border.parts) == len(border.line.geoms) else (),
        parts=border.parts, assumptions=(how.format(target=target.name, other=name),) if how else (),
    )  # fmt: skip


def _neighbour(
    neighbours: Sequence[str], code: str, claim: DistanceClaim, scene: Scene, others: Sequence[Place]
) -> tuple[str | None, str]:
    """Choose the other side, surest first: named with the border, the mover's, in the sentence, in the article."""
    mover = [claim.mover.place] if claim.mover and claim.mover.place else []
    steps: tuple[tuple[Sequence[Place], str], ...] = (
        (others, ""),
        (mover, ""),
        (_by_weight(scene.sentence, scene), "The sentence names {other}, so its border with {target} is meant."),
        (_by_weight(scene.nearby, scene), "The text around names {other}, so its border with {target} is meant."),
        (_by_weight(scene.article, scene), "The article names {other} most, so its border with {target} is meant."),
    )
    for places, how in steps:
        for place in places:
            if place.country and place.country != code and place.country in neighbours:
                return place.country, how
    if len(neighbours) == 1:
        return neighbours[0], "{other} is the only neighbour of {target}."
    return None, ""


def _by_weight(resolutions: Sequence[Resolution], scene: Scene) -> list[Place]:
    """Return the countries that are named, or that a named place lies in, most often first."""
    counts: Counter[str] = Counter()
    for place in places_of(resolutions):
        if place.country:
            counts[place.country] += 3 if place.kind in COUNTRIES else 1
    return [found for code, _ in counts.most_common() if (found := _country(code, resolutions)) is not None]


def _country(code: str, resolutions: Sequence[Resolution]) -> Place | None:
    inside = [place for place in places_of(resolutions) if place.country == code]
    for place in inside:
        if place.kind in COUNTRIES:
            return place
    return replace(inside[0], name=inside[0].country_name or code, kind="country") if inside else None


def _name_of(code: str, scene: Scene) -> str:
    for place in places_of(scene.article):
        if place.country == code and (place.kind in COUNTRIES or place.country_name):
            return place.name if place.kind in COUNTRIES else str(place.country_name)
    try:
        return scene.borders.territory(code, scene.options.world_view).name
    except BordersError:
        return code


def _edge_of(target: Place, claim: DistanceClaim, scene: Scene) -> Line:
    """Take the outline of a region as the line that is crossed; the part that faces the mover where that is known."""
    land = scene.gazetteer.outline(target.id)
    if land is None or land.area == 0:
        raise CannotDraw(f"the outline of {target.name} is not known")
    line = _joined([land.boundary])
    assumptions = (f"Measured from the outline of {target.name}.",)
    mover = claim.mover.place if claim.mover else None
    if mover is not None and mover.country and mover.kind in COUNTRIES and mover.id != target.id:
        try:
            theirs = scene.borders.territory(mover.country, scene.options.world_view).land
        except BordersError:
            theirs = None
        facing = _beside(line, theirs) if theirs is not None else MultiLineString()
        if facing.length > 0:
            line, assumptions = _joined([facing]), (f"Measured from where {target.name} meets {mover.name}.",)
    return Line(
        line=line, land=land, between=(target.id,), names=(target.name,), dataset=scene.gazetteer.version,
        assumptions=assumptions,
    )  # fmt: skip


def _beside(line: BaseGeometry, land: BaseGeometry) -> BaseGeometry:
    """Return the part of a line that lies in a land or within a hundredth of a degree of it."""
    west, south, east, north = line.bounds
    near = shapely.clip_by_rect(land, west - 0.02, south - 0.02, east + 0.02, north + 0.02)
    return shapely.intersection(line, shapely.buffer(near, 0.01))


def _turned(line: Line, scene: Scene) -> Iterator[Line]:
    if len(line.between) == 2:
        other = scene.borders.territory(line.between[1], scene.options.world_view)
        yield replace(line, land=other.land, between=line.between[::-1], names=line.names[::-1])


def _side_of_state(claim: DistanceClaim, sides: Sequence[Line]) -> Line | None:
    """Choose the side of the state that the distance is said of: what Israel evacuates lies in Israel."""
    state = claim.placed.place if claim.placed else None
    for side in sides if state and state.kind in COUNTRIES and len(sides) > 1 else ():
        if state and side.between[0] == state.country:
            why = f"What is spoken of lies in {state.name}, so that side of the border is meant."
            return replace(side, assumptions=(*side.assumptions, why))
    return None


def _side_by_place(sides: Sequence[Line], scene: Scene) -> Line | None:
    for resolutions in (scene.sentence, scene.nearby):
        for place in places_of(resolutions):
            for side in sides:
                if place.kind not in COUNTRIES and place.country == side.between[0] and len(sides) > 1:
                    why = f"{place.name} lies in {side.names[0]}, so that side of the border is meant."
                    return replace(side, assumptions=(*side.assumptions, why))
    return None


def _side_by_direction(claim: DistanceClaim, sides: Sequence[Line]) -> Line | None:
    """Choose the side that lies the stated way off the line, and of the line's parts those where it does."""
    if claim.direction is None or len(sides) < 2:
        return None
    step = max(claim.max_m or claim.min_m or 0.0, 1_000.0)
    parts = shapely.get_parts(shapely.line_merge(sides[0].line))
    tips = [_stepped(part, AZIMUTHS[claim.direction], step) for part in parts]
    hits = [[_share_inside(side.land, tip) for tip in tips] for side in sides]
    lengths = [part.length for part in parts]
    score = [sum(hit * length for hit, length in zip(row, lengths, strict=True)) for row in hits]
    best = max(range(len(sides)), key=score.__getitem__)
    if score[best] <= min(score):
        return None
    kept = [part for part, hit in zip(parts, hits[best], strict=True) if hit > 0.5] or list(parts)
    why = f"{sides[best].names[0]} lies on that side of the border."
    return replace(
        sides[best], line=_joined(kept), part_names=(), assumptions=(*sides[best].assumptions, why)
    )  # fmt: skip


def _stepped(line: BaseGeometry, azimuth: float, step_m: float) -> MultiPoint:
    """Return some thirty points that lie a step off a line."""
    points = [line.interpolate(n / 30, normalized=True) for n in range(1, 30)]
    ends = [destination(LonLat(lon=p.x, lat=p.y), azimuth=azimuth, distance_m=step_m) for p in points]
    return MultiPoint([(end.lon, end.lat) for end in ends])


def _share_inside(land: BaseGeometry, points: MultiPoint) -> float:
    at = shapely.get_coordinates(points)
    return float(shapely.intersects_xy(land, at[:, 0], at[:, 1]).mean())


def _joined(lines: Sequence[BaseGeometry]) -> MultiLineString:
    parts = [
        part for line in lines for part in shapely.get_parts(line) if part.geom_type in ("LineString", "LinearRing")
    ]
    return MultiLineString(parts)


# Where along it


def sector_of(lines: Sequence[Line], claim: DistanceClaim, scene: Scene) -> Sector | None:
    """Find what limits a claim along its line: places of its sentence near the line, else of the sentences beside it.

    A region on the side of the line that does not count limits nothing. The choice does not look at the claim's
    distance, so that a larger distance never gives a smaller zone.
    """
    line = lines[0]
    across = set(line.between) - {side.between[0] for side in lines}
    used = {place.id for place in references_of(claim) if place.kind in COUNTRIES}
    before = [r for r in scene.nearby if r.mention.span.start < claim.span.start]
    after = [r for r in scene.nearby if r.mention.span.start >= claim.span.start]
    for resolutions, where in (
        (scene.sentence, "which the sentence names"),
        (before, "named right before the claim"),
        (after, "named right after the claim"),
    ):
        found: dict[str, Sector] = {}
        for resolution in resolutions:
            place = resolution.place
            if place is None or place.id in used or resolution.mention.demonym or resolution.role == "dateline":
                continue
            if place.kind not in COUNTRIES and place.id not in found:
                sector = _around(place, line, scene, where, across=across, beside=resolutions is not scene.sentence)
                if sector is not None:
                    found[place.id] = sector
        if found:
            return _together(_closest(found, scene))
    return None


def _closest(found: Mapping[str, Sector], scene: Scene) -> list[Sector]:
    """Leave out the regions that hold a town or a district which is named too: that says more."""
    places = [place for id_ in found if (place := scene.gazetteer.place(id_))]
    spots = [place for place in places if found[place.id].radius_m or place.kind == "admin2"]
    return [
        sector
        for id_, sector in found.items()
        if sector.radius_m
        or not any(shapely.intersects_xy(sector.area, spot.at.lon, spot.at.lat) for spot in spots if spot.id != id_)
    ]


def _around(
    place: Place, line: Line, scene: Scene, where: str, *, across: Collection[str], beside: bool
) -> Sector | None:
    outline = scene.gazetteer.outline(place.id) if place.kind != "settlement" and place.has_outline else None
    if outline is not None and outline.area > 0:
        if place.country in across:
            return None
        grown = buffer(outline, distance_m=SECTOR_ALLOWANCE_M) if place.kind == "admin2" else outline
        if not shapely.intersects(grown, line.line) or shapely.contains(outline, line.line):
            return None
        return Sector(area=grown, place_ids=(place.id,), radius_m=None, why=f"limited to {place.name}, {where}")
    if place.kind not in ("settlement", "facility", "place", "mountain", "lake", "island"):
        return None
    _, far = nearest_on(line.line, place.at)
    if far > (SECTOR_REACH_BESIDE_M if beside else SECTOR_REACH_M):
        return None
    radius = max(scene.options.sector_m, far + SECTOR_ALLOWANCE_M)
    why = f"limited to {metres(radius)} around {place.name}, {where}"
    if radius > scene.options.sector_m:
        why += f" and which is {metres(far)} from the border"
    return Sector(
        area=point_buffer(place.at, radius_m=radius), place_ids=(place.id,), radius_m=radius, why=why, to_line_m=far
    )


def _together(sectors: Sequence[Sector]) -> Sector:
    if len(sectors) == 1:
        return sectors[0]
    return Sector(
        area=shapely.union_all([sector.area for sector in sectors]),
        place_ids=tuple(place_id for sector in sectors for place_id in sector.place_ids),
        radius_m=max((sector.radius_m for sector in sectors if sector.radius_m), default=None),
        why="; ".join(sector.why for sector in sectors),
    )


# The strip


def strip_shape(
    claim: DistanceClaim,
    lines: Sequence[Line],
    scene: Scene,
    *,
    core: tuple[float, float],
    fringe: tuple[float, float],
    assumptions: tuple[str, ...] = (),
) -> Shape:
    """Draw the strips between two distances from a border, on each of the sides given, within the claim's sector."""
    line = lines[0]
    sector = sector_of(lines, claim, scene)
    near, spare = _near(line.line, sector, fringe[1])
    fringe = max(0.0, fringe[0] - spare), fringe[1] + spare
    lands = _lands(lines, near, fringe[1], spare)
    fringe_shape = _strips(lands, near, sector, fringe)
    core_shape = fringe_shape if core == fringe else _strips([fringe_shape], near, None, core)
    if fringe_shape.is_empty:
        raise CannotDraw(f"no land of {line.names[0]} lies within {metres(fringe[1])} of {line.title}")
    warning = None if sector else f"{NOT_STATED}: the whole strip of {square_km(area_m2(fringe_shape))} is shown"
    return Shape(
        core=core_or(core_shape, fringe_shape),
        fringe=fringe_shape,
        sector=sector.why if sector else None,
        weak=sector is None,
        warning=warning,
        assumptions=(*line.assumptions, *_which_part(line, sector), *assumptions, *_thinned_by(spare)),
        border_dataset=line.dataset,
        where_prec=None if sector else 5,
        derivation={
            "border_between": list(line.between),
            "sides": [side.between[0] for side in lines],
            "sector_places": list(sector.place_ids) if sector else [],
            "sector_radius_m": sector.radius_m if sector else None,
            "place_to_border_m": round(sector.to_line_m, 1) if sector and sector.to_line_m is not None else None,
            "border_title": line.title,
            "thinned_m": spare,
            "core_m": list(core),
            "fringe_m": list(fringe),
        },
    )


def _near(line: MultiLineString, sector: Sector | None, depth_m: float) -> tuple[BaseGeometry, float]:
    """Return the part of a line that can matter, and by how many metres it had to be thinned."""
    if sector is None:
        return _thin_line(line)
    reach = buffer(shapely.convex_hull(sector.area), distance_m=depth_m * 1.01 + 100)
    return shapely.intersection(line, reach), 0.0


def _thin_line(line: BaseGeometry) -> tuple[BaseGeometry, float]:
    """Thin a line that is drawn as a whole until few enough vertices are left, and say by how many metres.

    That does not look at the claimed distance, so that a larger distance never gives a smaller zone.
    """
    thin, spare = line, 0.0
    for spare_m in TOLERANCES_M:
        if shapely.get_num_coordinates(thin) <= MOST_VERTICES:
            break
        thin, spare = thinned(line, tolerance_m=spare_m), spare_m
    return thin, spare


def _thinned_by(spare_m: float) -> tuple[str, ...]:
    return (
        (f"The whole line is thinned by up to {metres(spare_m)}, and the fringe grown by as much.",) if spare_m else ()
    )


def _lands(lines: Sequence[Line], near: BaseGeometry, depth_m: float, spare_m: float) -> list[BaseGeometry]:
    """Return the land of each side, thinned as the line is; where both count, also the gap that this leaves."""
    if spare_m < COARSE_M:
        return [line.land for line in lines]
    _, south, _, north = near.bounds
    room = 1.1 * depth_m / METRES_PER_DEGREE
    wide = room / max(0.01, math.cos(math.radians(min(89.0, max(abs(south), abs(north)) + room))))
    lands = [thinned_area(line.land, tolerance_m=spare_m, near=near, degrees=wide) for line in lines]
    return lands if len(lines) == 1 else [*lands, buffer(near, distance_m=2 * spare_m)]


def _strips(
    lands: Sequence[BaseGeometry], near: BaseGeometry, sector: Sector | None, depths: tuple[float, float]
) -> MultiPolygon:
    from_m, depth_m = depths
    both = band(near, depth_m=depth_m, from_m=max(0.0, from_m))
    if sector:
        both = cut(both, to=sector.area)
    parts = [cut(land, to=both) for land in lands]
    return parts[0] if len(parts) == 1 else cut(SHEET, to=shapely.union_all(parts))


def _which_part(line: Line, sector: Sector | None) -> tuple[str, ...]:
    """Say which of several parts of a border the sector lies on."""
    if sector is None:
        named = sorted({name for name in line.parts if name})
        told = f"{line.title[0].upper()}{line.title[1:]} has several parts ({', '.join(named)})"
        return (f"{told}; the text does not say which is meant, so all are shown.",) if len(named) > 1 else ()
    if len(line.line.geoms) < 2:
        return ()
    merged = shapely.get_parts(shapely.line_merge(line.line))
    if len(merged) < 2:
        return ()
    held = [n for n, part in enumerate(line.line.geoms) if shapely.intersects(part, sector.area)]
    names = sorted({line.part_names[n] for n in held if line.part_names and line.part_names[n]})
    which = f" ({', '.join(names)})" if names else ""
    return (f"{line.title[0].upper()}{line.title[1:]} has several parts; the part near the sector{which} is meant.",)


def stretch_shape(claim: DistanceClaim, scene: Scene, *, length_m: float) -> Shape:
    """Draw a stretch of a border: around a named place, or the whole line weakly where no place is named."""
    line = lines_at(claim, scene)[0]
    width = (f"The line is drawn {metres(2 * LINE_WIDTH_M)} wide.",)
    for place in places_of([*scene.sentence, *scene.nearby]):
        if place.kind == "settlement" and distance_to(line.line, place.at) <= SECTOR_REACH_M:
            part = stretch(line.line, around=place.at, length_m=length_m)
            longer = stretch(line.line, around=place.at, length_m=length_m * 1.5)
            return Shape(
                core=buffer(part, distance_m=LINE_WIDTH_M),
                fringe=buffer(longer, distance_m=LINE_WIDTH_M),
                sector=f"a stretch of {metres(length_m)} whose middle is nearest to {place.name}",
                assumptions=(*line.assumptions, *width, "Where the stretch begins and ends is not stated."),
                border_dataset=line.dataset,
                derivation=_of_stretch(line, length_m) | {"sector_places": [place.id], "longest_m": 1.5 * length_m},
            )
    thin, spare = _thin_line(line.line)
    whole = shapely.simplify(buffer(thin, distance_m=LINE_WIDTH_M + spare), spare / 4 / METRES_PER_DEGREE)
    return Shape(
        core=whole,
        fringe=whole,
        weak=True,
        warning=f"{NOT_STATED}: the whole line is shown, the text speaks of {metres(length_m)}",
        assumptions=(*line.assumptions, *width, *_thinned_by(spare)),
        border_dataset=line.dataset,
        where_prec=5,
        derivation=_of_stretch(line, length_m) | {"sector_places": [], "thinned_m": spare},
    )


def _of_stretch(line: Line, length_m: float) -> dict[str, Any]:
    return {
        "border_between": list(line.between),
        "border_title": line.title,
        "length_m": length_m,
        "half_width_m": LINE_WIDTH_M,
    }


def coast_shape(claim: DistanceClaim, scene: Scene, *, core: tuple[float, float], fringe: tuple[float, float]) -> Shape:
    """Draw the band of sea (or, for "within N km of the coast", of land and sea) at a distance from a coast."""
    named = references_of(claim)
    if not named:
        raise CannotDraw("the text does not say whose coast")
    place = named[0]
    line, title, limit = _coast_of(place, scene, fringe[1])
    share, whole = THINNED, line
    line = thinned(whole, tolerance_m=fringe[1] * share)
    while shapely.get_num_coordinates(line) > MOST_VERTICES and share < MOST_THINNED:
        share *= 2
        line = thinned(whole, tolerance_m=fringe[1] * share)
    if shapely.get_num_coordinates(line) > MOST_DRAWN:
        raise CannotDraw(f"the text does not say where along {title}, which is too long to be drawn at that distance")
    bands = [band(line, depth_m=outer, from_m=inner) for inner, outer in dict.fromkeys((core, fringe))]
    bands = [drawn if limit is None else shapely.intersection(drawn, limit) for drawn in (bands[0], bands[-1])]
    if claim.relation == "off":
        bands = _at_sea(bands, place, scene, share * fringe[1])
    if bands[1].is_empty:
        raise CannotDraw(f"no sea lies at that distance from {title}")
    weak = place.kind in COUNTRIES and near_part(line, around=place.at, within_m=3e5).length < line.length / 2
    return Shape(
        core=core_or(*bands),
        fringe=bands[1],
        weak=weak,
        warning=f"location along the coast not stated: {square_km(area_m2(bands[1]))} are shown" if weak else None,
        assumptions=(f"Measured from {title}, thinned to {share:.0%} of the distance.".replace("%", " %"),),
        border_dataset=scene.borders.dataset,
        where_prec=7,
        derivation={
            "coast_of": place.id,
            "coast_title": title,
            "thinned_m": round(share * fringe[1], 1),
            "core_m": list(core),
            "fringe_m": list(fringe),
        },
    )


MOST_DRAWN = 12_000  # vertices, two seconds; the coast of the United States at 15 m took minutes and gigabytes
THINNED, MOST_THINNED = 0.01, 0.16  # of the distance: a coast is no sharper; a country of islands is thinned more
MOST_VERTICES = 1_500
TOLERANCES_M = tuple(50.0 * 2**doubled for doubled in range(12))  # tried in turn on a border of many bends
COARSE_M = 300.0  # land is as coarse as that, and thinning it by less only costs time
SHARPEST_SEA_M = 1_000.0  # lands are taken out of a sea band as they are, unless it is thinned by more than this


def _coast_of(place: Place, scene: Scene, far_m: float) -> tuple[BaseGeometry, str, BaseGeometry | None]:
    view = scene.options.world_view
    if place.kind not in ("settlement", "facility", "place"):
        outline = None if place.kind in COUNTRIES else scene.gazetteer.outline(place.id)
        if outline is not None and outline.area > 0:
            return outline.boundary, f"the outline of {place.name}", None
    if not place.country:
        raise CannotDraw(f"the coast of {place.name} is not known")
    coast = scene.borders.coast(place.country, view)
    if coast.is_empty:
        raise CannotDraw(f"{place.name} has no coast in {scene.borders.dataset}")
    if place.kind in COUNTRIES:
        return coast, f"the coast of {place.name}", None
    around = scene.options.sector_m + distance_to(coast, place.at) + far_m
    part = near_part(coast, around=place.at, within_m=around)
    return part, f"the coast near {place.name}", point_buffer(place.at, radius_m=around)


def _at_sea(bands: Sequence[BaseGeometry], place: Place, scene: Scene, spare_m: float) -> list[BaseGeometry]:
    """Take the land of a place's state and of its neighbours out of bands around a coast."""
    view, borders, outer = scene.options.world_view, scene.borders, bands[1]
    if outer.is_empty or not place.country:
        return list(bands)
    states = [borders.territory(code, view).land for code in (place.country, *borders.neighbours(place.country, view))]
    if spare_m > SHARPEST_SEA_M:
        states = [thinned_area(land, tolerance_m=spare_m, near=outer) for land in states]
    return [
        functools.reduce(shapely.difference, [clipped(land, to=outer) for land in states], drawn) for drawn in bands
    ]
