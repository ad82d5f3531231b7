"""A town's bare name is the town, also where a region is named after it; with the installed gazetteer."""

import pytest
from test_resolve import resolved

from geo.stores.gazetteer import open_gazetteer

CASES = [
    ("Drones hit Zaporizhzhia overnight and wounded eleven, the mayor said.", "Zaporizhzhia", "settlement UA"),
    ("Russian forces shelled Zaporizhzhia and Kherson, Ukrainian officials said.", "Zaporizhzhia", "settlement UA"),
    ("Russian forces shelled Zaporizhzhia and Kherson, Ukrainian officials said.", "Kherson", "settlement UA"),
    ("Troops in Zaporizhzhia oblast dug in near Orikhiv.", "Zaporizhzhia", "admin1 UA"),
    ("Russia claims Donetsk, Luhansk, Zaporizhzhia and Kherson regions as its own.", "Zaporizhzhia", "admin1 UA"),
    ("Azerbaijani trucks reached Lachin, where the road to Stepanakert begins.", "Lachin", "settlement AZ"),
    ("Azerbaijan moved into the Lachin district after the truce.", "Lachin", "admin1 AZ"),
    ("Missiles struck Kharkiv at dawn.", "Kharkiv", "settlement UA"),
    ("Ukraine held Kharkiv despite shelling from across the border in Russia.", "Kharkiv", "settlement UA"),
    ("Residents of Kherson crossed the river under fire.", "Kherson", "settlement UA"),
    ("Jihadists fired rockets at Gao, a town in northern Mali.", "Gao", "settlement ML"),
    ("Jihadists attacked an army camp in Gao, Mali.", "Gao", "settlement ML"),
    ("Patrols in the Gao region of Mali came under fire.", "Gao", "admin1 ML"),
    ("Militants ambushed a convoy between Mopti and Douentza in Mali.", "Mopti", "settlement ML"),
    ("Villages in Mali's Mopti region were burned.", "Mopti", "admin1 ML"),
    ("Barrel bombs fell on Idlib, rescuers in Syria said.", "Idlib", "settlement SY"),
    ("Turkey sent more troops to Syria's Idlib province.", "Idlib", "admin1 SY"),
    ("Rebels entered Aleppo for the first time since 2016.", "Aleppo", "settlement SY"),
    ("Clashes spread across Aleppo province in northern Syria.", "Aleppo", "admin1 SY"),
    (
        "Shells fell on Donetsk and killed three at a market, its Russian-installed mayor said.",
        "Donetsk",
        "settlement UA",
    ),
    ("A depot burned in Luhansk after a strike, Ukraine's army said.", "Luhansk", "settlement UA"),
    ("Russia says it has taken all of Luhansk region.", "Luhansk", "admin1 UA"),
    ("A ballistic missile hit Sumy on Palm Sunday.", "Sumy", "settlement UA"),
    ("Ukrainian troops regrouped in Sumy region near the Russian border.", "Sumy", "admin1 UA"),
    ("Government forces pushed into Homs, Syria's third largest city.", "Homs", "settlement SY"),
    ("Syrian state media said Israel struck an air base in Homs province.", "Homs", "admin1 SY"),
    ("Israeli tanks pushed into Gaza, and Hamas vowed to fight on.", "Gaza", "disputed PS"),
    ("Israeli strikes on Gaza City killed twenty.", "Gaza City", "settlement PS"),
    ("Israel ordered people to leave the Gaza Strip's south.", "Gaza Strip", "disputed PS"),
    ("Aid trucks entered Gaza from Egypt at Rafah.", "Gaza", "disputed PS"),
    ("Houthi missiles hit Marib, and Saudi jets answered.", "Marib", "settlement YE"),
    ("Tribesmen clashed in Yemen's Marib province.", "Marib", "admin1 YE"),
    ("The Taliban overran Kunduz, and Afghan commandos counterattacked.", "Kunduz", "settlement AF"),
    ("A bomb at a mosque in Kandahar killed forty in Afghanistan.", "Kandahar", "settlement AF"),
    ("Islamic State gunmen hold villages in Nangarhar province near Jalalabad.", "Nangarhar", "admin1 AF"),
    ("The RSF shelled El Fasher, capital of Sudan's North Darfur state.", "El Fasher", "settlement SD"),
    ("Paramilitaries took Nyala in South Darfur.", "Nyala", "settlement SD"),
    ("A bomb tore through a market in Maiduguri, Nigeria.", "Maiduguri", "settlement NG"),
    ("Islamic State fighters attacked Sokoto, in northwestern Nigeria.", "Sokoto", "settlement NG"),
    ("Gunmen kidnapped pupils in Nigeria's Kaduna state.", "Kaduna", "admin1 NG"),
    ("Gunmen killed ten on the road to Kaduna, Nigerian police said.", "Kaduna", "settlement NG"),
    ("Ukrainian drones struck Bryansk, Kursk and Belgorod, Russia said.", "Kursk", "settlement RU"),
    ("Ukrainian troops held ground in Russia's Kursk region near Sudzha.", "Kursk", "admin1 RU"),
    ("Shells hit Belgorod and damaged flats, its mayor said.", "Belgorod", "settlement RU"),
    ("Iraqi forces entered Mosul and Kirkuk after weeks of fighting.", "Kirkuk", "settlement IQ"),
    ("A suicide bomber struck Quetta, in Pakistan.", "Quetta", "settlement PK"),
    ("Fano militia fought Ethiopian troops in Gondar and Lalibela.", "Gondar", "settlement ET"),
    ("Tigray forces held Mekelle as Eritrean troops withdrew.", "Tigray", "admin1 ET"),
    ("Insurgents raided Palma in Mozambique.", "Palma", "settlement MZ"),
    ("Myanmar's army bombed Myitkyina and Loikaw.", "Myitkyina", "settlement MM"),
    ("The Arakan Army seized Sittwe, Myanmar media said.", "Sittwe", "settlement MM"),
    ("Government troops shelled Daraa in southern Syria.", "Daraa", "settlement SY"),
    ("Druze fighters held Sweida against Bedouin tribes in Syria.", "Sweida", "settlement SY"),
    ("A blast in Deir ez-Zor killed Syrian soldiers.", "Deir ez-Zor", "settlement SY"),
    ("Kurdish-led fighters left Raqqa for Hasakah in Syria.", "Raqqa", "settlement SY"),
    ("Kurdish-led fighters left Raqqa for Hasakah in Syria.", "Hasakah", "settlement SY"),
    ("Lebanon's army deployed in Sidon and Tyre.", "Tyre", "settlement LB"),
    ("Israeli jets bombed Nabatieh and Baalbek in Lebanon.", "Baalbek", "settlement LB"),
    ("Soldiers fought M23 rebels near Bukavu and Goma.", "Bukavu", "settlement CD"),
    ("ADF militants killed villagers near Beni in North Kivu, eastern Congo.", "Beni", "settlement CD"),
]
NAMES = """
Orikhiv Stepanakert Douentza Rafah Russia Ukraine Mali Syria Israel Egypt Turkey Lebanon Yemen Afghanistan
Nigeria Pakistan Sudan Myanmar Azerbaijan Jalalabad Belgorod Bryansk Mosul Lalibela Mekelle Loikaw Goma Sidon
Nabatieh Sudzha Luhansk Kherson Donetsk Zaporizhzhia Mozambique Hasakah Raqqa
""".split()


@pytest.mark.parametrize(("text", "name", "expected"), CASES)
def test_a_bare_name_is_the_town_and_a_word_makes_it_the_region(text: str, name: str, expected: str) -> None:
    names = [name, *(other for other in NAMES if other not in name)]
    place = resolved(text, names, open_gazetteer())[name].place
    assert place is not None
    assert f"{place.kind} {place.country}" == expected
