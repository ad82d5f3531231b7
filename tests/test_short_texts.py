"""Short texts without context, as people post them and as bulletins begin; with the installed gazetteer and tagger."""

import pytest

from geo.article import Article
from geo.candidates import matches_of
from geo.mentions import Mention, find_mentions
from geo.possible_names import unhashed
from geo.resolve import resolve
from geo.stores.gazetteer import open_gazetteer
from geo.stores.tagger import open_tagger

CASES = [
    ("Help needed in #Kathmandu #Gorkha #Nepal #NepalQuake", "Kathmandu NP, Gorkha NP, Nepal NP"),
    ("pray for #aleppo #syria", "aleppo SY, syria SY"),
    ("#NewYork and #LosAngeles see record heat", "NewYork US, LosAngeles US"),
    ("#BREAKING gunfire heard in Ouagadougou #BurkinaFaso", "Ouagadougou BF, BurkinaFaso BF"),
    ("RT @CNNbrk: Explosion reported near Kabul airport", "Kabul airport AF"),
    ("@GovChristie tours Seaside Heights NJ", "Seaside Heights US, NJ US"),
    ("Snow in Denver CO and Cheyenne WY tonight", "Denver US, CO US, Cheyenne US, WY US"),
    ("UKRAINE: RUSSIAN FORCES SHELL KHARKIV, KUPIANSK", "UKRAINE UA, RUSSIAN RU, KHARKIV UA, KUPIANSK UA"),
    ("FLOODS HIT CHENNAI AS RIVER BREAKS BANKS", "CHENNAI IN"),
    ("Cholera kills 12 in Goma, Bukavu and Uvira", "Goma CD, Bukavu CD, Uvira CD"),
    ("Cities affected: Gaziantep, Adana, Hatay, Malatya", "Gaziantep TR, Adana TR, Hatay TR, Malatya TR"),
    ("West Nile virus was found in mosquitoes in Cook County, Illinois.", "Cook County US, Illinois US"),
    ("A case of Crimean-Congo haemorrhagic fever was found in Madrid.", "Madrid ES"),
    ("Residents of Hpa-an fled after shelling by Myanmar's army.", "Hpa-an MM, Myanmar MM"),
    ("Al-Shabaab seized Adan Yabaal in Somalia.", "Adan Yabaal SO, Somalia SO"),
    ("Militia burned houses in Kabkabiya, North Darfur.", "Kabkabiya SD, North Darfur SD"),
    ("Gangs attacked Pétion-Ville and Kenscoff.", "Pétion-Ville HT, Kenscoff HT"),
    ("Strikes hit Al-Awda Hospital in Nuseirat, Gaza.", "Al-Awda Hospital ?, Nuseirat PS, Gaza PS"),
    ("M23 Takes Key Town in South Kivu", "South Kivu CD"),
    ("Troops entered Sudzha on Monday.", "Sudzha RU"),
    ("Lashio was overrun in August.", "Lashio MM"),
    ("Macomia was attacked by insurgents, Mozambique said.", "Macomia MZ, Mozambique MZ"),
    ("Khan Younis was bombed again.", "Khan Younis PS"),
    ("Brent fell to 80 dollars. Clark was captured after a chase.", ""),
    ("The prosecutor Anthony Orchard QC spoke of Cimpress NV.", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_short_text_is_read_without_help_from_a_context(text: str, expected: str) -> None:
    article, gazetteer = Article(text=text), open_gazetteer()
    mentions = find_mentions(article, gazetteer=gazetteer, tagger=open_tagger(gazetteer))
    found = resolve(article, mentions, gazetteer=gazetteer)
    assert ", ".join(f"{one.mention.text} {one.place.country if one.place else '?'}" for one in found) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Kabkabiya", "Kabkābīyah"),  # an h less
        ("Middle Shabelle", "Shabeellaha Dhexe"),  # a letter that is not doubled
        ("Petion Ville", "Pétionville"),  # a space more
        ("Kabkadiya", None),  # another consonant is another name
    ],
)
def test_another_spelling_of_a_name_is_known_and_another_name_is_not(written: str, expected: str | None) -> None:
    mention = Mention(span=Article(text=written).sentences[0].span, text=written, source=("given",))
    found = matches_of(mention, written, open_gazetteer())
    assert (found[0].place.name if found else None) == expected


def test_a_hashtag_is_cut_into_words_where_a_capital_follows_a_small_letter() -> None:
    assert [unhashed(tag) for tag in ("NewYork", "haiti", "NYC", "BurkinaFaso")] == [
        "New York",
        "haiti",
        "NYC",
        "Burkina Faso",
    ]
