"""Text and values as Streamlit's labels show them; a label is Markdown, and text of others is never markup in it."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

SWATCHES = (
    "blue",
    "orange",
    "green",
    "violet",
    "red",
    "yellow",
    "gray",
)  # of articles; Streamlit's names of its colours
LONGEST = 90  # characters of a label
_MARKUP = frozenset(r"\`*_{}[]()<>#+-.!|~:$&@^=")


def label(text: str, *, longest: int = LONGEST) -> str:
    """Return text for a label: what Markdown or a directive would read is escaped, white space is one space."""
    line = " ".join(text.split())
    short = line if len(line) <= longest else f"{line[: longest - 1]}…"
    return "".join(f"\\{c}" if c in _MARKUP else c for c in short)


def day(value: date) -> str:
    """Return a day as it is read: 16 Sep 2022."""
    return f"{value.day} {value:%b %Y}"


def swatch(number: int) -> str:
    """Return the mark of an article in a label, by its place in the list."""
    return f":{SWATCHES[number % len(SWATCHES)]}[■]"


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Add the end of its key to a name that occurs more than once.

    A select box tells its options apart by what it shows of them, and goes on doing so when their order changes.
    """
    often = Counter(names.values())
    return {key: name if often[name] == 1 else f"{name} · {key[-8:]}" for key, name in names.items()}
