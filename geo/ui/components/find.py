"""The box that finds places, claims, sources and words of the text, and the filters beside it."""

from dataclasses import replace

import streamlit as st

from geo.article import Span
from geo.filters import FACETS, Facet, Hit, choices, find
from geo.ui import words
from geo.ui.components.time_bar import show_everything
from geo.ui.labels import label
from geo.ui.parts import FILTER, FILTERED, MAP, SELECTION, TABLES, on, part
from geo.ui.state import Sheet, select, sheet

LONGEST = 200  # characters


def find_box() -> None:
    """Draw the box and the filters."""
    it = sheet()
    key = f"find-{it.key}"
    st.session_state[key] = it.search
    st.text_input(
        words.FIND,
        key=key,
        placeholder=words.FIND_PLACEHOLDER,
        max_chars=LONGEST,
        label_visibility="collapsed",
        icon=":material/search:",
        on_change=on(_search, key, again=FILTERED),
    )
    _filter_button()


@part(FILTER)
def _filter_button() -> None:
    """Draw the button, which says how many filters are set, and what it opens."""
    it = sheet()
    count = sum(bool(it.wanted.chosen(facet)) for facet in FACETS) + (it.wanted.min_confidence > 0)
    name = words.FILTERS_ON.format(count=count) if count else words.FILTERS
    with st.popover(name, icon=":material/tune:", key="filters"):
        _filters(it)


def _search(key: str) -> None:
    it = sheet()
    it.search = st.session_state[key].strip()
    it.wanted = replace(it.wanted, text="")


def _filters(it: Sheet) -> None:
    for facet in FACETS:
        _facet(it, facet)
    key = f"filter-confidence-{it.key}-{it.cleared}"
    st.session_state[key] = round(it.wanted.min_confidence * 100)
    st.slider(words.AT_LEAST_AS_SURE, 0, 100, step=5, format="%d %%", key=key, on_change=on(_sure, key, again=FILTERED))
    st.button(words.CLEAR_FILTERS, key="clear-filters", width="stretch", on_click=on(show_everything, again=FILTERED))


def _facet(it: Sheet, facet: Facet) -> None:
    counts = choices(it.features, facet)
    key = f"filter-{facet}-{it.key}-{it.cleared}"
    st.session_state[key] = [value for value in it.wanted.chosen(facet) if value in counts]

    def named(value: str) -> str:
        return f"{_named(facet, value)} ({counts[value]})"

    st.multiselect(
        words.FACET_NAMES[facet],
        list(counts),
        key=key,
        format_func=named,
        placeholder=words.ALL,
        on_change=on(_choose, facet, key, again=FILTERED),
    )


def _named(facet: Facet, value: str) -> str:
    if facet == "kind":
        return words.KIND_NAMES.get(value, value)
    return words.STATUS_NAMES.get(value, value) if facet == "status" else value[:60]


def _choose(facet: Facet, key: str) -> None:
    it = sheet()
    it.wanted = it.wanted.with_choice(facet, st.session_state[key])


def _sure(key: str) -> None:
    it = sheet()
    it.wanted = replace(it.wanted, min_confidence=st.session_state[key] / 100)


def hits() -> None:
    """List what was found, above the report; a click leads there."""
    it = sheet()
    if not it.search:
        return
    found = find(it.search, features=it.features, articles=it.drawn.articles)
    with st.container(key="hits", border=True):
        st.html(
            f"<p class='count' role='status'>{words.FOUND.format(count=len(found)) if found else words.NOT_FOUND}</p>"
        )
        if any(hit.feature_id for hit in found):
            st.session_state["only-found"] = bool(it.wanted.text)
            st.checkbox(words.ONLY_FOUND, key="only-found", on_change=on(_only, again=(MAP, TABLES)))
        for number, hit in enumerate(found):
            st.button(
                f"{label(hit.title[:90])} :gray[{label(_about(hit))}]",
                icon=words.HIT_ICONS[hit.kind],
                key=f"hit-{number}",
                type="tertiary",
                on_click=on(_go, hit, again=SELECTION),
            )


def _only() -> None:
    it = sheet()
    it.wanted = replace(it.wanted, text=it.search if st.session_state["only-found"] else "")


def _about(hit: Hit) -> str:
    return " · ".join(filter(None, [words.HIT_NAMES[hit.kind], hit.detail[:60]]))


def _go(hit: Hit) -> None:
    it = sheet()
    it.article_id = hit.article_id or it.article_id
    if hit.feature_id:
        select(hit.feature_id)
    elif hit.char_start is not None:
        select(None, mention=Span(start=hit.char_start, end=hit.char_start + 1), move=False)
    else:
        select(None, move=False)
