"""A gazetteer and a tagger written by hand, small enough to read."""

import math
import re
from collections.abc import Iterable, Sequence

from shapely.geometry.base import BaseGeometry

from geo.article import Span
from geo.geodesy import LonLat
from geo.mentions import TaggedSpan
from geo.places import Kind, NameMatch, Place

_ROWS = """
gn:174982|Armenia|country|45|40|AM|Armenia||3000000|PCLI|demonym:Armenian,demonym:Armenians
gn:587116|Azerbaijan|country|47.5|40.5|AZ|Azerbaijan||9900000|PCLI|demonym:Azerbaijani,demonym:Azeri
gn:2017370|Russia|country|100|60|RU|Russia||144000000|PCLI|demonym:Russian
gn:3017382|France|country|2|46|FR|France||67000000|PCLI|demonym:French
gn:298795|Turkey|country|35|39|TR|Turkey||82000000|PCLI|demonym:Turkish
gn:1512440|Uzbekistan|country|63.83|41.71|UZ|Uzbekistan||32000000|PCLI|
gn:690791|Ukraine|country|32|49|UA|Ukraine||44000000|PCLI|demonym:Ukrainian
gn:6252001|United States|country|-98.5|39.76|US|United States||327000000|PCLI|US,U.S.,America,demonym:American
gn:2635167|United Kingdom|country|-2.7|54.76|GB|United Kingdom||66000000|PCLI|UK,U.K.,Britain,demonym:British
gn:6269131|England|admin1|-0.7|52.16|GB|United Kingdom||57000000|ADM1|
gn:3996063|Mexico|country|-102|23|MX|Mexico||126000000|PCLI|
gn:614540|Georgia|country|43.5|42|GE|Georgia||3700000|PCLI|demonym:Georgian
gn:4197000|Georgia|admin1|-83.5|32.75|US|United States||10700000|ADM1|
gn:248816|Jordan|country|36|31|JO|Jordan||9900000|PCLI|demonym:Jordanian
gn:2372248|Guinea-Bissau|country|-15|12|GW|Guinea-Bissau||1900000|PCLI|
gn:2420477|Guinea|country|-10.8|10.8|GN|Guinea||12000000|PCLI|
gn:174823|Jermuk|settlement|45.67|39.84|AM|Armenia|Vayots Dzor|5500|PPL|
ml:jermuk2|Jermuk|settlement|44.1|40.9|AM|Armenia|Shirak|600|PPL|
gn:174710|Vayots Dzor|admin1|45.5|39.75|AM|Armenia||50000|ADM1|
ml:nk|Nagorno-Karabakh|disputed|46.7|39.9||||150000||Karabakh
gn:174711|Nagorno-Karabakh|admin1|46.7|39.8|AZ|Azerbaijan||150000|ADM1|
ml:central-asia|Central Asia|region|65|43||||0||
ml:caucasus|Caucasus|region|45|42||||0||
gn:524901|Moscow|settlement|37.6|55.75|RU|Russia|Moscow|10400000|PPLC|
gn:5601538|Moscow|settlement|-117|46.73|US|United States|Idaho|25000|PPL|
gn:703448|Kyiv|settlement|30.52|50.45|UA|Ukraine|Kyiv City|2800000|PPLC|Kiev
gn:706483|Kharkiv|settlement|36.25|50|UA|Ukraine|Kharkiv|1400000|PPLA|Kharkov
gn:706482|Kharkiv|admin1|36.4|49.6|UA|Ukraine||2600000|ADM1|
gn:709717|Donetsk|settlement|37.8|48.02|UA|Ukraine|Donetsk|900000|PPLA|
gn:709716|Donetsk|admin1|37.5|48.1|UA|Ukraine||4000000|ADM1|
gn:1796236|Shanghai|settlement|121.46|31.22|CN|China|Shanghai|24000000|PPLA|
gn:1814991|China|country|105|35|CN|China||1393000000|PCLI|demonym:Chinese
gn:4140963|Washington|settlement|-77.04|38.9|US|United States|District of Columbia|690000|PPLC|Washington D.C.
gn:5815135|Washington|admin1|-120.5|47.5|US|United States||7600000|ADM1|
gn:2988507|Paris|settlement|2.35|48.85|FR|France|Île-de-France|2140000|PPLC|
gn:4717560|Paris|settlement|-95.56|33.66|US|United States|Texas|25000|PPL|
gn:4736286|Texas|admin1|-99.25|31.25|US|United States||29000000|ADM1|
gn:361058|Alexandria|settlement|29.92|31.2|EG|Egypt|Alexandria|3800000|PPLA|
gn:4314550|Alexandria|settlement|-92.45|31.31|US|United States|Louisiana|48000|PPL|
gn:4744091|Alexandria|settlement|-77.05|38.8|US|United States|Virginia|153000|PPL|
gn:4331987|Louisiana|admin1|-92|31|US|United States||4600000|ADM1|
gn:2643743|London|settlement|-0.13|51.51|GB|United Kingdom|England|8900000|PPLC|
gn:2639577|Reading|settlement|-0.97|51.46|GB|United Kingdom|England|318000|PPLA2|
ml:house|House|settlement|-103.9|34.65|US|United States|New Mexico|80|PPL|
ml:state|State|settlement|10|50|DE|Germany||700|PPL|
ml:defense|Defense|settlement|11|50|DE|Germany||700|PPL|
ml:friday|Friday|settlement|12|50|DE|Germany||700|PPL|
ml:of|Of|settlement|40.26|40.95|TR|Turkey|Trabzon|18000|PPL|
ml:politico|Politico|settlement|13|45|IT|Italy||700|PPL|
gn:163843|Syria|country|38|35|SY|Syria||17000000|PCLI|demonym:Syrian
gn:172955|Ar Raqqah|settlement|39.01|35.95|SY|Syria|Raqqa|177000|PPLA|Raqqa,al-Raqqa
gn:99237|Iraq|country|44|33|IQ|Iraq||38000000|PCLI|demonym:Iraqi
gn:5128581|New York|settlement|-74|40.71|US|United States|New York|8800000|PPL|New York City
gn:5128638|New York|admin1|-75.5|43|US|United States||19500000|ADM1|
gn:498817|St. Petersburg|settlement|30.31|59.94|RU|Russia|Saint Petersburg|5000000|PPLA|St Petersburg
"""


