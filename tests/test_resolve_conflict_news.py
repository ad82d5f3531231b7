"""Names that conflict news uses of two places, read with the installed gazetteer; the context goes both ways."""

import pytest
from test_resolve import resolved

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
]
OTHERS = (
    "Misrata Libya Lebanon Beirut Tbilisi Atlanta Macon Chuhuiv Vovchansk Ukraine Idlib Kyiv Bakhmut Avdiivka Mali "
    "Niamey Abuja Kaduna Goma Kinshasa Rwanda Brazzaville Omdurman Khartoum Juba Bor Pennsylvania Illinois Gaza "
    "Bahamas Nassau Homs Azerbaijan Shusha Syria Karachi Pakistan Telangana India Russia Tampa Florida"
).split() + ["South Ossetia", "West Bank", "El Salvador"]


@pytest.mark.parametrize(("text", "name", "expected"), CASES)
def test_conflict_news_means_the_place_that_its_context_says(text: str, name: str, expected: str) -> None:
    place = resolved(text, [name, *OTHERS], open_gazetteer())[name].place
    assert place is not None
    assert f"{place.kind} {place.country}" == expected
