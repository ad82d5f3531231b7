"""Who says it, to whom, and how: claimant, audience, stance."""

from bisect import bisect_left
from dataclasses import dataclass

from geo import lazy_re as re
from geo.article import Span
from geo.claims.model import Stance

_VERBS: dict[Stance, str] = {
    "denies": "denied|denies|denying|rejected|rejects|dismissed|refuted|rebutted",
    "confirms": "confirmed|confirms|acknowledged|acknowledges|admitted|admits|conceded|verified|concluded",
    "claims": "claimed|claims|claiming|alleged|alleges|alleging|asserted|asserts|boasted|insisted|insists|accused",
    "reports": "reported|reports|reporting|estimated|estimates|counted|recorded|documented|assessed|assesses|published",
    "says": (
        "said|says|say|tell|saying|stated|states|told|tells|telling|announced|announces|announcing|added|adds|"
        "adding that|noting that|wrote|writes|"
        "tweeted|"
        "posted|warned|warns|declared|declares|explained|noted|notes|argued|briefed|informed|vowed|pledged|revealed|"
        "disclosed|testified|recalled|suggested|suggests|tweets|remarked|believes|believed|indicated|showed|shows|put"
    ),
}
_STANCES: dict[str, Stance] = {verb: stance for stance, verbs in _VERBS.items() for verb in verbs.split("|")}
_TOLD = frozenset("told tell tells telling briefed informed".split())
_ALL = "|".join(sorted(_STANCES, key=len, reverse=True))
_SAID = re.compile(
    rf"(?<![\w-])(?:(?:has|have|had|also|later|earlier|then|reportedly|previously|separately|further|will|once|again|"
    rf"repeatedly|publicly|immediately|quickly|swiftly|strongly|categorically|"
    rf"officially)\s){{0,3}}(?P<verb>{_ALL})(?![\w-])",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\b(?:according to|citing|quoting|as per|in the words of)\s", re.I)
_REPORTEDLY = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|supposedly|unconfirmed|is said to|are said to|apparently)\b", re.I
)
_UNVERIFIED = re.compile(
    r"\b(?:could|can|cannot|can't|couldn't|has|have|was|were|been|be|is|are|"
    r"it)\b[^.;]{0,40}?\bnot\b[^.;]{0,30}?\b(?:verif|confirm)"
    r"|\b(?:unverified|not independently|no independent confirmation|unable to (?:independently )?verify|"
    r"not (?:possible|able) to (?:independently )?verify)",
    re.IGNORECASE,
)
_WINDOW = 500  # characters around a claim in which its speaker may stand
_SHOWN = 3000
_MANY = 8
_NP_STOP = re.compile(
    r"[,;:()“”\"]|--|[—–](?=\s)|\s-\s|(?<![\w-])(?:that|which|who|while|when|after|before|as|but|because|where|if|"
    r"although|though|since|"
    r"during|until|so|then|is|was|were|are|has|have|had|by|amid)(?![\w-])",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\s(?:(?:on|late|early|last|this|in|at|earlier|later|since)\s)*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"yesterday|today|"
    r"tonight|earlier|later|also|now|(?:this|last) (?:week|month|year|weekend|morning|evening))\b.{0,40}$",
    re.IGNORECASE | re.DOTALL,
)
_SHARED = re.compile(  # "answered with artillery and": the verb of a subject that a second verb shares
    r"\s(?:[a-z]{2,15}ed|took|hit|held|shot|fought|sent|went|came|fell|made|met|struck|drove|withdrew|gave|left|"
    r"broke|began|set)"
    r"(?=\s(?:[a-z]{2,15}ly|the|an?|its|their|his|her|back|with|on|in|at|to|from|for|into|over|against|off|out|up|fire|"
    r"that|any|all|no|[a-z]{2,15}ing|[A-Z0-9][\w'’-]{0,30})\b|\s?$)"
)
_ALONG = ("saying", "adding", "claiming", "telling", "alleging", "reporting", "announcing", "denying", "noting")
_FINITE = re.compile(
    r"\s(?:[a-z]{2,15}ed|said|told|put|made|gave|took|met|held|has|have|had|is|was|were|will|went|came|spoke|hit)(?=\s|$)"
)
_JOINED = re.compile(r"\s(?:and|but|then|or)$")
_ASIDE = re.compile(r"\s(?:speaking|talking|who|citing|quoting|asking|requesting|declining)\s")
_LEADING = re.compile(r"\A(?:and|but|or|then|yet|meanwhile)\s")
# ", and injured 25" goes on with the same subject
_NEW_CLAUSE = re.compile(r",\s(?:and(?!\s[a-z]{2,15}ed\s)|but|while|whereas|though|although)\s|;|\sbut\s")
_DENIED = re.compile(r"\s(?:denied|denies|rejected|rejects|dismissed|refuted|rebutted)(?=\s|$)")
_RELATIVE = re.compile(r"(?:^|[\s,])(?:who|which|that|whose)$")
_ROLE = re.compile(r"(?:the|a|an|its|his|their)\s|\w[\w-]{1,30}['’]s?\s")
_OWN_NAME = re.compile(r"\s?[A-Z][\w'’.-]{0,25}(?:\s(?:(?:al|el|bin|van|von|de|der)[- ])?[A-Z][\w'’.-]{0,25}){1,3}")
_PRONOUNS = frozenset("he she they it we i".split())
_AUDIENCE_END = re.compile(
    r"[,;:.()“”\"]|(?<![\w-])(?:that|during|on|in|at|while|when|after|before|about|how|as|via|by|late|early|earlier|"
    r"last|this|yesterday|today|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|the (?:russian|ukrainian|israeli) \w+ (?:had|has|"
    r"were|was)|"
    r"he|she|they|it|its|their|his|her|there)(?![\w-])",
    re.IGNORECASE,
)
_NOT_A_SPEAKER = re.compile(
    r"(?:\d|(?:there|this|that|these|what|more|many|some|few|fewer|deaths?|it|toll|number)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says it, to whom, and how; where the words that say so stand."""

    claimant: str | None = None
    audience: str | None = None
    stance: Stance = "says"


class Attributions:
    """The attributions of one sentence, read once and asked for every claim in it."""

    def __init__(self, text: str, sentence: Span, *, after: str = "") -> None:
        """Look for the speakers of a sentence; `after` is the next one, which may say that nobody could verify it."""
        self._text, self._sentence = text, sentence
        self._said = list(_SAID.finditer(text, sentence.start, sentence.end))
        self._said_at = [match.start() for match in self._said]
        self._according = list(_ACCORDING.finditer(text, sentence.start, sentence.end))[:_MANY]
        shown = text[sentence.start : min(sentence.end, sentence.start + _SHOWN)]
        self._unverified = bool(_UNVERIFIED.search(shown) or _UNVERIFIED.search(after[:300]))
        self._reportedly = bool(_REPORTEDLY.search(shown))

    def of(self, span: Span) -> Attribution:
        """Return who says the words of a span; nobody, where the article itself says them."""
        low = max(self._sentence.start, span.start - _WINDOW)
        high = min(self._sentence.end, span.end + _WINDOW)
        best: tuple[int, Attribution] | None = None
        middle = bisect_left(self._said_at, span.start)
        for match in self._said[max(0, middle - _MANY) : middle + _MANY]:
            if match.end() < low or match.start() > high or match.start() < span.end and match.end() > span.start:
                continue
            if self._in_another_clause(match.start(), span):
                continue
            found = self._speaker(match, low, high, span)
            if found is not None:
                distance = span.start - match.end() if match.end() <= span.start else match.start() - span.end
                if best is None or distance < best[0]:
                    best = distance, found
        for match in self._according:
            if match.end() < low or match.start() > high or self._in_another_clause(match.start(), span):
                continue
            name, cited = self._phrase_from(match.end(), high), match.group().lower().startswith(("cit", "quot"))
            if name and (best is None or match.start() > span.end and not cited):
                best = 0, Attribution(claimant=name, stance="reports" if cited else "says")
        found = best[1] if best else Attribution()
        if self._unverified and found.stance != "denies":
            return Attribution(claimant=found.claimant, audience=found.audience, stance="unverified")
        if self._reportedly and found.stance == "says":
            return Attribution(claimant=found.claimant, audience=found.audience, stance="reports")
        return found

    def _in_another_clause(self, at: int, span: Span) -> bool:
        """Tell whether words after a claim begin a clause of their own ("..., and bloggers said") or qualify a name."""
        if at < span.end:
            return False
        between = self._text[span.end : at]
        return _NEW_CLAUSE.search(between) is not None or _RELATIVE.search(between.rstrip()) is not None

    def _speaker(self, match: re.Match[str], low: int, high: int, span: Span) -> Attribution | None:
        verb = match["verb"].lower()
        stance = _STANCES[verb]
        after_span = match.start() >= span.end
        name = self._subject(match.start(), max(low, span.end if after_span else low))
        if name is None and after_span and verb not in _TOLD:
            name = self._inverted(match.end(), high)  # "…," said the minister
        if name is None:
            return None
        audience = None
        if verb in _TOLD:
            end = _AUDIENCE_END.search(self._text, match.end() + 1, min(high, match.end() + 90))
            words = self._text[match.end() : end.start() if end else min(high, match.end() + 60)].strip()
            article = words.find(" the ", 4)
            audience = (words[:article] if article > 0 else words) or None
        return Attribution(claimant=name, audience=audience, stance=stance)

    def _subject(self, end: int, low: int) -> str | None:
        """Return the noun phrase that ends right before a verb."""
        low = max(low, end - 240)
        window, name = self._text[low:end].rstrip(), ""
        said_along = window.endswith(",") and self._text[end:].startswith(_ALONG)
        if said_along:
            denied = _DENIED.search(window)  # "Kyiv denied that, saying": Kyiv, which says what follows
            window = window[: denied.start()] if denied else window[:-1]
        elif window.endswith(","):  # "The minister, John Smith, said"
            inner = window[:-1]
            cut = inner.rfind(",")
            longest = 160 if _ASIDE.match(inner, cut + 1) else 80
            window = inner[:cut] if cut > 0 and len(inner) - cut < longest else inner
            if _OWN_NAME.fullmatch(inner[cut + 1 :]):
                name = inner[cut:]
        start = 0
        for stop in _NP_STOP.finditer(window):
            start = stop.end()
        subject = _LEADING.sub("", window[start:].lstrip(), count=1)
        if said_along and (verb := _FINITE.search(subject)):
            subject = subject[: verb.start()]  # "Kyiv rejected this, saying": Kyiv
        if joined := _JOINED.search(subject):
            verb = _SHARED.search(subject, 0, joined.start())
            subject = subject[: verb.start() if verb else joined.start()]
        return _cleaned(subject + name if _ROLE.match(subject) else subject)

    def _inverted(self, start: int, high: int) -> str | None:
        window = self._text[start : min(high, start + 100)]
        if not re.match(r"\s(?:the\s|a\s|[A-Z])", window):
            return None
        return self._phrase_from(start, high)

    def _phrase_from(self, start: int, high: int) -> str | None:
        window = self._text[start : min(high, start + 120)]
        stop = _NP_STOP.search(window)
        while stop and stop.group().lower() == "by":  # "according to a statement by the general staff"
            stop = _NP_STOP.search(window, stop.end())
        words = window[: stop.start()] if stop else window
        return _cleaned(_TIME.sub("", words.rstrip(" .")))


def _cleaned(words: str) -> str | None:
    words = _TIME.sub("", " " + " ".join(words.split())).strip(" .,;:'’-—–")
    if re.search(r"(?:^|[\s.])[A-Z]\.[A-Z]$", words):
        words += "."  # "The U.N."
    if not words or len(words) > 100 or _NOT_A_SPEAKER.match(words):
        return None
    if words.lower() in _PRONOUNS:
        return words
    if not any(c.isupper() for c in words) and not re.match(
        r"(?:the|an?|its|his|her|their|officials?|police|witnesses|residents|"
        r"authorities|two|three|four|five|six|several|multiple|some|both|doctors|medics|rescuers|activists|state|local|military|army)\b",
        words,
        re.I,
    ):
        return None
    return words


_MOSTLY = re.compile(r"[A-Za-z][\w'’-]*")
_FURNITURE = re.compile(
    r"\s*(?:\(?(?:updates?|adds|corrects|recasts|writes through|rewrites|refiles)\b|more stories like this|"
    r"read more|sign up|click|"
    r"subscribe|©|copyright|all rights reserved|related(?: articles?| stories)?:|photo(?:graph)?(?: by)?:|image:|"
    r"advertisement|"
    r"follow us|share this|listen to|watch:|editing by|reporting by|\(reporting|\(editing|--with assistance|"
    r"download the|this story has been|most read|see also|getty images|file photo)",
    re.IGNORECASE,
)


def is_furniture(sentence: str) -> bool:
    """Tell whether a line is page furniture or another story's headline: it asserts nothing here.

    >>> is_furniture("Putin’s War Is Deepening a Tussle for Influence in Central Asia")
    True
    """
    if _FURNITURE.match(sentence):
        return True
    line = sentence[:300].rstrip()
    if len(sentence) > 300 or line[-1:] in ".!?…\"”’')":
        return False
    words = [w for w in _MOSTLY.findall(line) if len(w) > 3]
    capital = sum(w[0].isupper() for w in words)
    return len(words) >= 4 and capital >= 0.7 * len(words) and not line.isupper()
