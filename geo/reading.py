"""The whole way of an article: mentions, resolutions, claims, zones, checks."""

from dataclasses import dataclass, field

from geo.article import Article
from geo.checks import Check
from geo.claims.model import Claim
from geo.options import Options
from geo.resolve import Resolution
from geo.zones import Zone


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
