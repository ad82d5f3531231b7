"""Every claim of an article, with who says it, what it is measured from, and whose forces it is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.article import Article, Sentence, Span
from geo.claims.area import FoundArea, find_areas
from geo.claims.attribution import Attributions, is_furniture
from geo.claims.casualties import COUNT_OPENINGS as COUNTS
from geo.claims.casualties import FoundCount, find_counts
from geo.claims.dates import Dates
from geo.claims.distance import Found, find_distances
from geo.claims.events import EVENT_OPENINGS as EVENTS
from geo.claims.events import FoundEvent, find_events
from geo.claims.model import (
    AreaClaim,
    Claim,
    CountClaim,
    DistanceClaim,
    EventClaim,
    Reference,
    ReferenceKind,
)
from geo.claims.openings import fits, openings_of
from geo.claims.quantities import LENGTH_OPENINGS as LENGTHS
from geo.claims.quantities import NUMBER_OPENINGS as NUMBERS
from geo.claims.quantities import Quantity, find_quantities
from geo.claims.references import (
    Phrase,
    Places,
    as_town,
    implied,
    is_country,
    line_left_of,
    phrase_left_of,
    references_of,
)
from geo.claims.travel import TRAVEL_OPENINGS as TRAVELS
from geo.claims.travel import find_travel_times
from geo.claims.vicinity import VICINITY_OPENINGS as VICINITIES
from geo.claims.vicinity import FoundVicinity, find_vicinities
from geo.resolve import Resolution


def find_claims(article: Article | str, resolutions: Sequence[Resolution] = ()) -> tuple[Claim, ...]:
    """Find the claims of an article in the order of the text.

    Without resolutions the references are the article's words alone, and no events are found. Headlines of other
    stories and page furniture claim nothing. Pure, in time linear in the text.
    """
    if isinstance(article, str):
        if not article.strip():
            return ()
        article = Article(text=article)
    places = Places(resolutions)
    text = article.text
    claims: list[Claim] = []
    for n, sentence in enumerate(article.sentences):
        if len(claims) >= _MOST_CLAIMS:
            break
        span = sentence.span
        here, named = openings_of(text[span.start : span.end]), places.any_within(span.start, span.end)
        measured = find_quantities(text, span.start, span.end, most=_MOST_LENGTHS) if fits(LENGTHS, here) else ()
        counted = fits(COUNTS, here) and fits(NUMBERS, here)
        counts = list(find_counts(text, span.start, span.end, published=article.published)) if counted else []
        vicinities = list(find_vicinities(text, span.start, span.end)) if named and fits(VICINITIES, here) else []
        if fits(TRAVELS, here):
            vicinities += find_travel_times(text, span.start, span.end)
        events = list(find_events(text, span.start, span.end)) if named and fits(EVENTS, here) else []
        if not (measured or counts or events or vicinities):
            continue
        if is_furniture(text[span.start : min(span.end, span.start + 301)]):
            continue
        following = article.sentences[n + 1].span if n + 1 < len(article.sentences) else None
        scene = _Scene(article, sentence, places, text[following.start : following.end] if following else "")
        claims += scene.claims(measured, counts, events, vicinities)
    return tuple(claims)


_MOST_LENGTHS = 40  # a "sentence" with more numbers is a table, or hostile
_MOST_CLAIMS = 3000  # so is an article with more claims

_FORCES = re.compile(
    r"(?:forces|troops|army|soldiers|military|units|fighters|militants|tanks|armou?r|servicemen|paratroopers|"
    r"brigade|brigades|"
    r"battalion|division|rebels|insurgents|separatists|jets|warplanes|warships|vessels|navy|artillery|aircraft|"
    r"helicopters|"
    r"bombers|drones|commandos|marines|assault groups|border guards|police|navy ships|peacekeepers|gunmen|"
    r"convoy)(?![\w-])",
    re.IGNORECASE,
)


class _Scene:
    """One sentence while its claims are made: what they share is looked up once."""

    def __init__(self, article: Article, sentence: Sentence, places: Places, after: str) -> None:
        self._article, self._sentence, self._places = article, sentence, places
        self._text = article.text
        self._quote = article.quote(sentence.span)
        self._dates = Dates(article.text, sentence.span.start, sentence.span.end, article.published)
        self._attributions = Attributions(article.text, sentence.span, after=after)

    def claims(
        self,
        measured: Sequence[Quantity],
        counts: Sequence[FoundCount],
        events: Sequence[FoundEvent],
        vicinities: Sequence[FoundVicinity],
    ) -> list[Claim]:
        start, end = self._sentence.span.start, self._sentence.span.end
        lengths = [q for q in measured if not q.square]
        made: list[Claim] = [self._distance(found) for found in find_distances(self._text, start, end, lengths)]
        made = list(self._of_one_thing(made))
        taken = [claim.span for claim in made]
        for near in vicinities:
            claim = self._vicinity(near)
            if claim is not None and not any(claim.span.overlaps(span) for span in taken):
                made.append(claim)
        made += [self._area(found) for found in find_areas(self._text, start, end, [q for q in measured if q.square])]
        made += [self._count(found) for found in counts]
        made += [self._event(found) for found in events]
        return sorted(made, key=lambda claim: claim.span.start)

    def _of_one_thing(self, claims: Sequence[Claim]) -> Iterator[Claim]:
        """Say of one place what follows in one breath: "Sake, 25 km from Goma and 20 km from the border"."""
        before: DistanceClaim | None = None
        for claim in claims:
            if isinstance(claim, DistanceClaim):
                gap = self._text[before.span.end : claim.span.start] if before else ""
                if before and before.placed and claim.placed is None and _AND.fullmatch(gap[:9]):
                    claim = replace(claim, placed=before.placed)
                before = claim
            yield claim

    def _common(self, span: Span) -> dict[str, object]:
        said = self._attributions.of(span)
        return {
            "span": span,
            "sentence_no": self._sentence.number,
            "quote": self._quote,
            "claimant": said.claimant,
            "audience": said.audience,
            "stance": said.stance,
            "when": self._dates.near(span.start),
        }

    def _distance(self, found: Found) -> DistanceClaim:
        phrase: Phrase | None = found.phrase
        floor = self._sentence.span.start
        after_figure = found.backwards and found.relation == "direction_of"
        if found.backwards:
            low = max(floor, found.start - 200)
            phrase = (line_left_of(self._text, found.start, floor=low) if found.relation == "buffer" else None) or (
                phrase_left_of(self._text, found.start, floor=low, places=self._places, after_figure=after_figure)
                or phrase
            )
        references, kind = references_of(self._text, phrase, self._places, at=found.start, sentence=floor)
        if kind in ("settlement", "other") and found.relation == "into" and phrase is not None:
            unresolved = not any(reference.resolution for reference in references)
            kind = "country" if unresolved and phrase.kind is None else kind
        if found.implied is not None and phrase is None:
            references, kind = implied(found.implied, self._places, at=found.start, sentence=floor), found.implied
        middle = references[0].resolution if references else None
        wide = found.backwards and found.relation == "radius" and middle is not None and is_country(middle)
        unsaid = phrase is None and found.implied is None and (after_figure or not references[0].resolution)
        nowhere = wide or unsaid and found.relation not in ("within", "radius")
        if nowhere or found.not_drawn and unsaid:
            references = ()
        if found.relation in ("direction_of", "from", "within", "radius"):
            references = tuple(as_town(reference, phrase) for reference in references)
        figure, mover = self._mover(found.start, references)
        quantity = found.quantity
        return DistanceClaim(
            **self._common(Span(start=found.start, end=found.end)),  # type: ignore[arg-type]
            relation=found.relation,
            min_m=found.low_m,
            max_m=found.high_m,
            bound=found.bound,
            value_m=quantity.value if quantity else None,
            quantity=(quantity.words or self._text[quantity.start : quantity.end]) if quantity else "",
            rounding_m=quantity.rounding if quantity else 0.0,
            hedge=found.hedge,
            direction=found.direction,
            references=references,
            reference_kind=kind,
            figure=figure,
            mover=mover,
            placed=None if found.one_of_list else self._placed(found.start) or self._land_of(found, references, kind),
            vague=quantity.vague if quantity else True,
            draw=found.not_drawn is None and not nowhere,
            not_drawn_because=found.not_drawn or ("the words do not say from where" if nowhere else None),
            notes=quantity.notes if quantity else (),
        )

    def _vicinity(self, found: FoundVicinity) -> DistanceClaim | None:
        """Make a claim of a neighbourhood; where its places must be known and are not, there is nothing to say."""
        references: list[Reference] = []
        kind: ReferenceKind = "settlement"
        for phrase in found.phrases:
            these, kind = references_of(
                self._text, phrase, self._places, at=found.start, sentence=self._sentence.span.start
            )
            references += these[:1]
        known = [bool(r.resolution and r.resolution.place and not r.resolution.mention.demonym) for r in references]
        if found.if_known and not all(known) or found.relation == "between" and not _two_ends(found, references):
            return None
        figure, mover = self._mover(found.start, references)
        return DistanceClaim(
            **self._common(Span(start=found.start, end=found.end)),  # type: ignore[arg-type]
            relation=found.relation,
            min_m=None,
            max_m=None,
            bound="approx",
            value_m=None,
            quantity=found.words if found.not_drawn else "",
            hedge=None if found.not_drawn else found.words,
            direction=found.direction,
            references=tuple(references),
            reference_kind=kind,
            figure=figure,
            mover=mover,
            placed=self._placed(found.start),
            vague=True,
            draw=found.not_drawn is None,
            not_drawn_because=found.not_drawn,
        )

    def _mover(self, before: int, references: Sequence[Reference]) -> tuple[str | None, Resolution | None]:
        """Return the forces that the sentence speaks of before a claim, and whose they are."""
        floor = max(self._sentence.span.start, before - 400)
        taken = {r.resolution.place.id for r in references if r.resolution and r.resolution.place}
        sides = [r for r in self._places.within(floor, before) if is_country(r)]
        for side in reversed(sides):
            end = side.mention.span.end
            window = self._text[end : min(before, end + 60)]
            forces = re.match(r"(?:['’]s?)?(?:\s[\w-]{1,20}){0,3}?\s", window)
            match = _FORCES.search(window)
            if forces and match and re.fullmatch(r"(?:['’]s?)?(?:\s[\w'’-]{1,20}){0,3}\s", window[: match.start()]):
                return self._text[side.mention.span.start : end + match.end()], side
        for side in sides:
            if side.place and side.place.id not in taken:
                return None, side
        return None, None

    def _placed(self, before: int) -> Resolution | None:
        """Return the settlement that stands right before a distance: "Sudzha, about 10 km from the border"."""
        for resolution in self._places.before(before, limit=3):
            place = resolution.place
            gap = self._text[resolution.mention.span.end : before]
            if place is None or place.kind in _TOO_WIDE or resolution.mention.demonym:
                continue
            if resolution.mention.span.start >= self._sentence.span.start and _APPOSED.fullmatch(gap[:80]):
                return resolution
        return None

    def _land_of(self, found: Found, references: Sequence[Reference], kind: ReferenceKind) -> Resolution | None:
        """Return the state on whose land something at a border lies: "inside Lebanon", "on its side", "closed"."""
        named = [r for r in self._places.within(self._sentence.span.start, found.start) if is_country(r)]
        if found.relation == "buffer" and found.quantity is not None:
            words = self._text[found.quantity.end : found.end + len(" side of")]
            into = references[0].resolution if references else None
            if kind == "country" and into and is_country(into) and _ONE_SIDE.search(words):
                return into
            if _OWN_SIDE.search(words) and named:
                return named[0]
        if kind != "border" or _ON_OWN_LAND.search(self._text, self._sentence.span.start, found.start) is None:
            return None
        sides = {r.resolution.place.id for r in references if r.resolution and r.resolution.place}
        return named[0] if named and named[0].place and named[0].place.id in sides else None

    def _area(self, found: FoundArea) -> AreaClaim:
        quantity = found.quantity
        low, high = max(self._sentence.span.start, found.start - 200), min(self._sentence.span.end, found.end + 200)
        near = [r for r in self._places.within(low, high) if not r.mention.demonym]
        after = [r for r in near if r.mention.span.start >= found.end]
        chosen = (after or near[-1:])[:1]
        return AreaClaim(
            **self._common(Span(start=found.start, end=found.end)),  # type: ignore[arg-type]
            value_m2=quantity.value,
            quantity=self._text[quantity.start : quantity.end],
            bound=found.bound,
            hedge=found.hedge,
            reference=Reference(text=chosen[0].mention.text, span=chosen[0].mention.span, resolution=chosen[0])
            if chosen
            else None,
        )

    def _count(self, found: FoundCount) -> CountClaim:
        low, high = max(self._sentence.span.start, found.start - 300), min(self._sentence.span.end, found.end + 200)
        near = self._places.within(low, high)
        sides = [r for r in near if is_country(r)]
        inside = [r for r in sides if found.start <= r.mention.span.start < found.end]
        inside = [r for r in inside if not _WHERE.search(self._text, found.start, r.mention.span.start)]
        if inside and _SOME_OF.search(self._text, found.start, inside[0].mention.span.start):
            inside = sides = []  # "among them soldiers from Malawi": not the side of them all
        if len({r.place.id for r in inside if r.place}) > 1:
            inside = []
        before = [r for r in sides if r.mention.span.start < found.start]
        side = None
        if inside:
            side = inside[-1]
        elif found.whom and re.match(r"(?:its|their)\b", found.whom, re.I) and before:
            side = before[0]
        spots = [r for r in near if not r.mention.demonym and not is_country(r)]
        after = [r for r in spots if r.mention.span.start >= found.start]
        return CountClaim(
            **self._common(Span(start=found.start, end=found.end)),  # type: ignore[arg-type]
            what=found.what,
            value=found.value,
            bound=found.bound,
            hedge=found.hedge,
            whom=found.whom,
            side=None if found.whom and "both sides" in found.whom else side,
            place=next(iter(after or spots[-1:]), None),
            total=found.total,
        )

    def _event(self, found: FoundEvent) -> EventClaim:
        low, high = max(self._sentence.span.start, found.start - 300), min(self._sentence.span.end, found.end + 300)
        near = self._places.within(low, high)
        return EventClaim(
            **self._common(Span(start=found.start, end=found.end)),  # type: ignore[arg-type]
            what=found.what,
            trigger=self._text[found.start : found.end],
            places=tuple(r for r in near if not r.mention.demonym and not is_country(r)),
            actors=tuple(r for r in near if is_country(r)),
        )


def _two_ends(found: FoundVicinity, references: Sequence[Reference]) -> bool:
    """Tell whether two places are ends of a way: "between Kyiv and Moscow" speaks of two governments."""
    if re.match(r"half|mid", found.words, re.I):
        return True
    ends = [r.resolution.place for r in references if r.resolution and r.resolution.place]
    towns = all(place.kind in ("settlement", "facility") for place in ends)
    return towns and not (found.words == "between" and all(place.feature_code == "PPLC" for place in ends))


_ONE_SIDE = re.compile(r"\b(?:inside|into|within|in)\s|\bside\b", re.I)
_OWN_SIDE = re.compile(r"\b(?:its|their) (?:own )?side\b", re.I)
_ON_OWN_LAND = re.compile(
    r"\b(?:evacuat(?:e|es|ed|ing)|clos(?:e|es|ed|ing) (?:schools|roads|off)|"
    r"order(?:s|ed)? (?:people|residents|civilians)|"
    r"call(?:s|ed)? on (?:its )?(?:people|residents|citizens)|relocat(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)
_AND = re.compile(r",?\s(?:and|but)\s|,\s")
_TOO_WIDE = frozenset("country dependency admin1 admin2 region disputed continent sea ocean desert".split())
_WHERE = re.compile(r"\b(?:in|across|inside|into|near|around|throughout)\s(?:[\w-]{1,20}\s){0,2}$", re.I)
_SOME_OF = re.compile(r"\b(?:among (?:them|those)|including|includes?|some of (?:them|whom)|mostly)\b", re.I)
_APPOSED = re.compile(
    r"(?:['’]s\s[\w\s-]{1,30})?(?:(?:,\s|\s)in\s(?:the\s)?(?-i:[A-Z])[\w\s'’-]{1,40})?"
    r"(?:,\s[A-Z][\w\s'’-]{1,30})?[\s,(–—-]{1,3}"
    r"(?:(?:which|that|who|is|lies|was|located|situated|lying|a (?:small )?(?:town|city|village))\s){0,3}",
    re.IGNORECASE,
)
