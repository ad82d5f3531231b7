"""What part a place plays in an article: where it was filed, where something happened, or only talked about."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from geo.article import Article
from geo.mentions import Mention
from geo.places import Place

Role = Literal["event", "context", "dateline"]


_DATELINE_REST = re.compile(r"[^\n]{0,60}?(?:\([A-Z][\w .]{1,20}\)|\s[-\u2013\u2014]{1,2}\s|\u2014)")
_EVENT_WORDS = re.compile(
    r"\b(?:attack|strike|struck|airstrike|shell|kill|wound|injur|clash|battle|fight|fought|bomb|explo|blast|raid|captur|seiz"
    r"|advanc|withdr|retreat|offensive|drone|missile|rocket|artiller|troop|forces|soldier|protest|evacuat|displac|ambush"
    r"|siege|besieg|occup|liberat|overr[ua]n|hit|destroy|damag|fir(?:e|ed|ing)|shot|shoot|dead|died|death|casualt|massacr"
    r"|incursion|invad|invasion|front ?line|ceasefire|cease-fire|convoy|militant|rebel|insurgent|gunm[ae]n"
    r"|police|arrest|crash|flood"
    r"|earthquake|visit|met|meeting|summit)",
    re.IGNORECASE,
)
_DISTANCE = re.compile(
    r"\d[ -]?(?:km|kilomet|mile|metres|meters)\b|\b(?:kilomet(?:er|re)s?|miles?|km)\b", re.IGNORECASE
)
_LOCATING = re.compile(
    r"\b(?:in|at|near|on|outside|inside|around|to|into|toward|towards|across|between|from|of|off|through|over|beyond|and|or"
    r"|captured|seized|entered|shelled|bombed|hit|struck|attacked|liberated|took|left|reached|besieged),?"
    r"(?: (?:the|both|nearby|neighbou?ring|northern|southern|eastern|western|central|besieged|disputed|border|port"
    r"|city|town|village|province|region|territory|of)){0,5} $",
    re.IGNORECASE,
)
_FIRMLY_IN = re.compile(
    r"\b(?:in|at|near|inside|into|across|throughout)(?: (?:the|northern|southern|eastern|western|central)){0,2} $"
)
_WIDE = frozenset({"country", "continent", "ocean"})


def sentence_signs(article: Article, mentions: Sequence[Mention]) -> dict[int, tuple[bool, bool]]:
    """Tell for each sentence that names a place whether it speaks of an event, and of a distance."""
    sentences = {(sentence := article.sentence_at(mention.span.start)).number: sentence for mention in mentions}
    words = {number: sentence.span.of(article.text) for number, sentence in sentences.items()}
    return {
        number: (_EVENT_WORDS.search(text) is not None, _DISTANCE.search(text) is not None)
        for number, text in words.items()
    }


def role_of(article: Article, mention: Mention, place: Place | None, signs: Mapping[int, tuple[bool, bool]]) -> Role:
    """Tell whether something happened there, whether it is where the report was filed, or only talked about."""
    if is_dateline(article.text, mention):
        return "dateline"
    if mention.demonym or mention.part_of or (place is not None and place.kind in _WIDE):
        return "context"
    sentence = article.sentence_at(mention.span.start)
    event, distance = signs[sentence.number]
    before = article.text[max(sentence.span.start, mention.span.start - 60) : mention.span.start]
    if distance and place is not None and place.kind == "settlement":
        return "event"
    if not event:
        return "context"
    if place is None or place.kind in {"disputed", "region", "dependency"}:
        return "event" if _FIRMLY_IN.search(before) else "context"
    if place.feature_code == "PPLC":  # a capital often stands for its government
        return "event" if _FIRMLY_IN.search(before) else "context"
    return "event" if _LOCATING.search(before) or _starts_list_item(article.text, mention) else "context"


def is_dateline(text: str, mention: Mention) -> bool:
    """Tell "KYIV, Ukraine (AP) -" at the start of a paragraph; the country after the town belongs to it."""
    earliest = max(0, mention.span.start - 41)
    line = text.rfind("\n", earliest, mention.span.start) + 1
    if not line and earliest:
        return False
    before = text[line : mention.span.start]
    if len(before) > 40 or any(word.islower() for word in before.split()):
        return False
    rest = _DATELINE_REST.match(text, mention.span.end)
    if rest is None:
        return False
    middle = rest.group()
    return not any(word.islower() and len(word) > 3 for word in re.findall(r"\w+", middle)) and (
        mention.text.isupper() or before.isupper() or "(" in middle
    )


def _starts_list_item(text: str, mention: Mention) -> bool:
    return text[max(0, mention.span.start - 2) : mention.span.start] == ", "
