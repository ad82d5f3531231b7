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
from geo.ui.components.hints import hints
from geo.ui.components.link import link, picked
from geo.ui.components.review import review
from geo.ui.labels import label, swatch
from geo.ui.parts import MAP, READING, SELECTION, on, part
from geo.ui.state import Sheet, desk, look_at, reading_of, select, sheet

LISTED = 6  # reports; the list of more is scrolled
LIST_PX = 150


@part(READING)
def reading() -> None:
    """Show the report and the card; a click in the text or on the map selects what it names."""
    it = sheet()
    hints()
    hits()
    chosen = _chosen_reading(it)
    link(
        key="link",
        selected=it.selected,
        article_id=chosen.article.id if chosen else "",
        sentence_no=_sentence_no(it, chosen) if chosen else None,
        goes=it.goes,
        also=_also(it),
        address=parameters_of(_address(it)),
        on_pick=on(_pick, again=SELECTION),
    )
    if chosen is None:
        st.info(words.NO_ARTICLE if it.features else words.EMPTY_MAP)
    else:
        article_view(chosen, key="article", short=it.selected is not None or it.mention is not None)
    review()
    card()


def _address(it: Sheet) -> Address:
    view = it.drawn.sources[0].options.world_view if it.drawn.sources else None
    return Address(
        map=desk().current,
        select=it.selected or "",
        view=view.name if view and view != WorldView(name="de facto") else "",
        as_of=view.as_of if view else None,
        since=it.wanted.since,
        until=it.wanted.until,
        find=it.search,
    )


def _also(it: Sheet) -> list[str]:
    """Return the ids under which other reports say what is selected."""
    found = it.feature(it.selected)
    return str(found.properties.get("merged_ids") or "").split() if found else []


def _pick() -> None:
    what, it = picked("link"), sheet()
    if not what:  # called without a click, which would close the card
        return
    found = next((n for n, one in enumerate(it.drawn.articles) if one.id == what.get("article", "")), None)
    span: Span | None = span_of(what.get("span", ""), it.project.readings[found]) if found is not None else None
    feature_id = what.get("feature") or None
    card_id = it.drawn.into.get(feature_id, feature_id) if feature_id else None
    select(card_id, mention=span, move=card_id != feature_id)
    if found is not None and span:
        it.article_id = it.drawn.articles[found].id


def _chosen_reading(it: Sheet) -> Reading | None:
    numbers = {article.id: number for number, article in enumerate(it.drawn.articles)}
    if len(numbers) < 2:
        return it.project.readings[0] if numbers else None
    if it.selected and (selected := it.selected.rpartition("/")[0]) in numbers:
        it.article_id = selected
    key = f"report-{it.key}"
    if it.article_id in numbers:
        st.session_state[key] = it.article_id
    titles = [label(article.title or words.UNTITLED) for article in it.drawn.articles]
    with st.container(height=LIST_PX if len(numbers) > LISTED else "content", border=False):
        chosen = st.radio(
            words.REPORTS,
            list(numbers),
            format_func=lambda i: f"{swatch(numbers[i])} {titles[numbers[i]]}",
            key=key,
            label_visibility="collapsed",
            on_change=on(_show_report, key, again=(MAP, *SELECTION)),
        )
    return it.project.readings[numbers[chosen]]


def _show_report(key: str) -> None:
    it = sheet()
    it.article_id = st.session_state[key]
    select(None, move=False)
    look_at(it, it.article_id)


def _sentence_no(it: Sheet, reading: Reading) -> int | None:
    if it.mention is not None and it.mention.end <= len(reading.article.text):
        return reading.article.sentence_at(it.mention.start).number
    found = it.feature(it.selected)
    number = found.properties.get("sentence_no") if found else None
    return number if isinstance(number, int) and reading_of(it, it.selected) is reading else None
