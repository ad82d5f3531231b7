"""Why a mention is taken for a place, in words a reader understands."""

from collections.abc import Sequence

from geo.places import Place
from geo.resolve import Candidate, Resolution
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


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _same(a: str, b: str) -> bool:
    return a.casefold() == b.casefold()
