"""The parts of the page that are drawn by themselves, and what an action draws again.

A click runs its action before anything is drawn, and then only the parts that it can change: an open list or a
half-filled form elsewhere stays as it is.
"""

from collections.abc import Callable, Sequence
from functools import wraps

import streamlit as st

from geo.ui.state import desk, hush, sheet, told
from geo.ui.turns import TURNS

MAP, READING, TABLES, MESSAGE = "map", "reading", "tables", "message"
HISTORY, CHOICE, ADD, NOTICES = "history", "choice", "add", "notices"
SELECTION = (READING, MESSAGE)  # what a selection changes; the map follows in the browser
FILTER = "filter"
FILTERED = (READING, MAP, FILTER, TABLES, MESSAGE)  # what a filter or a search changes
EVERYTHING = (MAP, READING, HISTORY, CHOICE, ADD, NOTICES, TABLES, FILTER, MESSAGE)  # what an edit changes, map first


def part(key: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Make a function that draws into a part with a key; what goes wrong in it is told and leaves the rest as it is."""

    def decorate(draw: Callable[[], None]) -> Callable[[], None]:
        @st.fragment(key=key)
        @wraps(draw)
        def drawn() -> None:
            if key == MAP:
                with told():
                    draw()
            _has_map()
            if key != MAP:
                with TURNS.after(), told():
                    draw()
            _kept("parts-owed").discard(key)
            _kept("parts-known").add(key)

        return drawn

    return decorate


def on(
    do: Callable[..., object], *args: object, again: Sequence[str] = EVERYTHING, at: int | None = None
) -> Callable[[], None]:
    """Return the callback of a widget: do what was asked for, then draw some parts again, or all of another map.

    The browser may tell once more what a widget held that is gone since: one of another map does nothing, nor does one
    that shows the log at another length than it has; `at` is that length.
    """
    shown = sheet()

    def callback() -> None:
        if MAP in again:
            TURNS.begin(id(desk()))
        if sheet() is not shown or at not in (None, len(shown.project.log)):
            draw_again([MESSAGE])
        if MESSAGE in again:
            hush()
        with told():
            do(*args)
        if sheet() is shown:
            draw_again(again)
        st.rerun()

    return callback


def draw_again(again: Sequence[str]) -> None:
    """Draw parts again, and those that were to be drawn when this action came between."""
    owed = _kept("parts-owed")
    owed.update(again)
    if owed <= _kept("parts-known"):
        st.rerun([key for key in EVERYTHING if key in owed])
    st.rerun()


def all_owed() -> None:
    """Take note that the whole page is to be drawn."""
    _kept("parts-owed").update(EVERYTHING)


def _has_map() -> None:
    TURNS.end(id(desk()))


def _kept(name: str) -> set[str]:
    found: set[str] = st.session_state.setdefault(name, set())
    return found
