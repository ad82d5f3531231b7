"""Why a mention is taken for a place, and how a zone was made, in words a reader understands."""

from collections.abc import Mapping, Sequence
from typing import Any

from geo.places import Place
from geo.resolve import Candidate, Resolution
from geo.shapes import metres
from geo.within import Within

KIND_WORDS = {
    "admin1": "region", "admin2": "district", "settlement": "town", "region": "region",
    "disputed": "disputed territory", "dependency": "dependent territory", "facility": "site", "place": "place",
}  # fmt: skip
CITY_POPULATION = 100_000  # from here on a town is called a city
SURE, LIKELY = 0.9, 0.6


def why(resolution: Resolution) -> str:
    """Say in one to three sentences which place was chosen, why, and what else it could be."""
    name, place = resolution.mention.text, resolution.place
    if place is None:
        return " ".join(filter(None, (_unplaced(resolution), _assumed(resolution.within))))
    first = f"{name}: {where(place)}" if _same(name, place.name) else f"{name}: {place.name}, {where(place)}"
    if resolution.mention.part_of:
        first += f"; only a part of the name “{resolution.mention.part_of}”"
    elif resolution.corrected:
        first += "; chosen by a person"
    elif reasons := resolution.candidates[0].reasons:
        first += f"; chosen because {_listed(reasons)}"
    return " ".join(part for part in (f"{first}.", _sureness(resolution), _others(resolution.candidates[1:])) if part)


def _unplaced(resolution: Resolution) -> str:
    name = resolution.mention.text
    if resolution.candidates:
        others = _listed([where(candidate.place) for candidate in resolution.candidates[:3]])
        return f"{name}: no place of that name fits this article; it could be {others}."
    return f"{name}: read as a place, but the gazetteer has no place of that name."


def _assumed(within: Within | None) -> str:
    if within is None:
        return ""
    because = "the same sentence names it" if within.same_sentence else "the article is about it"
    if within.home:
        because = "the publisher is at home there"
    return f"Assumed to be in or near {within.place.name}, because {because} ({within.probability:.0%}); not drawn."


def where(place: Place) -> str:
    """Say what a place is and where: "town in Vayots Dzor, Armenia"."""
    kind = KIND_WORDS.get(place.kind, place.kind)
    if place.kind == "settlement":
        kind = "capital" if place.feature_code == "PPLC" else "city" if place.population >= CITY_POPULATION else "town"
    inside = [
        part for part in (place.admin1, place.country_name or place.country) if part and not _same(part, place.name)
    ]
    return f"{kind} in {', '.join(inside)}" if inside and place.kind != "country" else kind


def _sureness(resolution: Resolution) -> str:
    if resolution.corrected or resolution.confidence >= SURE:
        return ""
    return "Likely, not sure." if resolution.confidence >= LIKELY else "Uncertain: please check."


def _others(candidates: Sequence[Candidate]) -> str:
    if not candidates:
        return ""
    shown = _listed([where(candidate.place) for candidate in candidates[:2]])
    if len(candidates) == 1:
        return f"The other candidate is a {shown}."
    count = {2: "two", 3: "three", 4: "four", 5: "five"}.get(len(candidates), str(len(candidates)))
    return f"The other {count} candidates are {'among others ' if len(candidates) > 2 else ''}a {shown}."


def how_made(derivation: Mapping[str, Any], sector: str | None = None) -> str | None:
    """Say in a sentence how a zone was made, from its derivation and what limits it; None where there is none."""
    names = [reference["name"] for reference in derivation.get("references", ())]
    first = names[0] if names else "the place"
    match derivation:
        case {"length_m": length, "half_width_m": width}:
            longest = derivation.get("longest_m")
            how_long = f"{metres(length)} (core), {metres(longest)} (fringe)" if longest else metres(length)
            made = f"{how_long} along {derivation.get('border_title', 'the border')}{_data(derivation)}"
            made += f", {metres(width)} on either side of the line"
        case {"apart_m": apart, "half_widths_m": widths, **more}:
            way = f"the straight line of {metres(apart)} between {' and '.join(names[:2])}"
            where_to = f"Around the middle of {way}" if more.get("halfway") else f"On either side of {way}"
            made = f"{where_to}: {metres(widths[0])} (core), {metres(widths[1])} (fringe)"
        case {"core": {"inner_m": _}, "fringe": {"inner_m": _}}:
            core, fringe = _lens(derivation, "core"), _lens(derivation, "fringe")
            made = f"{_origin(derivation, first)}: {core} (core), {fringe} (fringe)"
            made += "; sizes within which half and nine tenths of known offsets lie"
        case {"core_m": core, "fringe_m": fringe}:
            made = f"{_origin(derivation, first)}: {_band(core)} (core), {_band(fringe)} (fringe)"
        case _:
            return None
    if derivation.get("within_name"):
        made += f"; only what lies in {derivation['within_name']}"
    if derivation.get("land"):
        made += f"; only what is land in {_name(derivation['land'])}"
    together = derivation.get("together_with", {})
    other = how_made(together, together.get("sector"))
    both = f" Only what lies in this too: {other[0].lower()}{other[1:]}" if other else ""
    return f"{made}{f'; {sector}' if sector else ''}.{both}"


def _origin(derivation: Mapping[str, Any], first: str) -> str:
    azimuth = derivation.get("azimuth")
    towards = f", {azimuth:g}° clockwise from north" if azimuth is not None else ""
    match derivation:
        case {"border_title": str(title)} | {"coast_title": str(title)}:
            return f"From {title}{_data(derivation)}"
        case {"outline_of": _}:
            return f"From the edge of {first}"
    return f"From the point of {first}{towards}"


def _data(derivation: Mapping[str, Any]) -> str:
    """Name the data that a line is from, and whose view of it: " (OpenStreetMap 2017-12, world view: de facto)"."""
    known = derivation.get("border_dataset")
    return f" ({_name(known)}, world view: {derivation['world_view']})" if known else ""


def _name(dataset: str) -> str:
    return dataset.partition(" (")[0]


def _band(ends: Sequence[float]) -> str:
    return f"{metres(ends[0])} to {metres(ends[1])}" if ends[0] > 0 else f"up to {metres(ends[1])}"


def _lens(derivation: Mapping[str, Any], part: str) -> str:
    lens = derivation[part]
    words = _band((lens["inner_m"], lens["outer_m"]))
    return words if derivation.get("azimuth") is None else f"{words}, ±{lens['half_width_deg']:.0f}°"


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _same(a: str, b: str) -> bool:
    return a.casefold() == b.casefold()
