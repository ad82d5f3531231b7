"""Every claim of an article, with who says it and what it is measured from."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from geo.article import Article, Sentence, Span
from geo.claims.distance import Found, find_distances
from geo.claims.model import Claim, DistanceClaim
from geo.claims.quantities import find_quantities
from geo.claims.references import Places, references_of
from geo.resolve import Resolution


def find_claims(article: Article | str, resolutions: Sequence[Resolution] = ()) -> tuple[Claim, ...]:
    """Find the claims of an article in the order of the text.

    Without resolutions the references are the article's words alone. Pure, in time linear in the text.
    """
    if isinstance(article, str):
        article = Article(text=article)
    places = Places(resolutions)
    return tuple(_distances(article, places))


def _distances(article: Article, places: Places) -> Iterator[DistanceClaim]:
    text = article.text
    quantities = find_quantities(text)
    starts = [q.start for q in quantities]
    done = 0
    while done < len(quantities):
        sentence = article.sentence_at(quantities[done].start)
        upto = bisect_left(starts, sentence.span.end, lo=done)
        lengths = [q for q in quantities[done:upto] if not q.square and q.end <= sentence.span.end]
        quote = article.quote(Span(start=quantities[done].start, end=quantities[done].end))
        for found in find_distances(text, sentence.span.start, sentence.span.end, lengths):
            yield _distance(article, sentence, quote, found, places)
        done = max(upto, done + 1)


def _distance(article: Article, sentence: Sentence, quote: str, found: Found, places: Places) -> DistanceClaim:
    text = article.text
    references, kind = references_of(text, found.phrase, places, at=found.start, figure_start=sentence.span.start)
    quantity = found.quantity
    assert quantity is not None
    return DistanceClaim(
        span=Span(start=found.start, end=found.end),
        sentence_no=sentence.number,
        quote=quote,
        relation=found.relation,
        min_m=found.low_m,
        max_m=found.high_m,
        bound=found.bound,
        value_m=quantity.value,
        quantity=text[quantity.start : quantity.end],
        rounding_m=quantity.rounding,
        hedge=found.hedge,
        direction=found.direction,
        references=references,
        reference_kind=kind,
        vague=quantity.vague,
        draw=found.not_drawn is None,
        not_drawn_because=found.not_drawn,
        notes=quantity.notes,
    )
