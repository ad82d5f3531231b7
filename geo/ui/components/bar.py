"""The bar above the map: which report, a new one, and the ways out."""

from datetime import date
from typing import Any

import streamlit as st

from geo.article import Article
from geo.errors import ArticleError
from geo.stores.articles import load_article
from geo.ui import words
from geo.ui.components.copy_link import copy_link
from geo.ui.components.export import export
from geo.ui.components.find import find_box
from geo.ui.components.history import history
from geo.ui.components.projects import projects
from geo.ui.state import choices, desk, open_article, open_map_file, told

FILE_TYPES = ["txt", "html", "htm", "md", "pdf", "docx"]


def bar() -> None:
    """Draw the bar."""
    with st.container(key="bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f"<h1 class='brand'>{words.TITLE}</h1>")
        _choice()
        with st.popover(words.NEW_ARTICLE, icon=words.NEW_ARTICLE_ICON):
            _new_article()
        projects()
        find_box()
        history()
        copy_link()
        with st.popover(words.EXPORT, icon=words.EXPORT_ICON):
            export()
            _import()


def _choice() -> None:
    found = choices()
    st.session_state["choice"] = desk().current
    st.selectbox(
        words.ARTICLE_CHOICE,
        list(found),
        format_func=lambda key: found.get(key, key),
        key="choice",
        label_visibility="collapsed",
        on_change=_choose,
    )


def _choose() -> None:
    desk().current = st.session_state["choice"]


def _new_article() -> None:
    with st.form("new-article", border=False):
        st.text_area(words.PASTE_LABEL, placeholder=words.PASTE_PLACEHOLDER, height=160, key="paste")
        st.file_uploader(words.UPLOAD_LABEL, type=FILE_TYPES, key="upload")
        st.text_input(words.FIELD_TITLE, max_chars=300, key="new-title")
        when, url = st.columns(2)
        when.date_input(
            words.FIELD_DATE, value=None, help=words.FIELD_DATE_HELP, key="new-date",
            min_value=date(1900, 1, 1), max_value=date(2100, 1, 1),
        )  # fmt: skip
        url.text_input(words.FIELD_URL, max_chars=1000, key="new-url")
        st.checkbox(words.ADD_TO_MAP, key="new-add")
        if st.form_submit_button(words.READ_ARTICLE, type="primary", width="stretch"):
            said = words.READING_LONG.format(characters=len(st.session_state["paste"]))
            with told(), st.spinner(said if st.session_state["paste"] else words.READING, show_time=True):
                _read()
            st.rerun()


def _read() -> None:
    given = {name: st.session_state[f"new-{name}"] for name in ("title", "url", "date", "add")}
    article = _given(
        st.session_state["paste"],
        st.session_state["upload"],
        title=given["title"].strip() or None,
        url=given["url"].strip() or None,
        published=given["date"],
    )
    open_article(article, add=given["add"])


def _given(text: str, file: Any, *, title: str | None, url: str | None, published: date | None) -> Article:
    if text.strip() and file is not None:
        raise ArticleError(words.BOTH_GIVEN)
    if file is not None:
        return load_article(file.getvalue(), file.name, title=title, url=url, published=published)
    if not text.strip():
        raise ArticleError(words.NOTHING_TO_READ)
    return load_article(text.encode("utf-8", "replace"), "", title=title, url=url, published=published)


def _import() -> None:
    with st.form("import", border=False):
        file = st.file_uploader(words.IMPORT_LABEL, type=["geojson", "json"], key="import-file")
        if st.form_submit_button(words.IMPORT_BUTTON, width="stretch") and file is not None:
            with told():
                open_map_file(file.name, file.getvalue().decode("utf-8", "replace"))
            st.rerun()
