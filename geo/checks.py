"""Does what the report says agree with what the map says, and with itself?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from geo.borders import Borders
from geo.claims.model import AreaClaim, Claim, CountClaim, DistanceClaim
from geo.errors import BordersError
from geo.geodesy import azimuth_deg, distance_m, distance_to, square_km
from geo.options import Options
from geo.places import Gazetteer, Place
from geo.resolve import Resolution
from geo.shapes import COUNTRIES, CannotDraw, Scene, metres, references_of
from geo.strips import AZIMUTHS, Line, lines_at
from geo.zones import Zone, town_radius_m

Verdict = Literal["agrees", "doubtful", "contradicts"]

GAP_CHARACTERS = 30  # "Sudzha, a town of 5,000 about 10 km from the border" is longer: then the figure must name it
TOLERANCE = {"exact": 0.10, "approx": 0.20, "max": 0.05, "min": 0.05, "range": 0.10}  # of the stated distance
BY_ROAD = 0.30  # a stated distance between towns is often the road's: that much longer than the straight line
DOUBTFUL = 1.5  # beyond the tolerance, up to this factor is doubtful, more contradicts
OTHER_PLACE = 8.0  # so many times as far away as stated, the name was rather misread than the distance
ANOTHER_PLACE = "Perhaps another place of that name is meant."
OTHER_EVENT = 3.0  # a total so many times the sum counts the dead of another war
DOUBTFUL_DEGREES, WRONG_DEGREES = 50.0, 90.0  # 90 % of true directions lie within 35 degrees of the stated one


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One comparison of a stated with a measured or another stated value, in words and numbers."""

    claims: tuple[Claim, ...]
    verdict: Verdict
    text: str  # "The report puts Sudzha 10 km from the border; on this border it is 8.4 km."
    stated_m: float | None = None
    measured_m: float | None = None
    place_id: str | None = None  # the place that was measured: its card shows the check
    left_m: float | None = None  # what an advance leaves on the map up to that place


def checks_of(
    claims: Sequence[Claim],
    resolutions: Sequence[Resolution],
    zones: Sequence[Zone],
    *,
    gazetteer: Gazetteer,
    borders: Borders,
    options: Options,
) -> tuple[Check, ...]:
    """Compare the claims of an article with the map and with each other, in the order of the text."""
    scene = Scene(gazetteer=gazetteer, borders=borders, options=options, article=resolutions)
    distances = [claim for claim in claims if isinstance(claim, DistanceClaim)]
    checks = [
        *(check for claim in distances for check in _measured(claim, resolutions, scene)),
        *(check for zone in zones for check in _what_is_left(zone, scene)),
        *_same_thing(distances),
        *_sums([claim for claim in claims if isinstance(claim, CountClaim)]),
        *_areas([claim for claim in claims if isinstance(claim, AreaClaim)], distances, zones),
    ]
    return tuple(sorted(checks, key=lambda check: check.claims[0].span.start))


# Stated against measured


def _measured(claim: DistanceClaim, resolutions: Sequence[Resolution], scene: Scene) -> Iterator[Check]:
    place = _placed(claim, resolutions)
    if place is None or claim.relation not in ("from", "within", "direction_of") or _interval(claim) is None:
        return
    if claim.reference_kind in ("border", "country"):
        yield from _from_border(claim, place, scene)
    elif claim.reference_kind in ("settlement", "facility") and (named := references_of(claim)):
        yield from _from_place(claim, place, named[0])


_TOO_WIDE = COUNTRIES | {"admin1", "admin2", "region", "disputed", "continent"}  # not 40 km from anything


def _placed(claim: DistanceClaim, resolutions: Sequence[Resolution]) -> Place | None:
    """Return the place that the claim locates: named by its figure, or standing right before its words."""
    if claim.placed and claim.placed.place and claim.placed.place.kind not in _TOO_WIDE:
        return claim.placed.place
    used = {place.id for place in references_of(claim)}
    before: Place | None = None
    for resolution in resolutions:
        place, span = resolution.place, resolution.mention.span
        if place is None or place.kind in _TOO_WIDE or place.id in used or resolution.mention.demonym:
            continue
        if 0 <= claim.span.start - span.end <= GAP_CHARACTERS and resolution.mention.text in claim.quote:
            before = place
        elif claim.figure and resolution.mention.text == claim.figure.strip():
            return place
    return before


