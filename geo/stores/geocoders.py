"""The gazetteer as a geopy geocoder, and geopy's online geocoders behind the same two methods, off by default.

>>> from geo.stores.gazetteer import open_gazetteer
>>> from geo.stores.geocoders import GazetteerGeocoder
>>> location = GazetteerGeocoder(open_gazetteer()).geocode("Jermuk, Armenia")
>>> location.address
'Jermuk, Vayots Dzor, Armenia'
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.errors import GazetteerError
from geo.geodesy import LonLat
from geo.places import AREA_KINDS, Gazetteer, NameMatch, Place
from geo.stores.files import cache_folder

Query = str | dict[str, str]
Found: TypeAlias = "Location | list[Location] | None"


class TwoWayGeocoder(Protocol):
    """What every geocoder of geopy can do."""

    def geocode(self, query: Query, *, exactly_one: bool = True) -> Found:
        """Return the place or places with a name, None where there is none."""
        ...

    def reverse(self, query: Any, *, exactly_one: bool = True) -> Found:
        """Return the place or places at a position, None where there is none."""
        ...


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """The offline gazetteer behind geopy's interface; needs no network, no key, no waiting.

    Works in `geopandas.tools.geocode(names, provider=GazetteerGeocoder)` and under geopy's RateLimiter.
    """

    def __init__(self, gazetteer: Gazetteer | None = None, *, timeout: Any = DEFAULT_SENTINEL) -> None:
        super().__init__(timeout=timeout)
        if gazetteer is None:
            from geo.stores.gazetteer import open_gazetteer

            gazetteer = open_gazetteer()
        self.gazetteer = gazetteer

    def geocode(
        self,
        query: Query,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        country_codes: str | Iterable[str] | None = None,
        fuzzy: bool = False,
        timeout: Any = DEFAULT_SENTINEL,
    ) -> Found:
        """Return the place that a name means ("Jermuk", "Jermuk, Armenia"), or all of them, most prominent first.

        What follows a comma must hold the place, as far as the gazetteer knows it; `country_codes` are ISO 3166-1
        alpha-2 codes. A dict of address parts (city, state, country) is read in its order. With `fuzzy`, names with
        typing errors are found too. None where nothing fits.
        """
        text = ", ".join(part for part in query.values() if part) if isinstance(query, dict) else str(query)
        wanted = {country_codes} if isinstance(country_codes, str) else set(country_codes or ())
        wanted = {code.strip().upper() for codes in wanted for code in codes.split(",")}
        matches = [match for match in self._matches(text, fuzzy) if not wanted or match.place.country in wanted]
        return _answer([_location(match.place, match) for match in matches[: 1 if exactly_one else limit]], exactly_one)

    def _matches(self, text: str, fuzzy: bool) -> Sequence[NameMatch]:
        if whole := [match for match in self.gazetteer.named(text) if match.how != "demonym"]:
            return whole
        name, *around = (part.strip() for part in text.split(","))
        matches: Sequence[NameMatch] = [match for match in self.gazetteer.named(name) if match.how != "demonym"]
        if not matches and fuzzy:
            matches = self.gazetteer.fuzzy(name, limit=20)
        for part in around:
            if holders := [match.place for match in self.gazetteer.named(part) if match.place.kind in AREA_KINDS]:
                matches = [match for match in matches if any(_holds(holder, match.place) for holder in holders)]
        return matches

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        max_m: float = 100_000,
        timeout: Any = DEFAULT_SENTINEL,
    ) -> Found:
        """Return the nearest settlement within `max_m` metres, or several and then the areas that hold the position.

        `query` is what geopy takes: a Point, "39.84, 45.67", or (39.84, 45.67), latitude first.
        """
        try:
            point = Point(query)
            at = LonLat(lon=point.longitude, lat=point.latitude)
        except (ValueError, TypeError) as error:
            raise GeocoderQueryError(f"{query!r} is no position: {error}") from error
        near = self.gazetteer.nearest(at, limit=1 if exactly_one else limit or 5, max_m=max_m)
        places = [place for place, _ in near] + list(self.gazetteer.containing(at))
        return _answer([_location(place) for place in places[: 1 if exactly_one else limit]], exactly_one)


def _holds(area: Place, place: Place) -> bool:
    """Tell whether an area may hold a place, by the names of country and division."""
    if area.kind in ("country", "dependency"):
        return area.country == place.country
    if area.kind == "admin1":
        return area.country == place.country and area.name == place.admin1
    if area.kind in ("admin2", "region", "disputed", "continent"):
        return area.country in (None, place.country)
    return False


def address(place: Place) -> str:
    """Return a place with its division and country, as one line."""
    parts = (place.name, place.admin1, place.country_name if place.kind not in ("country", "dependency") else None)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _location(place: Place, match: NameMatch | None = None) -> Location:
    raw = {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "country_code": place.country,
        "country": place.country_name,
        "admin1": place.admin1,
        "population": place.population,
        "geonameid": place.geonameid,
        "matched": match.matched if match else None,
        "how": match.how if match else None,
    }
    return Location(address(place), (place.at.lat, place.at.lon), raw)


def _answer(locations: list[Location], exactly_one: bool) -> Found:
    if not locations:
        return None
    return locations[0] if exactly_one else locations


class OnlineGeocoder:
    """One of geopy's online geocoders, used only where the user allows it.

    Answers are kept in the cache folder, questions wait for each other (`min_delay_s`, which public servers demand).
    """

    def __init__(
        self,
        service: str = "nominatim",
        *,
        allowed: bool = False,
        min_delay_s: float = 1.0,
        cache: Path | None = None,
        geocoder: Geocoder | None = None,
        **settings: Any,
    ) -> None:
        if not allowed:
            raise GazetteerError(
                f"the online geocoder {service} is off: it would send the names of places to others; allow it expressly"
            )
        self.service = service
        if geocoder is None:
            geocoder = get_geocoder_for_service(service)(**({"user_agent": "marchland"} | settings))
        wait = {"min_delay_seconds": min_delay_s, "swallow_exceptions": False}
        self._ask = {way: RateLimiter(getattr(geocoder, way), **wait) for way in ("geocode", "reverse")}
        self._cache = cache or cache_folder() / "online-geocoders.sqlite"
        with sqlite3.connect(self._cache) as database:
            database.execute("CREATE TABLE IF NOT EXISTS answer (question TEXT PRIMARY KEY, locations TEXT NOT NULL)")

    def geocode(self, query: Query, *, exactly_one: bool = True, **settings: Any) -> Found:
        """Ask for the place or places with a name."""
        return self._answered("geocode", query, exactly_one, settings)

    def reverse(self, query: Any, *, exactly_one: bool = True, **settings: Any) -> Found:
        """Ask for the place or places at a position."""
        point = Point(query)
        return self._answered("reverse", (point.latitude, point.longitude), exactly_one, settings)

    def _answered(self, way: str, query: Any, exactly_one: bool, settings: dict[str, Any]) -> Found:
        question = json.dumps([self.service, way, query, settings], sort_keys=True, default=str)
        with sqlite3.connect(self._cache, timeout=30) as database:
            row = database.execute("SELECT locations FROM answer WHERE question = ?", (question,)).fetchone()
            if row is None:
                found = self._ask[way](query, exactly_one=False, **settings) or []
                row = (json.dumps([[one.address, one.latitude, one.longitude, one.raw] for one in found], default=str),)
                database.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", (question, row[0]))
        locations = [Location(text, (lat, lon), raw) for text, lat, lon, raw in json.loads(row[0])]
        return _answer(locations, exactly_one)
