"""Which places a name might mean, before anything else of the article is looked at."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from geo.abbreviations import state_of
from geo.mentions import Mention
from geo.places import Gazetteer, NameMatch

MAX_CANDIDATES = 25  # "San José" has 300; the right one is among the first 25 by prominence nearly always


def normalised(name: str) -> str:
    """Return a name without case, diacritics, hyphens and "the", to tell whether two mentions say the same."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.sub(r"[\W_]+", " ", plain).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


_MODIFIERS = frozenset(
    "northern southern eastern western central north south east west northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern upper lower greater downtown mainland metro rural old new the "
    "city town village state province region county district of".split()
)
_TAILS = frozenset(
    "region province oblast area county district state city town village governorate republic parish".split()
)


def matches_of(mention: Mention, text: str, gazetteer: Gazetteer) -> Sequence[NameMatch]:
    """Return the candidates of a mention, most prominent first; typing errors only where nothing else fits."""
    after_comma = text[max(0, mention.span.start - 2) : mention.span.start] == ", "
    if (state := state_of(mention.text)) and (after_comma or mention.text.endswith(".")):
        found = [match for match in gazetteer.named(state) if match.place.kind in {"admin1", "country"}]
        if found:
            return found[:MAX_CANDIDATES]
    found = list(gazetteer.named(mention.text))
    if mention.demonym:
        found = [match for match in found if match.how == "demonym"] or found
    if not found:
        words = mention.text.replace("-", " ").split()
        while len(words) > 1 and words[0].lower() in _MODIFIERS:
            words = words[1:]
        while len(words) > 1 and words[-1].lower() in _TAILS:
            words = words[:-1]
        shorter = " ".join(words)
        if shorter != mention.text:
            found = [replace(match, how="prefix") for match in gazetteer.named(shorter)]
    if not found:
        found = [replace(match, how="prefix") for match in _of_facility(mention.text, gazetteer)]
    if not found and len(mention.text) > 5 and mention.text.isalpha() and mention.source == ("tagger",):
        found = list(gazetteer.fuzzy(mention.text, limit=3))
    unique: dict[str, NameMatch] = {}
    for match in found:
        unique.setdefault(match.place.id, match)
    return list(unique.values())[:MAX_CANDIDATES]


_FACILITIES = frozenset(
    """
    abbey academy airbase airfield airport arena barracks base basilica campus castle cathedral cemetery checkpoint
    clinic college court courthouse garrison harbor harbour hospital hotel institute library mall mosque museum palace
    plant port prison raceway refinery school speedway stadium station synagogue temple terminal theater theatre
    university zoo
    """.split()
)


def _of_facility(name: str, gazetteer: Gazetteer) -> Sequence[NameMatch]:
    """Return the places that a site is named after: "Zaventem International Airport" stands near Zaventem."""
    words = name.split()
    if not 1 < len(words) <= 8:
        return ()
    if words[-1].lower() in _FACILITIES:
        tries = [words[:last] for last in range(len(words) - 1, 0, -1)]
    elif words[0].lower() in _FACILITIES and words[1] == "of":
        tries = [words[2:]]
    else:
        return ()
    return next((found for part in tries if part and (found := gazetteer.named(" ".join(part)))), ())
