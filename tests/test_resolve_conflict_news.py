"""Names that conflict news uses of two places, read with the installed gazetteer; the context goes both ways."""

import pytest
import shapely
from test_resolve import resolved

import geo
from geo.geodesy import area_m2, buffer
from geo.stores.gazetteer import open_gazetteer

CASES = [
    ("Militias traded fire in Tripoli, and clinics in Misrata, Libya, took the wounded.", "Tripoli", "settlement LY"),
    ("Snipers shot across Tripoli as Lebanon sent armoured cars from Beirut.", "Tripoli", "settlement LB"),
    ("Troops dug trenches in Georgia after talks in Tbilisi over South Ossetia.", "Georgia", "country GE"),
    ("Deputies in Georgia seized rifles in Atlanta and near Macon.", "Georgia", "admin1 US"),
    ("In Kharkiv, a drone set flats on fire. Nine were hurt in the city and in Chuhuiv.", "Kharkiv", "settlement UA"),
    ("Infantry took three hamlets in the Kharkiv region near Vovchansk.", "Kharkiv", "admin1 UA"),
    ("The rockets were fired from Belgorod, said Ukraine.", "Belgorod", "settlement RU"),
    ("Security forces besieged Aleppo and cut the road to Idlib.", "Aleppo", "settlement SY"),
    ("Shells fell on Donetsk, and its mayor blamed Kyiv.", "Donetsk", "settlement UA"),
    ("Fighting raged across the Donetsk region from Bakhmut to Avdiivka.", "Donetsk", "admin1 UA"),
    ("Gunmen killed farmers in Niger, near Mali, the army in Niamey said.", "Niger", "country NE"),
    ("Bandits killed thirty in Nigeria, officials in Abuja and Kaduna said.", "Nigeria", "country NG"),
    ("M23 moved on Goma in Congo, and Kinshasa blamed Rwanda.", "Congo", "country CD"),
    ("Police in Brazzaville broke up a rally in the Republic of Congo.", "Republic of Congo", "country CG"),
    ("The army of Sudan shelled Omdurman and lost Khartoum.", "Sudan", "country SD"),
    ("Raiders crossed South Sudan, and Juba and Bor were put on alert.", "South Sudan", "country SS"),
    ("Soldiers raided Bethlehem and towns of the West Bank.", "Bethlehem", "settlement PS"),
    ("A steel mill burned in Bethlehem, Pennsylvania.", "Bethlehem", "settlement US"),
    ("Levees gave way near Cairo, Illinois.", "Cairo", "settlement US"),
    ("Mediators in Cairo handed Hamas a plan for Gaza.", "Cairo", "settlement EG"),
    ("Soldiers sealed off San Salvador in El Salvador.", "San Salvador", "settlement SV"),
    ("A storm flooded San Salvador, and the Bahamas sent a ship from Nassau.", "San Salvador", "admin1 BS"),
    ("Rebels entered Hama while the army fell back to Homs, in Syria.", "Hama", "settlement SY"),
    ("Rangers raided a market in Hyderabad, east of Karachi, Pakistan.", "Hyderabad", "settlement PK"),
    ("Police sealed off Hyderabad in Telangana, India.", "Hyderabad", "settlement IN"),
    ("Depots burned near St. Petersburg, Russia.", "St. Petersburg", "settlement RU"),
    ("People fled St. Petersburg and Tampa in Florida.", "St. Petersburg", "settlement US"),
    # a district that is named after a town, by an adjective or as the town is
    ("Troops crossed into the Sudzha district of Russia.", "Sudzha", "admin2 RU"),
    ("Drones fell on the Belgorod district, the governor said.", "Belgorod", "admin2 RU"),
    ("They hold the Sudzha and Korenevo districts of the Kursk region.", "Sudzha", "admin2 RU"),
    ("They hold the Sudzha and Korenevo districts of the Kursk region.", "Korenevo", "admin2 RU"),
    ("They hold the districts of Sudzha and Korenevo in the Kursk region.", "Korenevo", "admin2 RU"),
    ("Drones struck Kharkiv, Sumy and Chernihiv oblasts.", "Kharkiv", "admin1 UA"),
    # what is said once, at the end of a list, holds for all of it
    ("Clay and Cass counties in Minnesota were flooded.", "Clay", "admin2 US"),
    ("Clay and Cass counties in Minnesota were flooded.", "Cass", "admin2 US"),
    ("Families left El Fasher locality in North Darfur, Sudan.", "El Fasher", "admin2 SD"),
    ("Fighting spread through the Afrin district of Syria.", "Afrin", "admin2 SY"),
    ("Shells hit al-Bab district in Syria.", "al-Bab", "admin2 SY"),
    ("Gunmen raided the Chibok local government area in Nigeria.", "Chibok", "admin2 NG"),
    ("Landslides cut off Muzaffarabad district, Pakistan.", "Muzaffarabad", "admin2 PK"),
    ("Snipers fired in the Tovuz district of Azerbaijan.", "Tovuz", "admin1 AZ"),
    ("Snipers fired at Tovuz in Azerbaijan.", "Tovuz", "settlement AZ"),
    # "the" goes before seas and regions, and before few towns
    ("Tankers burned in the Gulf, and Iran seized another.", "Gulf", "sea None"),
    ("A storm formed over the Atlantic and moved to Ireland.", "Atlantic", "sea None"),
    ("The chemical weapons watchdog met in the Hague.", "Hague", "settlement NL"),
    # a short form of two states
    ("Police shot a man in Perth, WA, on Monday.", "WA", "admin1 AU"),
    ("Police shot a man in Tacoma, WA, on Monday.", "WA", "admin1 US"),
    ("Fires burned across WA, and Fremantle was cut off.", "WA", "admin1 AU"),
    # many people live in some districts
    ("Police in Kent and Essex, England, held five smugglers.", "Kent", "admin2 GB"),
    ("Police in Kent, near Seattle, held five smugglers.", "Kent", "settlement US"),
    ("Two EU envoys were expelled from Belarus.", "EU", "region None"),
    ("London had more murders than New York, its mayor said.", "New York", "settlement US"),
    ("Mines were laid in the border territory of Georgia, said Armenia and Azerbaijan.", "Georgia", "country GE"),
]
OTHERS = (
    "Misrata Libya Lebanon Beirut Tbilisi Atlanta Macon Chuhuiv Vovchansk Ukraine Idlib Kyiv Bakhmut Avdiivka Mali "
    "Niamey Abuja Kaduna Goma Kinshasa Rwanda Brazzaville Omdurman Khartoum Juba Bor Pennsylvania Illinois Gaza "
    "Bahamas Nassau Homs Azerbaijan Shusha Syria Karachi Pakistan Telangana India Russia Tampa Florida "
    "Perth Tacoma Fremantle Armenia London Iran Ireland Essex England Seattle Belarus Sudzha Korenevo Kursk Sumy "
    "Chernihiv Cass Minnesota"
).split() + ["New York", "South Ossetia", "West Bank", "El Salvador"]


