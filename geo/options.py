"""The options of a reading: frozen, passed down, never global."""

from dataclasses import dataclass, field

from geo.borders import WorldView


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user may set for a reading; the defaults are what the page uses."""

    world_view: WorldView = field(default_factory=WorldView)
    sector_m: float = 15_000.0  # how far along a border a named place stands for "there", see docs/decisions
    language: str = "en"
    organisations: bool = False  # names inside other names too ("England" in "Bank of England"); never drawn
