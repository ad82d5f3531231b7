"""One line of the batch's output: what a reading found, as JSON values (design.md, section 5)."""

from typing import Any

from geo.candidates import is_site
from geo.claims.model import AreaClaim, Claim, CountClaim, DistanceClaim, EventClaim
from geo.reading import Reading
from geo.render.geojson import geometry_of
from geo.resolve import Resolution
from geo.zones import Zone


def record_of(reading: Reading) -> dict[str, Any]:
    """Return id, toponyms and claims of a reading; offsets count characters of the article's text."""
    zones = {id(zone.claim): zone for zone in reading.zones}
    return {
        "id": reading.article.id,
        "toponyms": [toponym(resolution) for resolution in reading.resolutions],
        "claims": [_claim(claim, zones.get(id(claim))) for claim in reading.claims],
    }


def toponym(resolution: Resolution) -> dict[str, Any]:
    """Return a resolution as a line of the output holds it.

    A name without a place that the words around put into one has that one's position, `within` with its name, no
    geonameid, and the kind "facility" or "place".
    """
    mention, place, within = resolution.mention, resolution.place, resolution.within
    if place is None and within is not None:
        return {
            "start": mention.span.start,
            "end": mention.span.end,
            "name": mention.text,
            "lat": within.place.at.lat,
            "lon": within.place.at.lon,
            "geonameid": None,
            "kind": "facility" if is_site(mention.text) else "place",
            "role": resolution.role,
            "confidence": round(within.probability, 4),
            "demonym": mention.demonym,
            "within": within.place.name,
        }
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "name": place.name if place else mention.text,
        "lat": place.at.lat if place else None,
        "lon": place.at.lon if place else None,
        "geonameid": place.geonameid if place else None,
        "kind": place.kind if place else None,
        "role": resolution.role,
        "confidence": round(resolution.confidence, 4),
        "demonym": mention.demonym,
    }


def _claim(claim: Claim, zone: Zone | None) -> dict[str, Any]:
    common = {"start": claim.span.start, "end": claim.span.end, "claimant": claim.claimant}
    match claim:
        case DistanceClaim():
            return {
                "kind": "distance",
                **common,
                "relation": claim.relation,
                "min_m": claim.min_m,
                "max_m": claim.max_m,
                "bound": claim.bound,
                "hedge": claim.hedge,
                "direction": claim.direction,
                "reference": [reference.text for reference in claim.references],
                "reference_kind": claim.reference_kind,
                "draw": claim.draw,
                "zone": {"core": geometry_of(zone.core), "fringe": geometry_of(zone.fringe)} if zone else None,
            }
        case AreaClaim():
            return {
                "kind": "area",
                **common,
                "relation": "area",
                "value_m2": claim.value_m2,
                "min_m": None,
                "max_m": None,
                "bound": claim.bound,
                "hedge": claim.hedge,
                "direction": None,
                "reference": [claim.reference.text] if claim.reference else [],
                "draw": False,
                "zone": None,
            }
        case CountClaim():
            return {
                "kind": claim.what,
                **common,
                "value": claim.value,
                "bound": claim.bound,
                "hedge": claim.hedge,
                "whom": claim.whom,
                "draw": False,
                "zone": None,
            }
        case EventClaim():
            return {
                "kind": claim.what,
                **common,
                "trigger": claim.trigger,
                "when": claim.when.isoformat() if claim.when else None,
                "reference": [r.place.name for r in claim.places if r.place],
                "draw": False,
                "zone": None,
            }
        case _:
            return {"kind": "other", **common, "draw": False, "zone": None}
