"""Regular expressions that are compiled at their first use: `from geo import lazy_re as re`.

Compiling the patterns of all claims takes longer than reading one article, which uses half of them.
"""

import re
from re import DOTALL as DOTALL
from re import IGNORECASE as IGNORECASE
from re import I as I
from re import Match as Match
from re import Pattern as Pattern
from re import fullmatch as fullmatch
from re import match as match
from re import search as search
from typing import Any, cast


class _Later:
    """Stand for a compiled pattern; what was used once is found at once from then on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._source), name)
        setattr(self, name, found)
        return found


def compile(pattern: str, flags: int = 0) -> Pattern[str]:
    """Return what answers like `re.compile(pattern, flags)`; a wrong pattern is told at its first use."""
    return cast(Pattern[str], _Later(pattern, flags))
