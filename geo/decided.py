"""What the map shows once the analyst's decisions are applied to what readings and files gave.

Everything that a decision adds to a feature is a flat property, so that exports and imports carry it (docs/export.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from shapely import make_valid
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo import __version__
from geo.cross_checks import ReportedCheck, checks_between
from geo.decisions import AddedPlace, Decision, Drawing, Merge, Move
from geo.errors import ProjectError
from geo.features import JSON, MapFeature
from geo.geodesy import LonLat, area_m2, distance_m, length_m, point_buffer
from geo.project import Project, position_words
from geo.reports import ReportedClaim, contradictions, same_reports


@dataclass(frozen=True, kw_only=True, eq=False)
class Compared:
    """The claims of all articles, and what comparing them tells: made once, whatever is decided about them."""

    claims: Sequence[ReportedClaim] = ()

    @cached_property
    def by_id(self) -> Mapping[str, ReportedClaim]:
        """The claims by their id."""
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def same(self) -> Mapping[str, str]:
        """Which claims repeat one of another article, as long as nobody split them."""
        return same_reports(self.claims)

    @cached_property
    def against(self) -> Mapping[str, tuple[ReportedClaim, ...]]:
        """What other articles say against a claim, by its id."""
        return contradictions(self.claims)

    @cached_property
    def checks(self) -> tuple[ReportedCheck, ...]:
        """The checks between articles."""
        return tuple(checks_between(self.claims))


def decided(features: Iterable[MapFeature], compared: Compared, project: Project) -> tuple[MapFeature, ...]:
    """Apply the decisions of a project to features, and add the analyst's own; the order stays.

    Equal claims of several articles become one feature with several sources, and contradicting ones name each other.
    The readings of the project are not looked at.
    """
    features = [*features, *map(_added, project.added), *map(_drawn, project.drawn)]
    into = merged_into(compared, project)
    told = _told({feature.root: feature for feature in features}, compared, into, project)
    hidden = project.removed | into.keys()
    changed = {*told, *project.statuses, *project.notes, *project.accepted, *project.moved}
    return tuple(
        _changed(feature, told.get(feature.root), project) if feature.root in changed else feature
        for feature in features
        if feature.root not in hidden and feature.id not in hidden
    )


def merged_into(compared: Compared, project: Project) -> Mapping[str, str]:
    """Return what is part of another feature: id to the id of the feature that has its source, too."""
    split = project.split
    joined = same_reports([c for c in compared.claims if c.id not in split]) if split else compared.same
    found = {one: end for one, end in {**joined, **project.merged}.items() if one not in project.removed}
    ends = {feature_id: _end_of(feature_id, found) for feature_id in found}
    return {feature_id: end for feature_id, end in ends.items() if end != feature_id}


def _end_of(feature_id: str, into: Mapping[str, str]) -> str:
    seen = [feature_id]
    while (after := into.get(seen[-1])) is not None and after not in seen:
        seen.append(after)
    return min(seen) if after in seen else seen[-1]  # two that went into each other are one all the same


def checked(decision: Decision, features: Sequence[MapFeature]) -> None:
    """Raise ProjectError where a decision cannot apply to what the map shows."""
    there = {feature.root: feature for feature in features}
    match decision:
        case Move(feature_id=feature_id):
            if (found := there.get(feature_id)) is None or not isinstance(found.geometry, Point):
                raise ProjectError("only a point can be moved: an area or a zone has the shape that its source gives")
        case Merge(feature_id=feature_id, into=into):
            if feature_id not in there or into not in there:
                raise ProjectError("one of the two is not on the map any more: choose them again")
            if _what(there[feature_id]) != _what(there[into]):
                raise ProjectError("a claim and a place cannot be merged: they are different things")


def _what(feature: MapFeature) -> bool:
    return feature.properties.get("feature") == "claim"


# --- properties


def _told(
    there: Mapping[str, MapFeature], compared: Compared, into: Mapping[str, str], project: Project
) -> Mapping[str, dict[str, JSON]]:
    """Return the properties that features get from other features, by id: sources, contradictions, checks."""
    members: dict[str, list[str]] = {}
    for feature_id, end in into.items():
        members.setdefault(end, [end]).append(feature_id)
    told: dict[str, dict[str, JSON]] = {}
    for end, ids in members.items():
        sources = dict.fromkeys(_cited(compared.by_id.get(one), there.get(one)) for one in ids)
        told[end] = {
            "sources": " | ".join(filter(None, sources)),
            "source_count": len(ids),
            "merged_ids": " ".join(ids[1:]),
        }
    for claim_id, others in compared.against.items():
        standing = dict.fromkeys(other for other in others if other.id not in project.removed)
        if standing:
            properties = told.setdefault(into.get(claim_id, claim_id), {})
            properties["contradicted_by"] = " | ".join(other.cited for other in standing)
            properties["contradicted_ids"] = " ".join(dict.fromkeys(into.get(o.id, o.id) for o in standing))
    for check in compared.checks:
        if not project.removed.isdisjoint(check.claim_ids):
            continue
        for feature_id in dict.fromkeys(into.get(one, one) for one in (*check.claim_ids, *check.feature_ids)):
            properties = told.setdefault(feature_id, {})
            properties["checks_between"] = f"{properties.get('checks_between') or ''} {check.text}".strip()
    return told


def _cited(claim: ReportedClaim | None, feature: MapFeature | None) -> str:
    if claim is not None:
        return claim.cited
    known = feature.properties if feature is not None else {}
    said = ", ".join(str(known[key]) for key in ("source_title", "published") if known.get(key))
    return said or (feature.title if feature is not None else "")


def _changed(feature: MapFeature, told: Mapping[str, JSON] | None, project: Project) -> MapFeature:
    root = feature.root
    changes: dict[str, JSON] = dict(told or {})
    geometry = feature.geometry
    if status := project.statuses.get(root):
        changes["status"] = status
    if note := project.notes.get(root):
        changes["annotation"] = note
    if root in project.accepted:
        changes["accepted"] = True
        changes["verification"] = "accepted by the analyst"
    at = project.moved.get(root)
    if at is not None and isinstance(geometry, Point) and feature.properties.get("feature") != "added":
        old = LonLat(lon=geometry.x, lat=geometry.y)
        changes |= {"moved_from": position_words(old), "moved_m": round(distance_m(old, at), 1)}
        geometry = Point(at.lon, at.lat)
    return replace(feature, geometry=geometry, properties={**feature.properties, **changes}) if changes else feature


# --- the analyst's own


def _added(place: AddedPlace) -> MapFeature:
    return MapFeature(
        id=place.id,
        style="added",
        title=place.name,
        geometry=Point(place.at.lon, place.at.lat),
        properties={
            "feature": "added",
            "place_kind": place.kind,
            "country": place.country,
            "note": place.note or None,
            "when": place.when.isoformat() if place.when else None,
            "source_title": place.source or None,
            "gazetteer_id": place.gazetteer_id,
            "status": "reported",
            "app_version": __version__,
        },
    )


def _drawn(drawing: Drawing) -> MapFeature:
    shape = _shape(drawing)
    return MapFeature(
        id=drawing.id,
        style="added",
        title=drawing.name,
        geometry=shape,
        properties={
            "feature": "added",
            "place_kind": drawing.form,
            "radius_m": drawing.radius_m,
            **_size(drawing, shape),
            "note": drawing.note or None,
            "when": drawing.when.isoformat() if drawing.when else None,
            "source_title": drawing.source or None,
            "status": drawing.status,
            "app_version": __version__,
        },
    )


def _size(drawing: Drawing, shape: BaseGeometry) -> dict[str, JSON]:
    match drawing.form:
        case "line":
            return {"length_m": round(length_m(shape))}
        case "polygon" | "circle":
            return {"area_km2": round(area_m2(shape) / 1e6, 2)}
    return {}


def _shape(drawing: Drawing) -> BaseGeometry:
    """Return the shape of a drawing, WGS 84; a polygon that crosses itself is mended."""
    first = drawing.points[0]
    positions = [(point.lon, point.lat) for point in drawing.points]
    match drawing.form:
        case "point":
            return Point(positions[0])
        case "line":
            return LineString(positions)
        case "circle":
            assert drawing.radius_m is not None
            return point_buffer(first, radius_m=drawing.radius_m)
    polygon = Polygon(positions)
    return polygon if polygon.is_valid else make_valid(polygon, method="structure", keep_collapsed=False)
