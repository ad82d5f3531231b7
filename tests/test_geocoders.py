"""The gazetteer behind geopy's interface, and that nothing goes online unless it is allowed."""

from pathlib import Path

import pytest
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location
from geopy.point import Point

from geo.errors import GazetteerError
from geo.stores.gazetteer import open_gazetteer
from geo.stores.geocoders import GazetteerGeocoder, OnlineGeocoder


@pytest.fixture(scope="module")
def geocoder() -> GazetteerGeocoder:
    return GazetteerGeocoder(open_gazetteer())


def test_a_name_becomes_a_location(geocoder: GazetteerGeocoder):
    location = geocoder.geocode("Jermuk")
    assert location.address.startswith("Jermuk, ")
    assert location.address.endswith(", Armenia")
    assert (location.latitude, location.longitude) == pytest.approx((39.84, 45.67), abs=0.01)
    assert location.raw["geonameid"] == 174884


@pytest.mark.parametrize(
    ("query", "country"),
    [
        ("Moscow", "RU"),
        ("Moscow, United States", "US"),
        ("Tripoli, Lebanon", "LB"),
        ("Tripoli, Libya", "LY"),
        ("San José, Costa Rica", "CR"),
        ("Washington, D.C.", "US"),
        ({"city": "Tripoli", "country": "Lebanon"}, "LB"),
    ],
)
def test_what_follows_a_comma_holds_the_place(geocoder: GazetteerGeocoder, query: str, country: str):
    assert geocoder.geocode(query).raw["country_code"] == country


def test_a_place_in_another_country_is_no_answer(geocoder: GazetteerGeocoder):
    assert geocoder.geocode("Jermuk, France") is None


@pytest.mark.parametrize("codes", ["US", "us", ["US"], "us,ca"])
def test_country_codes_limit_the_answer(geocoder: GazetteerGeocoder, codes: object):
    assert geocoder.geocode("Moscow", country_codes=codes).raw["country_code"] == "US"


def test_all_places_of_a_name_are_given_on_demand(geocoder: GazetteerGeocoder):
    several = geocoder.geocode("Springfield", exactly_one=False)
    assert len(several) > 10
    assert all(isinstance(one, Location) for one in several)
    assert len(geocoder.geocode("Springfield", exactly_one=False, limit=3)) == 3


def test_an_unknown_name_gives_none(geocoder: GazetteerGeocoder):
    assert geocoder.geocode("Xyzzyxx") is None
    assert geocoder.geocode("Xyzzyxx", exactly_one=False) is None


def test_typing_errors_are_forgiven_on_demand(geocoder: GazetteerGeocoder):
    assert geocoder.geocode("Jermuuk") is None
    assert geocoder.geocode("Jermuuk", fuzzy=True).raw["name"] == "Jermuk"


def test_people_are_no_place(geocoder: GazetteerGeocoder):
    assert geocoder.geocode("Armenians") is None


@pytest.mark.parametrize("query", ["39.84, 45.67", (39.84, 45.67), Point(39.84, 45.67)])
def test_a_position_becomes_the_nearest_town(geocoder: GazetteerGeocoder, query: object):
    assert geocoder.reverse(query).raw["name"] == "Jermuk"


def test_a_position_far_from_towns_gives_none_or_the_sea(geocoder: GazetteerGeocoder):
    found = geocoder.reverse((-50, -130), max_m=1000)
    assert found is None or found.raw["kind"] in ("ocean", "sea")


def test_what_is_no_position_is_refused(geocoder: GazetteerGeocoder):
    with pytest.raises(GeocoderQueryError, match="no position"):
        geocoder.reverse("somewhere")


def test_geopandas_and_the_rate_limiter_take_it(geocoder: GazetteerGeocoder):
    tools = pytest.importorskip("geopandas.tools")
    frame = tools.geocode(["Jermuk, Armenia", "Goma"], provider=GazetteerGeocoder)
    assert list(frame.geometry.x.round(1)) == [45.7, 29.2]
    assert frame.crs.to_epsg() == 4326
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    assert limited("Bakhmut").raw["country_code"] == "UA"


class FakeService:
    """Stands for an online geocoder, counts its questions."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def geocode(self, query: object, exactly_one: bool = True) -> list[Location] | None:
        self.asked.append(query)
        return None if query == "nowhere" else [Location(f"{query}, Land", (1.0, 2.0), {"id": 7})]

    def reverse(self, query: object, exactly_one: bool = True) -> list[Location]:
        self.asked.append(query)
        return [Location("there", (1.0, 2.0), {})]


def test_online_geocoders_are_off_by_default():
    with pytest.raises(GazetteerError, match="nominatim is off"):
        OnlineGeocoder("nominatim")


def test_an_online_answer_is_asked_for_once(tmp_path: Path):
    service = FakeService()
    online = OnlineGeocoder(allowed=True, geocoder=service, min_delay_s=0, cache=tmp_path / "cache.sqlite")
    first, second = online.geocode("Goma"), online.geocode("Goma")
    assert (first.address, first.raw, tuple(first.point)[:2]) == ("Goma, Land", {"id": 7}, (1.0, 2.0))
    assert first == second
    assert online.geocode("nowhere") is online.geocode("nowhere") is None
    assert online.reverse("1, 2").address == "there"
    assert service.asked == ["Goma", "nowhere", (1.0, 2.0)]
