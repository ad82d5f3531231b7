"""Undo and redo."""

import streamlit as st

from geo.ui import words
from geo.ui.parts import HISTORY, on, part
from geo.ui.state import redo, sheet, undo


@part(HISTORY)
def history() -> None:
    """Draw the two buttons."""
    it = sheet()
    with st.container(horizontal=True, gap="xsmall", key="history", width="content"):
        st.button(
            words.UNDO, icon=":material/undo:", key="undo", disabled=not it.project.decisions,
            on_click=on(undo),
        )  # fmt: skip
        st.button(
            words.REDO, icon=":material/redo:", key="redo", disabled=not it.project.can_redo(),
            on_click=on(redo),
        )  # fmt: skip