def folded(name: str) -> str:
    """Return a name as the fake compares it."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip().removeprefix("the ")


class FakeGazetteer:
    """Answers from the rows above, most prominent first."""

    version = "fake 1"

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self._names: dict[str, list[NameMatch]] = {}
        for line in _ROWS.strip().splitlines():
            key, name, kind, lon, lat, country, country_name, admin1, population, code, others = line.split("|")
            place = Place(
                id=key,
                name=name,
                kind=_kind(kind),
                at=LonLat(lon=float(lon), lat=float(lat)),
                country=country or None,
                country_name=country_name or None,
                admin1=admin1 or None,
                population=int(population),
                geonameid=int(key[3:]) if key.startswith("gn:") else None,
                feature_code=code or None,
            )
            self.places[key] = place
            self._add(place, name, "name")
            for other in filter(None, others.split(",")):
                how = "demonym" if other.startswith("demonym:") else "alternate"
                self._add(place, other.removeprefix("demonym:"), how)

    def _add(self, place: Place, name: str, how: str) -> None:
        self._names.setdefault(folded(name), []).append(NameMatch(place=place, matched=name, how=how))  # type: ignore[arg-type]

    def named(self, name: str) -> Sequence[NameMatch]:
        rank = {"country": 9, "admin1": 6, "region": 7, "disputed": 7}
        found = self._names.get(folded(name), [])
        return sorted(
            found,
            key=lambda m: (
                -(math.log10(m.place.population + 1) + rank.get(m.place.kind, 0) * (m.place.kind == "country"))
            ),
        )

    def known(self, names: Iterable[str]) -> set[str]:
        return {name for name in names if folded(name) in self._names}

    def suggest(
        self, prefix: str, *, limit: int = 10, country: str | None = None, kind: Kind | None = None
    ) -> Sequence[NameMatch]:
        return []

    def fuzzy(self, name: str, *, limit: int = 10) -> Sequence[NameMatch]:
        return []

    def place(self, place_id: str) -> Place | None:
        return self.places.get(place_id)

    def containing(self, at: LonLat) -> Sequence[Place]:
        return []

    def nearest(self, at: LonLat, *, limit: int = 5, max_m: float = 100_000) -> Sequence[tuple[Place, float]]:
        return []

    def outline(self, place_id: str) -> BaseGeometry | None:
        return None

    def sketch(self, place_id: str) -> BaseGeometry | None:
        return self.outline(place_id)


def _kind(kind: str) -> Kind:
    return kind  # type: ignore[return-value]


class FakeTagger:
    """Tags just the words it is told to, wherever they stand: FakeTagger(PERSON=["Paris Hilton"])."""

    version = "fake 1"

    for_places = False

    def __init__(self, **labels: Sequence[str]) -> None:
        self.labels = labels

    def tag(self, text: str) -> Sequence[TaggedSpan]:
        found = [
            TaggedSpan(span=Span(start=match.start(), end=match.end()), label=label)
            for label, names in self.labels.items()
            for name in names
            for match in re.finditer(re.escape(name), text)
        ]
        return sorted(found, key=lambda tag: tag.span.start)
