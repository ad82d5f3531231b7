"""The report of the open map, or the one of its reports that is chosen, with the card of what is selected."""

import streamlit as st

from geo.article import Span
from geo.borders import WorldView
from geo.reading import Reading
from geo.ui import words
from geo.ui.address import Address, parameters_of
from geo.ui.components.article_view import article_view, span_of
from geo.ui.components.card import card
from geo.ui.components.find import hits
from geo.ui.components.link import link, picked
from geo.ui.components.review import review
from geo.ui.labels import label, swatch
from geo.ui.parts import READING, SELECTION, on, part
from geo.ui.state import Sheet, desk, reading_of, select, sheet


@part(READING)
def reading() -> None:
    """Show the report and the card; a click in the text or on the map selects what it names."""
    it = sheet()
    hits()
    chosen = _chosen_reading(it)
    link(
        key="link",
        selected=it.selected,
        article_id=chosen.article.id if chosen else "",
        sentence_no=_sentence_no(it, chosen) if chosen else None,
        goes=it.goes,
        address=parameters_of(_address(it)),
        on_pick=on(_pick, again=SELECTION),
    )
    if chosen is None:
        st.info(words.NO_ARTICLE)
    else:
        article_view(chosen, key="article", short=it.selected is not None or it.mention is not None)
    review()
    card()


def _address(it: Sheet) -> Address:
    view = it.project.readings[0].options.world_view if it.project.readings else None
    return Address(
        map=desk().current,
        select=it.selected or "",
        view=view.name if view and view != WorldView(name="de facto") else "",
        as_of=view.as_of if view else None,
        since=it.wanted.since,
        until=it.wanted.until,
        find=it.search,
    )


def _pick() -> None:
    what, it = picked("link"), sheet()
    found = {r.article.id: r for r in it.project.readings}.get(what.get("article", ""))
    span: Span | None = span_of(what.get("span", ""), found) if found else None
    select(what.get("feature") or None, mention=span, move=False)
    if found and span:
        it.article_id = found.article.id


def _chosen_reading(it: Sheet) -> Reading | None:
    readings = {r.article.id: r for r in it.project.readings}
    if len(readings) < 2:
        return next(iter(readings.values()), None)
    if it.selected and (selected := reading_of(it, it.selected)) and it.selected.startswith(f"{selected.article.id}/"):
        it.article_id = selected.article.id
    key = f"report-{desk().current}"
    if it.article_id in readings:
        st.session_state[key] = it.article_id
    chosen = st.radio(
        words.REPORTS,
        list(readings),
        format_func=lambda i: f"{swatch(list(readings).index(i))} {label(readings[i].article.title or words.UNTITLED)}",
        key=key,
        label_visibility="collapsed",
        on_change=lambda: _show_report(key),
    )
    return readings[chosen]


def _show_report(key: str) -> None:
    it = sheet()
    it.article_id = st.session_state[key]
    select(None)
    st.rerun(list(SELECTION))


def _sentence_no(it: Sheet, reading: Reading) -> int | None:
    if it.mention is not None and it.mention.end <= len(reading.article.text):
        return reading.article.sentence_at(it.mention.start).number
    found = it.feature(it.selected)
    number = found.properties.get("sentence_no") if found else None
    return number if isinstance(number, int) and reading_of(it, it.selected) is reading else None