def _from_border(claim: DistanceClaim, place: Place, scene: Scene) -> Iterator[Check]:
    try:
        sides = lines_at(claim, scene)
    except (CannotDraw, BordersError):
        return
    line = sides[0]
    measured = distance_to(line.line, place.at)
    verdict = _verdict(claim, measured, slack_m=_extent_m(place), shorter=0.0)
    text = (
        f"The report puts {place.name} {_stated(claim)} from {_title(line)}; on this border it is {metres(measured)}."
    )
    if _is_another_place(claim, verdict, measured):
        verdict, text = "doubtful", f"{text} {ANOTHER_PLACE}"
    yield _measurement(claim, place, verdict, text, measured)


def _extent_m(place: Place) -> float:
    return town_radius_m(place) + place.off_m


def _measurement(claim: DistanceClaim, place: Place, verdict: Verdict, text: str, measured_m: float) -> Check:
    return Check(
        claims=(claim,),
        verdict=verdict,
        text=text,
        stated_m=claim.value_m,
        measured_m=round(measured_m, 1),
        place_id=place.id,
    )


def _title(line: Line) -> str:
    return line.title if len(line.names) > 1 else "the border"


def _from_place(claim: DistanceClaim, place: Place, other: Place) -> Iterator[Check]:
    measured = distance_m(place.at, other.at)
    slack = _extent_m(place) + _extent_m(other)
    verdict = _verdict(claim, measured, slack_m=slack, shorter=BY_ROAD)
    text = (
        f"The report puts {place.name} {_stated(claim)} from {other.name}; in a straight line it is {metres(measured)}."
    )
    if _is_another_place(claim, verdict, measured):
        yield _measurement(claim, place, "doubtful", f"{text} {ANOTHER_PLACE}", measured)
        return
    if claim.direction is not None and measured > slack:
        azimuth = azimuth_deg(other.at, place.at)
        off = abs((azimuth - AZIMUTHS[claim.direction] + 180) % 360 - 180)
        if off > DOUBTFUL_DEGREES:
            verdict = "contradicts" if off > WRONG_DEGREES else "doubtful" if verdict == "agrees" else verdict
            text += f" It says {claim.direction}; on the map it is {_compass(azimuth)}."
    yield _measurement(claim, place, verdict, text, measured)


def _is_another_place(claim: DistanceClaim, verdict: Verdict, measured: float) -> bool:
    return verdict == "contradicts" and measured > OTHER_PLACE * (claim.max_m or claim.min_m or measured)


def _compass(azimuth: float) -> str:
    return list(AZIMUTHS)[round(azimuth / 22.5) % 16]


def _interval(claim: DistanceClaim) -> tuple[float, float] | None:
    if claim.min_m is None and claim.max_m is None:
        return None
    return claim.min_m or 0.0, float("inf") if claim.max_m is None else claim.max_m


def _verdict(claim: DistanceClaim, measured: float, *, slack_m: float, shorter: float) -> Verdict:
    """Judge a measured distance against the stated bounds, their rounding, their hedge, and the size of the places."""
    interval = _interval(claim)
    assert interval is not None
    tolerance = TOLERANCE[claim.bound] + (0.1 if claim.vague else 0.0)
    spare = slack_m + claim.rounding_m
    low = interval[0] * (1 - tolerance - shorter) - spare
    high = interval[1] * (1 + tolerance) + spare
    if low <= measured <= high:
        return "agrees"
    return "doubtful" if low / DOUBTFUL <= measured <= high * DOUBTFUL else "contradicts"


def _stated(claim: DistanceClaim) -> str:
    low, high = _interval(claim) or (0.0, 0.0)
    if high == float("inf"):
        return f"more than {metres(low)}"
    if low == high:
        return f"{'about ' if claim.bound == 'approx' else ''}{metres(low)}"
    return f"at most {metres(high)}" if low == 0 else f"{metres(low)} to {metres(high)}"


def _what_is_left(zone: Zone, scene: Scene) -> Iterator[Check]:
    """Say how far the place that gives the sector is from the border, and what the claimed depth leaves of that."""
    claim, places = zone.claim, zone.derivation.get("sector_places") or []
    if claim.relation != "into" or claim.max_m is None or len(places) != 1:
        return
    place = scene.gazetteer.place(places[0])
    measured = zone.derivation.get("place_to_border_m")
    if place is None or place.kind != "settlement" or measured is None:
        return
    left = measured - claim.max_m
    rest = f"leaves {metres(left)}" if left > 0 else f"would reach {metres(-left)} past it"
    border = zone.derivation.get("border_title", "the border")
    text = f"{place.name} is {metres(measured)} from {border}; {_depth(claim)} {rest}."
    yield Check(
        claims=(claim,),
        verdict="agrees",
        text=text,
        stated_m=claim.max_m,
        measured_m=round(measured, 1),
        place_id=place.id,
        left_m=round(left, 1),
    )


def _depth(claim: DistanceClaim) -> str:
    assert claim.max_m is not None
    return f"an advance of {'up to ' if claim.bound == 'max' else ''}{metres(claim.max_m)}"


