"""The whole way of an article: mentions, resolutions, claims, zones, checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.article import Article, Span
from geo.borders import Borders
from geo.candidates import normalised
from geo.checks import Check, checks_of
from geo.claims import find_claims
from geo.claims.model import Claim, DistanceClaim
from geo.focus import Focus, focus_of
from geo.mentions import Mention, Tagger, find_mentions
from geo.options import Options
from geo.places import Gazetteer
from geo.resolve import Resolution, resolve
from geo.shapes import NotDrawn
from geo.zones import Zone, drawings_of

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Everything that one article gave."""

    article: Article
    resolutions: tuple[Resolution, ...]  # in the order of the text; mentions are in them
    claims: tuple[Claim, ...]
    zones: tuple[Zone, ...]  # of the claims that are drawn
    checks: tuple[Check, ...] = ()
    options: Options = field(default_factory=Options)
    gazetteer_version: str = ""
    border_dataset: str = ""
    tagger_version: str = ""

    @property
    def focus(self) -> Focus:
        """The countries and regions that the article is about."""
        return focus_of(self.resolutions)

    def to_geodataframe(self) -> "GeoDataFrame":
        """Return what the map shows of this reading, one row a feature, EPSG:4326; see docs/library.md."""
        from geo.front_door import geodataframe_of  # the one step back to the front door: docs/decisions/0002

        return geodataframe_of(self)

    def to_geojson(self) -> str:
        """Return what the map shows of this reading as GeoJSON, the same bytes as the page and the command line."""
        from geo.front_door import geojson_of

        return geojson_of(self)


def read_article(
    article: Article,
    *,
    gazetteer: Gazetteer,
    borders: Borders,
    tagger: Tagger,
    options: Options | None = None,
    corrections: Mapping[Span, str] = MappingProxyType({}),
    mentions: Sequence[Mention] | None = None,
) -> Reading:
    """Read an article the whole way; `corrections` are the analyst's choices, span of a mention to place id.

    With `mentions` just these are resolved, and no others are looked for.
    """
    options = options or Options()
    if mentions is None:
        mentions = find_mentions(article, gazetteer=gazetteer, tagger=tagger, organisations=options.organisations)
    return _from_mentions(article, mentions, gazetteer, borders, tagger.version, options, corrections)


def reread(reading: Reading, corrections: Mapping[Span, str], *, gazetteer: Gazetteer, borders: Borders) -> Reading:
    """Resolve, claim and draw again with the analyst's corrections; the mentions stay, so that it is quick."""
    mentions = tuple(resolution.mention for resolution in reading.resolutions)
    return _from_mentions(
        reading.article, mentions, gazetteer, borders, reading.tagger_version, reading.options, corrections
    )


def corrections_in(
    mentions: Sequence[Mention], own: Mapping[Span, str], carried: Mapping[str, str]
) -> Mapping[Span, str]:
    """Return the corrections of an article: its own, and those of earlier articles for the names that it shares.

    `carried` leads from a normalised name to a place id; a name that has a correction of its own is not touched.
    """
    settled = {normalised(mention.text) for mention in mentions if mention.span in own}
    found = dict(own)
    for mention in mentions:
        name = normalised(mention.text)
        if name in carried and name not in settled:
            settled.add(name)
            found[mention.span] = carried[name]
    return found


def _from_mentions(
    article: Article,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    borders: Borders,
    tagger_version: str,
    options: Options,
    corrections: Mapping[Span, str],
) -> Reading:
    resolutions = resolve(article, mentions, gazetteer=gazetteer, corrections=corrections)
    whole = tuple(one for one in resolutions if one.mention.part_of is None)  # the Bank of England is not England
    claims = find_claims(article, whole)
    drawings = drawings_of(claims, whole, article, gazetteer=gazetteer, borders=borders, options=options)
    zones = tuple(drawing for drawing in drawings if isinstance(drawing, Zone))
    claims = _with_reasons(claims, {id(one.claim): one.because for one in drawings if isinstance(one, NotDrawn)})
    return Reading(
        article=article,
        resolutions=resolutions,
        claims=claims,
        zones=zones,
        checks=checks_of(claims, whole, zones, gazetteer=gazetteer, borders=borders, options=options),
        options=options,
        gazetteer_version=gazetteer.version,
        border_dataset=borders.dataset,
        tagger_version=tagger_version,
    )


def _with_reasons(claims: Sequence[Claim], because: Mapping[int, str]) -> tuple[Claim, ...]:
    """Return the claims, those that got no shape with the reason."""
    return tuple(
        replace(claim, not_drawn_because=because[id(claim)])
        if isinstance(claim, DistanceClaim) and id(claim) in because
        else claim
        for claim in claims
    )