@pytest.mark.parametrize(("text", "name", "expected"), CASES)
def test_conflict_news_means_the_place_that_its_context_says(text: str, name: str, expected: str) -> None:
    place = resolved(text, list({name, *OTHERS}), open_gazetteer())[name].place
    assert place is not None
    assert f"{place.kind} {place.country}" == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Landslides hit camps in Cox's Bazar.", {"Cox's Bazar": "BD"}),
        ("Landslides hit camps in Cox’s Bazar.", {"Cox’s Bazar": "BD"}),
        ("Drones hit Russia's Belgorod.", {"Russia": "RU", "Belgorod": "RU"}),
    ],
)
def test_a_possessive_inside_a_name_parts_it_only_where_nobody_knows_the_whole(
    text: str, expected: dict[str, str]
) -> None:
    found = geo.read_article(text).resolutions
    assert {one.mention.text: one.place.country for one in found if one.place} == expected


@pytest.mark.parametrize(
    ("text", "name", "admin1"),
    [
        ("He saw Washington, New York and Boston before he flew home.", "Washington", "District of Columbia"),
        ("Farmers of Paris, Texas, met.", "Paris", "Texas"),
        ("Farmers of Paris, Texas and Boston, Massachusetts, met.", "Paris", "Texas"),
    ],
)
def test_the_last_two_of_a_list_are_no_town_and_its_state(text: str, name: str, admin1: str) -> None:
    names = ["Washington", "New York", "Boston", "Massachusetts", "Paris", "Texas"]
    place = resolved(text, names, open_gazetteer())[name].place
    assert place is not None
    assert place.admin1 == admin1


def test_a_town_and_the_district_of_its_name_are_two_places() -> None:
    reading = geo.read_article(
        "They took Sudzha in Russia. Villages of the Sudzha district held out. Troops went on to Sudzha."
    )
    kinds = [found.place.kind for found in reading.resolutions if found.place and found.mention.text == "Sudzha"]
    assert kinds == ["settlement", "admin2", "settlement"]


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian troops were seen in the Sudzha district, 10 km from the border with Ukraine, Russia said.",
        "They fight in the Sudzha district of Russia's Kursk region, up to 10 km from the border with Ukraine.",
    ],
)
def test_a_district_limits_the_strip_along_a_border(text: str) -> None:
    (zone,) = geo.read_article(text).zones
    assert zone.sector is not None
    assert "limited to Sudzhansky District, which the sentence names" in zone.sector
    district = open_gazetteer().outline("gb:50074027B64075323117418")
    assert district is not None
    assert area_m2(zone.fringe) < area_m2(district)
    assert shapely.difference(zone.fringe, buffer(district, distance_m=2_600)).is_empty
