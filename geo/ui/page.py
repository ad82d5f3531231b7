"""The page: the report on the left, its map on the right, everything else around them."""

import streamlit as st

from geo.ui import words
from geo.ui.components.bar import bar
from geo.ui.components.card import card
from geo.ui.components.map_view import map_view
from geo.ui.components.notices import message, notices
from geo.ui.components.sidebar import sidebar
from geo.ui.components.tables import tables
from geo.ui.components.text import text
from geo.ui.look import LOOK
from geo.ui.state import sheet, told


def page() -> None:
    """Draw the whole page once."""
    st.html(f"<style>{LOOK}</style>")
    # Both are there with and without content: one element more or less above the map would remount its frame.
    top, above = st.container(key="bar"), st.container(key="message")
    with told(), above, st.spinner(words.READING):
        sheet()  # reads the first report, or the one that was just chosen
    with top:
        bar()
    with told():
        with st.sidebar:
            sidebar()
        left, right = st.columns([5, 7], gap="small")
        with right:
            map_view()
        with left:
            text()
            card()
        notices()
        tables()
    with above:
        message()
