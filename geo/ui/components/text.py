"""The report of the open map, or of the one of its reports that is chosen."""

import streamlit as st

from geo.reading import Reading
from geo.ui import words
from geo.ui.components.article_view import article_view
from geo.ui.state import Sheet, desk, reading_of, select, sheet

HEIGHT = 330  # px


def text() -> None:
    """Show the report; a click in it selects what it names."""
    it = sheet()
    reading = _chosen_reading(it)
    if reading is None:
        st.info(words.NO_ARTICLE)
        return
    picked = article_view(
        reading,
        key="article",
        height=HEIGHT,
        feature_id=it.selected,
        sentence_no=_sentence_no(it, reading),
    )
    if picked is not None:
        select(picked.feature_id or None, mention=picked.span)
        st.rerun()


def _chosen_reading(it: Sheet) -> Reading | None:
    readings = {r.article.id: r for r in it.project.readings}
    if len(readings) < 2:
        return next(iter(readings.values()), None)
    from_selection = reading_of(it, it.selected) if it.selected else None
    key = f"report-{desk().current}"
    if from_selection is not None and st.session_state.get(f"{key}-for") != it.selected:
        st.session_state[key] = from_selection.article.id
        st.session_state[f"{key}-for"] = it.selected
    chosen = st.selectbox(
        words.ARTICLE_CHOICE, list(readings), format_func=lambda i: readings[i].article.title or words.UNTITLED, key=key
    )
    return readings[chosen]


def _sentence_no(it: Sheet, reading: Reading) -> int | None:
    if it.mention is not None and it.mention.end <= len(reading.article.text):
        return reading.article.sentence_at(it.mention.start).number
    found = it.feature(it.selected)
    number = found.properties.get("sentence_no") if found else None
    return number if isinstance(number, int) and reading_of(it, it.selected) is reading else None
