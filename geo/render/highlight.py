"""The article as HTML with its places and claims marked: text that is escaped, and marks that are made here."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from geo.article import Sentence, Span
from geo.claims.model import AreaClaim, Claim, CountClaim, DistanceClaim, EventClaim
from geo.reading import Reading
from geo.render.escape import as_html
from geo.resolve import Resolution

_CLAIM_CLASSES = {DistanceClaim: "distance", AreaClaim: "area", CountClaim: "people", EventClaim: "event"}
LOOK_BACK = 8  # how many marks that begin before a place may still cover it


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of the text that leads to a feature of the map; `css` is a class of ours, `feature` its id."""

    span: Span
    css: str
    feature: str
    title: str = ""


Spanned = TypeVar("Spanned", Mark, Sentence)


def marks_of(reading: Reading) -> tuple[Mark, ...]:
    """Return the marks of a reading: every claim, and every mention of a place."""
    article = reading.article
    claims = (
        Mark(span=claim.span, css=_claim_class(claim), feature=f"{article.id}/claim-{number}")
        for number, claim in enumerate(reading.claims, start=1)
    )
    places = (
        Mark(
            span=resolution.mention.span,
            css=_place_class(resolution),
            feature=f"{article.id}/{resolution.place.id}" if resolution.place else "",
            title=_place_title(resolution),
        )
        for resolution in reading.resolutions
    )
    return (*claims, *places)


def highlighted(reading: Reading) -> str:
    """Return the article as HTML paragraphs; every character of it and of every name is escaped."""
    cuts = _Cuts(reading)
    return "".join(f"<p>{cuts.paragraph(paragraph)}</p>" for paragraph in _paragraphs(reading.article.text))


def _claim_class(claim: Claim) -> str:
    return f"claim {_CLAIM_CLASSES.get(type(claim), 'other')}"


def _place_class(resolution: Resolution) -> str:
    if resolution.place is None:
        return "place unknown"
    return f"place {resolution.role}" + (" demonym" if resolution.mention.demonym else "")


def _place_title(resolution: Resolution) -> str:
    place = resolution.place
    if place is None:
        return "no place found"
    where = ", ".join(filter(None, [place.name, place.country_name or place.country]))
    return f"{where} ({place.kind}), {resolution.confidence:.0%}"


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start=start, end=start + len(line))
        start += len(line) + 1


class _Cuts:
    """The text, cut wherever a sentence or a mark begins or ends; what overlaps is nested in every piece."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.article.text
        self.sentences = reading.article.sentences
        marks = sorted(marks_of(reading), key=lambda mark: mark.span.start)
        self.claims = [mark for mark in marks if mark.css.startswith("claim")]
        self.places = [mark for mark in marks if not mark.css.startswith("claim")]
        spans = [item.span for item in marks] + [sentence.span for sentence in self.sentences]
        self.at = sorted({edge for span in spans for edge in (span.start, span.end)})

    def paragraph(self, paragraph: Span) -> str:
        """Return the HTML inside one paragraph."""
        inner = self.at[bisect_right(self.at, paragraph.start) : bisect_right(self.at, paragraph.end - 1)]
        edges = [paragraph.start, *inner, paragraph.end]
        out, open_sentence = [], None
        for start, end in zip(edges, edges[1:], strict=False):
            piece = Span(start=start, end=end)
            sentence = _covering(self.sentences, piece)
            if sentence is not open_sentence:
                out.append("</span>" if open_sentence else "")
                out.append(f'<span class="sentence" data-sentence="{sentence.number}">' if sentence else "")
                open_sentence = sentence
            out.append(self._marked(piece))
        return "".join(out) + ("</span>" if open_sentence else "")

    def _marked(self, piece: Span) -> str:
        html = as_html(piece.of(self.text))
        for mark in (_covering(self.places, piece), _covering(self.claims, piece)):
            if mark is not None:
                html = _mark(mark, html, first=piece.start == mark.span.start)
        return html


def _covering(items: Sequence[Spanned], piece: Span) -> Spanned | None:
    """Return the last of the items, sorted by start, that covers a piece; overlapping ones are few."""
    last = bisect_right(items, piece.start, key=_start)
    return next((item for item in reversed(items[max(0, last - LOOK_BACK) : last]) if item.span.covers(piece)), None)


def _start(item: Mark | Sentence) -> int:
    return item.span.start


def _mark(mark: Mark, html: str, *, first: bool) -> str:
    focus = ' tabindex="0" role="button"' if first and mark.feature else ""
    title = f' title="{as_html(mark.title)}"' if mark.title else ""
    span = f"{mark.span.start}-{mark.span.end}"
    return (
        f'<mark class="{as_html(mark.css)}" data-feature="{as_html(mark.feature)}" data-span="{span}"'
        f"{title}{focus}>{html}</mark>"
    )
