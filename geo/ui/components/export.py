"""The ways out of a map: which form, all of it or what the filters leave."""

from datetime import UTC, datetime

import streamlit as st

from geo.render.exports import FORMATS, FORMS, Form, export_map
from geo.render.geopackage import log_rows
from geo.stores.tiles import page_assets
from geo.ui import words
from geo.ui.state import desk


def export() -> None:
    """Draw the choice and the button; the file is made when the button is pressed."""
    it = desk().sheets.get(desk().current)
    if it is None:
        return
    form: Form = st.selectbox(words.EXPORT_FORM, FORMS, format_func=lambda one: FORMATS[one].label, key="export-form")
    part = st.radio(words.EXPORT_PART, [words.EXPORT_ALL, words.EXPORT_SHOWN], horizontal=True, key="export-part")
    st.download_button(
        words.EXPORT_BUTTON,
        data=lambda: export_map(
            it.features if part == words.EXPORT_ALL else it.shown,
            form,
            title=it.name,
            assets=page_assets(),
            made=datetime.now(UTC).date(),
            log=log_rows(it.project.log),
        ),
        file_name=f"{desk().current}.{form}",
        mime=FORMATS[form].mime,
        type="primary",
        width="stretch",
        key=f"download-{form}-{'all' if part == words.EXPORT_ALL else 'shown'}",  # another button for another file
        on_click="ignore",
    )
