"""What an article is about: the countries and regions that most of its places lie in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from geo.resolve import Resolution

LEAST = 0.15  # of all that is placed; less is only mentioned
WEIGHTS = {"event": 2.0, "context": 1.0, "dateline": 0.5}  # an office far away files many a report


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A country or region and how much of what the article places lies in it, 0..1."""

    name: str
    country: str | None  # ISO 3166-1 alpha-2
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """The countries and the first-level divisions that an article is about, the most first; empty where nothing is."""

    countries: tuple[Share, ...]
    regions: tuple[Share, ...]


def focus_of(resolutions: Iterable[Resolution]) -> Focus:
    """Weigh the places of an article by role and confidence, and keep the countries and regions that stand out."""
    countries: dict[tuple[str, str | None], float] = defaultdict(float)
    regions: dict[tuple[str, str | None], float] = defaultdict(float)
    total = 0.0
    for resolution in resolutions:
        place = resolution.place
        if place is None:
            continue
        weight = WEIGHTS[resolution.role] * resolution.confidence
        total += weight
        if place.country:
            countries[place.country_name or place.country, place.country] += weight
        if region := (place.name if place.kind in {"admin1", "disputed", "region"} else place.admin1):
            regions[region, place.country] += weight
    return Focus(countries=_largest(countries, total), regions=_largest(regions, total))


def _largest(weights: dict[tuple[str, str | None], float], total: float) -> tuple[Share, ...]:
    shares = [Share(name=name, country=code, share=weight / total) for (name, code), weight in weights.items()]
    return tuple(sorted((one for one in shares if one.share >= LEAST), key=lambda one: (-one.share, one.name)))