# Stated against stated


def _same_thing(claims: Sequence[DistanceClaim]) -> Iterator[Check]:
    """Compare what several sentences say about one thing from one place."""
    for one, other in combinations(claims, 2):
        if not one.figure or not other.figure or one.figure.strip().lower() != other.figure.strip().lower():
            continue
        ids = [{place.id for place in references_of(claim)} for claim in (one, other)]
        a, b = _interval(one), _interval(other)
        if not ids[0] or ids[0] != ids[1] or one.relation != other.relation or a is None or b is None:
            continue
        spare = one.rounding_m + other.rounding_m + 0.1 * min(a[1], b[1])
        meet = a[0] - spare <= b[1] and b[0] - spare <= a[1]
        says = [f"{claim.claimant or 'the report'} has {_stated(claim)}" for claim in (one, other)]
        yield Check(
            claims=(one, other),
            verdict="agrees" if meet else "contradicts",
            text=f"On {one.figure.strip()}: {says[0]}, {says[1]}.",
        )


_BOTH = (
    "both sides",
    "two sides",
    "two countries",
    "either side",
    "in total",
    "a total",
    "altogether",
    "combined",
    "overall",
)


def _sums(claims: Sequence[CountClaim]) -> Iterator[Check]:
    """Compare a total of both sides with the sum of what each side is said to have lost."""
    for what in dict.fromkeys(claim.what for claim in claims):
        same = [claim for claim in claims if claim.what == what]
        parts: dict[str, CountClaim] = {}
        for claim in same:
            side = claim.side.place if claim.side else None
            if side is not None and not is_of_both_sides(claim):
                kept = parts.get(side.id)
                parts[side.id] = claim if kept is None or claim.value > kept.value else kept
        if len(parts) < 2:
            continue
        added = sum(part.value for part in parts.values())
        for total in filter(is_of_both_sides, same):
            if added / OTHER_EVENT <= total.value <= added * OTHER_EVENT:
                yield _sum_check(total, list(parts.values()))


def is_of_both_sides(claim: CountClaim) -> bool:
    """Tell whether a count is a total of both sides."""
    around = f"{claim.whom or ''} {claim.quote}".lower()
    return any(words in around for words in _BOTH) and (claim.side is None or "both" in (claim.whom or "").lower())


def _sum_check(total: CountClaim, parts: Sequence[CountClaim]) -> Check:
    added = sum(part.value for part in parts)
    open_end = any(part.bound == "min" for part in parts)
    spare = 0.1 * total.value if total.bound == "approx" else 0.0
    fits = {
        "min": added >= total.value,
        "max": added <= total.value,
    }.get(total.bound, abs(added - total.value) <= spare)
    near = abs(added - total.value) <= 0.25 * total.value or (open_end and added < total.value)
    verdict: Verdict = "agrees" if fits else "doubtful" if near else "contradicts"
    words = {"min": "more than ", "max": "at most ", "approx": "about "}.get(total.bound, "")
    sides = " + ".join(f"{part.value:,}" for part in parts)
    relation = {"agrees": "agrees with", "doubtful": "is not quite", "contradicts": "contradicts"}[verdict]
    return Check(
        claims=(total, *parts),
        verdict=verdict,
        text=f"{sides} = {added:,} {total.what}; that {relation} the total of {words}{total.value:,}.",
    )


def _areas(areas: Sequence[AreaClaim], distances: Sequence[DistanceClaim], zones: Sequence[Zone]) -> Iterator[Check]:
    """Compare an area with the depth times the width that the text states, else with the zone of its advance."""
    depths = [c for c in distances if c.relation == "into" and c.max_m]
    widths = [c for c in distances if c.relation == "along" and c.value_m]
    for area in areas:
        if len(depths) == len(widths) == 1:
            depth, width = depths[0].max_m or 0.0, widths[0].value_m or 0.0
            verdict: Verdict = "agrees" if area.value_m2 <= depth * width * 1.2 else "doubtful"
            text = (
                f"The report has {square_km(area.value_m2)}; a depth of {metres(depth)} on a width of {metres(width)} "
                f"makes at most {square_km(depth * width)}."
            )
            yield Check(claims=(area, depths[0], widths[0]), verdict=verdict, text=text)
        elif len(drawn := [zone for zone in zones if zone.claim.relation == "into" and not zone.weak]) == 1:
            room = drawn[0].area_m2
            text = f"The report has {square_km(area.value_m2)}; the zone of the advance has room for {square_km(room)}."
            fits = area.value_m2 <= room * 1.1
            yield Check(claims=(area, drawn[0].claim), verdict="agrees" if fits else "doubtful", text=text)
