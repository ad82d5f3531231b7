"""The bar above the map: which report, a new one, and the ways out."""

import streamlit as st

from geo.ui import words
from geo.ui.components.copy_link import copy_link
from geo.ui.components.export import export
from geo.ui.components.find import find_box
from geo.ui.components.history import history
from geo.ui.components.new_report import new_report
from geo.ui.components.projects import projects
from geo.ui.labels import distinct
from geo.ui.parts import CHOICE, part
from geo.ui.state import choices, desk, hush, open_map_file, told


def bar() -> None:
    """Draw the bar."""
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f"<h1 class='brand'>{words.TITLE}</h1>")
        _choice()
        new_report()
        projects()
        find_box()
        history()
        copy_link()
        with st.popover(words.EXPORT, icon=words.EXPORT_ICON):
            export()
            _import()


@part(CHOICE)
def _choice() -> None:
    """Choose among the projects and the seeds; a box of its own for every map, so that none keeps another's choice."""
    found, now = distinct(choices()), desk().current
    key = f"choice-{now}-{found.get(now)}"  # the browser answers with a label, which a renaming changes
    st.selectbox(
        words.ARTICLE_CHOICE,
        list(found),
        index=list(found).index(now) if now in found else 0,
        format_func=lambda one: found.get(one, one),
        key=key,
        label_visibility="collapsed",
        on_change=lambda: _choose(key, now),
    )


def _choose(key: str, now: str) -> None:
    if st.session_state[key] == now:  # called without a change: Streamlit does that where a redraw meets a click
        return
    desk().current = st.session_state[key]
    st.rerun()


def _import() -> None:
    with st.form("import", border=False):
        file = st.file_uploader(words.IMPORT_LABEL, type=["geojson", "json"], key="import-file")
        if st.form_submit_button(words.IMPORT_BUTTON, width="stretch") and file is not None:
            hush()
            with told():
                open_map_file(file.name, file.getvalue().decode("utf-8", "replace"))
            st.rerun()
