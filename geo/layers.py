"""What to draw, with no map library: features with a style, a card, and flat provenance."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from shapely import bounds, get_coordinates, get_num_coordinates, get_parts, make_valid, simplify
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo import __version__
from geo.borders import Borders, Dispute
from geo.claims.model import AreaClaim, Claim, CountClaim, DistanceClaim
from geo.decided import Compared, decided
from geo.explain import how_made, why
from geo.features import JSON, MapFeature, Style
from geo.places import Gazetteer, Place
from geo.project import Project
from geo.reading import Reading
from geo.reports import claims_of
from geo.resolve import Resolution
from geo.sides import side_of
from geo.styles import STYLES, side_colours
from geo.zones import Zone

PIECE = 256  # vertices of a line that are thinned at once


def layers_of(project: Project, *, gazetteer: Gazetteer, borders: Borders) -> tuple[MapFeature, ...]:
    """Return what to draw, lowest first: context, parties, areas, disputes, claims, places, added places."""
    read = [feature for reading in project.readings for feature in features_of(reading, gazetteer, borders)]
    claims = [claim for reading in project.readings for claim in claims_of(reading)]
    return in_order(decided(coloured([*read, *project.imported]), Compared(claims=claims), project))


def in_order(features: Iterable[MapFeature]) -> tuple[MapFeature, ...]:
    """Return features in the order in which they are drawn, lowest first."""
    order = {style: number for number, style in enumerate(STYLES)}
    return tuple(sorted(features, key=lambda feature: order[feature.style]))


def coloured(features: Sequence[MapFeature]) -> list[MapFeature]:
    """Return features with the colour of their side; of what is filtered or taken off later, the others keep theirs."""
    colours = side_colours(features)
    sides = [str(feature.properties.get("side") or "") for feature in features]
    return [
        replace(feature, properties={**feature.properties, "colour": colours[side]}) if side else feature
        for feature, side in zip(features, sides, strict=True)
    ]


def features_of(reading: Reading, gazetteer: Gazetteer, borders: Borders) -> Iterator[MapFeature]:
    """Yield the features of one reading, in no order."""
    parties = party_ids(reading)
    disputes = {dispute.place_id or dispute.id: dispute for dispute in borders.disputes()}
    for place, resolutions in _by_place(reading).items():
        dispute = disputes.get(place.id)
        style = _style_of(place, resolutions, place.id in parties)
        outline = None if style in ("event-place", "context-place") else gazetteer.sketch(place.id)
        if outline is None and place.kind in ("country", "dependency", "continent"):
            continue  # a country is never a pin in its middle
        if outline is None:
            style = "event-place" if _is_event(resolutions) else "context-place"
        geometry = generalised(outline) if outline is not None else Point(place.at.lon, place.at.lat)
        yield MapFeature(
            id=f"{reading.article.id}/{place.id}",
            style="disputed" if dispute is not None and outline is not None else style,
            title=place.name,
            geometry=geometry,
            properties={
                **_place_properties(reading, place, resolutions, dispute),
                "side": place.name if style == "party" else None,
            },
        )
    for zone in reading.zones:
        yield from _zone_features(reading, zone)


def party_ids(reading: Reading) -> frozenset[str]:
    """Return the ids of the countries that act: they move, are moved into, or count their dead."""
    found: set[str] = set()
    for claim in reading.claims:
        if isinstance(claim, DistanceClaim) and claim.draw and claim.relation == "into":
            found |= {r.resolution.place.id for r in claim.references if r.resolution and r.resolution.place}
        mover = getattr(claim, "mover", None) or getattr(claim, "side", None)
        if mover is not None and mover.place is not None:
            found.add(mover.place.id)
    return frozenset(found)


def generalised(geometry: BaseGeometry, *, max_vertices: int = 4000) -> BaseGeometry:
    """Thin an outline for drawing, never for measuring: the tolerance grows from 0.001° or so until it is light.

    Parts and holes of a few tolerances go, too.
    """
    tolerance, thinned = 0.001 + 5e-5 * get_num_coordinates(geometry) / max_vertices, geometry
    while get_num_coordinates(thinned) > max_vertices and tolerance < 1:
        thinned = _coarser(thinned, tolerance)
        tolerance *= 1.4
    return thinned if thinned.is_valid else make_valid(thinned, method="structure", keep_collapsed=False)


def _coarser(geometry: BaseGeometry, tolerance: float) -> BaseGeometry:
    parts = get_parts(geometry)
    west, south, east, north = bounds(parts).T
    sizes = np.maximum(east - west, north - south)
    kept = [_thinned(part, tolerance) for part in parts[(sizes > 4 * tolerance) | (sizes == sizes.max())]]
    return kept[0] if len(kept) == 1 else type(geometry)(kept)


def _size(part: BaseGeometry) -> float:
    west, south, east, north = part.bounds
    return float(max(east - west, north - south))


def _thinned(part: BaseGeometry, tolerance: float) -> BaseGeometry:
    if isinstance(part, Polygon):
        holes = [_simplified(hole, tolerance) for hole in part.interiors if _size(hole) > 4 * tolerance]
        return Polygon(_simplified(part.exterior, tolerance), holes)
    return LineString(_simplified(part, tolerance)) if isinstance(part, LineString) else part


def _simplified(line: BaseGeometry, tolerance: float) -> NDArray[np.float64]:
    """Simplify a line piece by piece: as a whole the outline of Russia takes two minutes."""
    positions: NDArray[np.float64] = get_coordinates(line)
    starts = range(0, len(positions) - 1, PIECE)
    pieces = [LineString(positions[start : start + PIECE + 1]) for start in starts]
    thin, of_piece = get_coordinates(simplify(pieces, tolerance, preserve_topology=False), return_index=True)
    ends_twice = np.r_[False, (of_piece[1:] != of_piece[:-1])]
    found = thin[~ends_twice]
    return found if len(found) >= 4 else positions


def _by_place(reading: Reading) -> dict[Place, list[Resolution]]:
    groups: dict[str, tuple[Place, list[Resolution]]] = {}
    for resolution in reading.resolutions:
        if (place := resolution.place) is not None and resolution.mention.part_of is None:
            groups.setdefault(place.id, (place, []))[1].append(resolution)
    return dict(groups.values())


def _is_event(resolutions: Sequence[Resolution]) -> bool:
    return any(resolution.role == "event" for resolution in resolutions)


def _style_of(place: Place, resolutions: Sequence[Resolution], party: bool) -> Style:
    if place.kind in ("country", "dependency"):
        return "party" if party else "context-country"
    if place.kind in ("continent", "ocean"):
        return "context-country"
    if place.kind == "settlement" or not place.has_outline:
        return "event-place" if _is_event(resolutions) else "context-place"
    return "area" if _is_event(resolutions) else "context-country"


def _source(reading: Reading) -> dict[str, JSON]:
    article, options = reading.article, reading.options
    return {
        "source_title": article.title,
        "source_publisher": article.publisher,
        "source_url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "status": "claimed",
        "verification": "none",
        "world_view": options.world_view.name,
        "as_of": options.world_view.as_of.isoformat() if options.world_view.as_of else None,
        "app_version": __version__,
    }


_UCDP = {"settlement": 1, "facility": 1, "place": 1, "admin2": 3, "admin1": 4, "country": 6, "dependency": 6,
         "ocean": 7, "sea": 7}  # fmt: skip
_ACLED = {"settlement": 1, "facility": 1, "place": 1, "admin2": 2}


def _place_properties(
    reading: Reading, place: Place, resolutions: Sequence[Resolution], dispute: Dispute | None
) -> dict[str, JSON]:
    best = max(resolutions, key=lambda r: (r.role == "event", not r.mention.demonym, r.confidence))
    span = best.mention.span
    return {
        "feature": "place",
        "place_kind": place.kind,
        "country": place.country_name or place.country,
        "role": best.role,
        "confidence": round(best.confidence, 3),
        "why": why(best),
        "mentions": len(resolutions),
        "counts": "; ".join(_counts_at(reading, place)) or None,
        "checks": " ".join(check.text for check in reading.checks if check.place_id == place.id) or None,
        "note": place.note,
        **(_dispute_properties(dispute, reading) if dispute else {}),
        "quote": reading.article.quote(span),
        "sentence_no": reading.article.sentence_at(span.start).number,
        "char_start": span.start,
        "char_end": span.end,
        "where_prec": _UCDP.get(place.kind, 5),
        "geo_precision": _ACLED.get(place.kind, 3),
        "gazetteer_id": place.id,
        **_source(reading),
    }


def _dispute_properties(dispute: Dispute, reading: Reading) -> dict[str, JSON]:
    as_of = reading.options.world_view.as_of or reading.article.published
    period = dispute.controlled_by(as_of) if as_of else None
    return {
        "claimed_by": ", ".join(dispute.claimants),
        "controlled_by": f"{period.controls} (as of {as_of})" if period else "the record does not say",
        "dispute_reference": dispute.reference,
    }


def _counts_at(reading: Reading, place: Place) -> Iterator[str]:
    for claim in reading.claims:
        if isinstance(claim, CountClaim) and place in _places_of(claim.side, claim.place):
            yield " ".join(filter(None, [claim.hedge, f"{claim.value:,}", claim.what, _said_by(claim)]))
        elif isinstance(claim, AreaClaim) and claim.reference and place in _places_of(claim.reference.resolution):
            yield " ".join(filter(None, [claim.hedge, claim.quantity, _said_by(claim)]))


def _places_of(*resolutions: Resolution | None) -> list[Place]:
    return [resolution.place for resolution in resolutions if resolution is not None and resolution.place is not None]


def _said_by(claim: Claim) -> str:
    return f"({claim.claimant})" if claim.claimant else ""


def _zone_features(reading: Reading, zone: Zone) -> Iterator[MapFeature]:
    claim = zone.claim
    number = reading.claims.index(claim) + 1
    properties = _zone_properties(reading, zone)
    title = " ".join(claim.span.of(reading.article.text).split())
    on_border = claim.relation in ("into", "buffer", "along") and zone.border_dataset is not None
    core_style: Style = "strip-weak" if zone.weak else "strip" if on_border else "zone-core"
    fringe_style: Style = "strip-weak" if zone.weak else "zone-fringe"
    parts: tuple[tuple[str, BaseGeometry, Style], ...] = (
        ("fringe", zone.fringe, fringe_style),
        ("core", zone.core, core_style),
    )
    for part, geometry, style in parts:
        yield MapFeature(
            id=f"{reading.article.id}/claim-{number}/{part}",
            style=style,
            title=title,
            geometry=geometry,
            properties={**properties, "zone_part": part},
        )


def _zone_properties(reading: Reading, zone: Zone) -> dict[str, JSON]:
    claim = zone.claim
    return {
        "feature": "claim",
        "claimant": claim.claimant,
        "audience": claim.audience,
        "stance": claim.stance,
        "side": side_of(reading, claim),
        "figure": claim.figure,
        "quantity": claim.quantity,
        "hedge": claim.hedge,
        "bound": claim.bound,
        "value_m": claim.value_m,
        "min_m": claim.min_m,
        "max_m": claim.max_m,
        "relation": claim.relation,
        "direction": claim.direction,
        "reference": ", ".join(reference.text for reference in claim.references),
        "reference_kind": claim.reference_kind,
        "sector": zone.sector,
        "made": how_made(zone.derivation, zone.sector),
        "warning": zone.warning,
        "assumptions": " ".join((*zone.assumptions, *claim.notes)) or None,
        "checks": " ".join(check.text for check in reading.checks if claim in check.claims) or None,
        "area_km2": round(zone.area_m2 / 1e6, 3),
        "uncertainty_m": round(zone.uncertainty_m, 1),
        "where_prec": zone.where_prec,
        "geo_precision": zone.geo_precision,
        "border_dataset": zone.border_dataset,
        "derivation": json.dumps(dict(zone.derivation), ensure_ascii=False, sort_keys=True),
        "when": _iso(claim.when),
        "quote": claim.quote,
        "sentence_no": claim.sentence_no,
        "char_start": claim.span.start,
        "char_end": claim.span.end,
        **_source(reading),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
