"""A new report: pasted or from a file, with what is known about it; on a map of its own or on the open one."""

from datetime import date
from typing import Any

import streamlit as st

from geo.article import Article
from geo.errors import ArticleError
from geo.stores.articles import load_article
from geo.ui import words
from geo.ui.state import hush, open_article, told

FILE_TYPES = ["txt", "html", "htm", "md", "pdf", "docx"]


def new_report() -> None:
    """Draw the button and its form; a report that was read leaves an empty, closed form."""
    number = st.session_state.setdefault("reports-read", 0)
    with st.popover(words.NEW_ARTICLE, icon=words.NEW_ARTICLE_ICON, key=f"new-report-{number}"):
        given = _form(number)
    if given is not None:
        hush()
        said = words.READING_LONG.format(characters=len(given["text"])) if given["text"] else words.READING
        with told(), st.spinner(said, show_time=True):
            open_article(_article(given), add=given["add"])
            st.session_state["reports-read"] = number + 1
        st.rerun()


def _form(number: int) -> dict[str, Any] | None:
    with st.form(f"new-article-{number}", border=False):
        text = st.text_area(words.PASTE_LABEL, placeholder=words.PASTE_PLACEHOLDER, height=160, key=f"paste-{number}")
        file = st.file_uploader(words.UPLOAD_LABEL, type=FILE_TYPES, key=f"upload-{number}")
        title = st.text_input(words.FIELD_TITLE, max_chars=300, key=f"new-title-{number}")
        when, url = st.columns(2)
        published = when.date_input(
            words.FIELD_DATE, value=None, help=words.FIELD_DATE_HELP, key=f"new-date-{number}",
            min_value=date(1900, 1, 1), max_value=date(2100, 1, 1),
        )  # fmt: skip
        address = url.text_input(words.FIELD_URL, max_chars=1000, key=f"new-url-{number}")
        add = st.checkbox(words.ADD_TO_MAP, key=f"new-add-{number}")
        if not st.form_submit_button(words.READ_ARTICLE, type="primary", width="stretch"):
            return None
    known = {"title": title.strip() or None, "url": address.strip() or None, "published": published}
    return {"text": text, "file": file, "known": known, "add": add}


def _article(given: dict[str, Any]) -> Article:
    text, file = given["text"], given["file"]
    if text.strip() and file is not None:
        raise ArticleError(words.BOTH_GIVEN)
    if file is not None:
        return load_article(file.getvalue(), file.name, **given["known"])
    if not text.strip():
        raise ArticleError(words.NOTHING_TO_READ)
    return load_article(text.encode("utf-8", "replace"), "", **given["known"])
