"""Which places a name might mean, before anything else of the article is looked at."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from geo.abbreviations import AFTER_TOWN, state_of
from geo.mentions import Mention
from geo.nearness import rough_km
from geo.ordinary_words import ORDINARY, STATE_BODIES
from geo.places import Gazetteer, NameMatch
from geo.possible_names import unhashed

MAX_TOWNS = 3  # whose districts are looked for
MAX_CANDIDATES = 25  # "San José" has 300; the right one is among the first 25 by prominence nearly always


def normalised(name: str) -> str:
    """Return a name without case, diacritics, hyphens and "the", to tell whether two mentions say the same."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.sub(r"[\W_]+", " ", plain).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def spelling(name: str) -> str:
    """Return what transliterations of a name share: its consonants, sounded alike, none doubled."""
    plain = normalised(name).replace(" ", "")
    plain = plain[:-1] if plain.endswith(("ah", "eh")) else plain
    for one, other in (("kh", "h"), ("gh", "g"), ("ck", "k"), ("q", "k"), ("c", "k"), ("w", "v"), ("zh", "z")):
        plain = plain.replace(one, other)
    letters = [letter for letter in plain if letter not in "aeiouyj"]
    return "".join(letter for number, letter in enumerate(letters) if letters[number - 1 : number] != [letter])


_MODIFIERS = frozenset(
    "northern southern eastern western central north south east west northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern upper lower greater downtown mainland metro rural old new the "
    "city town village state province region county district of".split()
)
_TAILS = frozenset(
    "region province oblast area county district raion rayon locality territory state city town village governorate "
    "republic parish".split()
)


def matches_of(mention: Mention, text: str, gazetteer: Gazetteer) -> Sequence[NameMatch]:
    """Return the candidates of a mention, most prominent first; typing errors only where nothing else fits."""
    before = text[max(0, mention.span.start - 2) : mention.span.start]
    told = before == ", " or mention.text.endswith(".") or mention.text in AFTER_TOWN and before[:1].isalpha()
    if told and (state := state_of(mention.text)):
        found = [match for match in gazetteer.named(state) if match.place.kind in {"admin1", "country"}]
        if found:  # "Tacoma, WA" and "Perth, WA"
            short = [match for match in gazetteer.named(mention.text) if match.how == "abbreviation"]
            return _unique([*found, *short])
    found = list(gazetteer.named(mention.text))
    if mention.demonym:
        found = [match for match in found if match.how == "demonym"] or found
    if mention.text.isupper() and any(match.how == "abbreviation" for match in found):  # EU is not Eu in France
        found = [match for match in found if match.matched.isupper() or match.place.kind != "settlement"]
    if not found and unhashed(mention.text) != mention.text:
        found = list(gazetteer.named(unhashed(mention.text)))
    if not found:
        words = mention.text.replace("-", " ").split()
        while len(words) > 1 and words[0].lower() in _MODIFIERS:
            words = words[1:]
        while len(words) > 1 and words[-1].lower() in _TAILS:
            words = words[:-1]
        shorter = " ".join(words)
        if shorter != mention.text and shorter.lower() not in ORDINARY:
            found = [replace(match, how="prefix") for match in gazetteer.named(shorter)]
    if not found:
        found = [replace(match, how="prefix") for match in _of_site(mention.text, gazetteer)]
    if not found and len(mention.text) > 5:
        found = _similar(mention, gazetteer)
    return _unique(found)


def _unique(matches: Sequence[NameMatch]) -> list[NameMatch]:
    unique: dict[str, NameMatch] = {}
    for match in matches:
        unique.setdefault(match.place.id, match)
    return list(unique.values())[:MAX_CANDIDATES]


def districts_of(matches: Sequence[NameMatch], gazetteer: Gazetteer) -> Sequence[NameMatch]:
    """Return the districts that are named after towns among the candidates: Sudzhansky, which holds Sudzha."""
    if any(match.place.kind == "admin2" for match in matches):
        return ()
    found: dict[str, NameMatch] = {}
    for town in [match for match in matches if match.place.kind == "settlement"][:MAX_TOWNS]:
        said = spelling(town.matched)
        stem = said[: max(2, len(said) - 1)]  # Luhansk, Luhansky; Horlivka, Horlivsky
        around = [match.place for ending in _OF_TOWN for match in gazetteer.named(town.matched + ending)]
        for area in (*gazetteer.containing(town.place.at), *around):  # a city may lie beside its district
            near = area.kind == "admin2" and rough_km(area, town.place) < FARTHEST_SEAT_KM
            if near and spelling(area.name).startswith(stem):
                held = replace(area, admin1=area.admin1 or town.place.admin1)
                found.setdefault(area.id, replace(town, place=held))
    return tuple(found.values())


_OF_TOWN = ("sky", "skiy", "skyi")  # of Belgorod: Belgorodsky District
FARTHEST_SEAT_KM = 150.0  # from the middle of a district


def _similar(mention: Mention, gazetteer: Gazetteer) -> list[NameMatch]:
    """Return the places that a name is another spelling of, else those that it may be a typing error of."""
    plain, consonants = normalised(mention.text), spelling(mention.text)
    spelt = not is_site(mention.text) and not any(map(str.isdigit, plain)) and len(consonants) > 1
    mistyped = mention.text.isalpha() and mention.source == ("tagger",)
    like = list(gazetteer.fuzzy(mention.text, limit=3)) if spelt or mistyped else []
    respelt = [
        replace(match, how="alternate")
        for match in like
        if spelt and spelling(match.matched) == consonants and _one_letter_apart(plain, normalised(match.matched))
    ]
    return respelt or (like if mistyped else [])


def _one_letter_apart(one: str, other: str) -> bool:
    """Tell whether two names differ in one letter that is put in, left out or exchanged."""
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    return longer - min(shorter, _same(one, other) + _same(one[::-1], other[::-1])) <= 1


def _same(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


# What stands where its name says: Zaventem International Airport, the Iowa House.
SITES = frozenset(
    """
    abbey academy airbase airfield airport archives arena armory arsenal assembly authority bank barracks base basilica
    board bureau camp campus capitol castle cathedral cemetery center centre chamber chambers checkpoint church clinic
    club coalition college commission committee congress consulate convent council court courthouse crossing dam
    department depot embassy factory fc federation festival fort garrison government governorate graveyard guard hall
    harbor harbour headquarters hospital hotel house inn institute institution jail lab laboratory library mall market
    mill mine ministry mission monastery mosque municipality museum observatory office opera orchestra palace park
    parliament pier pipeline plant police port prison raceway racecourse railway reactor refinery school senate shrine
    seminary speedway stadium station synagogue temple terminal theater theatre tower treasury trust university zoo
    """.split()
)
# A street is seldom where its name says; it is only known to be small.
STREETS = frozenset(
    """
    alley ave avenue blvd boulevard bridge building circle crescent drive estate freeway highway junction lane motorway
    parade parkway pass path plaza road roundabout row rue square st street tunnel villas walk way
    """.split()
)
_OF_SITES = (
    frozenset(
        """
    academic administration agriculture airways agency animal assembly at athletic auto autonomous barangay cargo
    chambers
    children's childrens city civil commerce communications community convention correctional council county culture
    cultural detention district economics education elementary engineering environment exhibition finance football
    health higher history in information international junior law local medical memorial men's metropolitan ministers
    municipal nations naval nuclear oil petroleum polytechnic power presbyterian primary public railroad reception
    regional religious research science sciences secondary senior sheriff's sports stock supreme teaching technical
    technology tourism town trade training transport transportation veterans village welfare women's workers & - of and
    for the on
    """.split()
    )
    | SITES
    | ORDINARY
    | STATE_BODIES
)
_LONGEST_SITE = 8  # words


def is_site(name: str) -> bool:
    """Tell whether a name is of something small: a building, a street, an institution."""
    words = {_plain(word) for word in name.split()}
    return not words.isdisjoint(SITES | STREETS)


_WIDE = frozenset(
    "alliance america asia africa bloc commonwealth creek east empire europe federation islands lake mountains nations "
    "north ocean republic river sea south union valley west world".split()
)


def is_wide(name: str) -> bool:
    """Tell whether a name is of something wide: a union, an ocean, a river."""
    return not _WIDE.isdisjoint(_plain(word) for word in name.split())


def _of_site(name: str, gazetteer: Gazetteer) -> Sequence[NameMatch]:
    """Return the places that a site or an institution is named after; a town goes before a demonym."""
    words = name.split()
    plain = [_plain(word) for word in words]
    if not 1 < len(words) <= _LONGEST_SITE or SITES.isdisjoint(plain) or not STREETS.isdisjoint(plain[-1:]):
        return ()
    common = [word in _OF_SITES or not word for word in plain]
    parts = [
        " ".join(words[first:last])
        for size in range(len(words) - 1, 0, -1)
        for first in range(len(words) - size + 1)
        if (last := first + size)
        and not all(common[first:last])
        and not (common[first] and plain[first] in _SMALL_WORDS)
        and (all(common[:first]) and all(common[last:]) or last == len(words) and common[first - 1])
    ]
    known = gazetteer.known(parts)
    found = [matches for part in parts if part in known and (matches := gazetteer.named(part))]
    return next((m for m in found if m[0].how != "demonym"), found[0] if found else ())


_SMALL_WORDS = frozenset("of and for the at in on & -".split())


def _plain(word: str) -> str:
    return word.lower().replace("\u2019", "'").strip(".,'")
