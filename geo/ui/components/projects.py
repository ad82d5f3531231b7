"""The projects of this server, and what can be done with the one that is open: name, copy, file, trash, versions."""

from datetime import datetime
from typing import Any

import streamlit as st

from geo.render.escape import as_html
from geo.stores.projects import Listing
from geo.ui import words
from geo.ui.cache import store
from geo.ui.drawn import versions_now
from geo.ui.state import (
    Sheet,
    changes_since,
    delete,
    desk,
    duplicate,
    go_back_to,
    hush,
    name_version,
    open_empty,
    open_project_file,
    rename,
    restore,
    sheet,
    take_in_others,
    tell,
    told,
)
from geo.versions import Change, Version, versions_of

WATCH_S = 2.0  # how soon somebody sees what another one did
SHOWN_CHANGES = 200


def projects() -> None:
    """Draw the button that opens the projects, and look now and then for what others did."""
    if st.button(words.PROJECTS, icon=":material/folder_open:", key="projects"):
        _dialog()
    watch()


@st.fragment(run_every=WATCH_S)
def watch() -> None:
    """Take in what others did to the open project; the map stays where it is."""
    try:
        changed = take_in_others()
    except Exception as error:  # asked again in a moment: one message would come every two seconds
        changed = False
        st.session_state["watch-failed"] = str(error)
    if changed:
        tell(words.OTHERS_CHANGED)
        st.rerun()  # a fragment's body cannot name other parts


@st.dialog(words.PROJECTS, width="large")
def _dialog() -> None:
    mine, everyones, versions = st.tabs([words.THIS_MAP, words.ALL_PROJECTS, words.VERSIONS])
    with mine:
        _this_map(sheet())
    with everyones:
        _all_projects()
    with versions:
        _versions(sheet())


def _do(action: Any, *arguments: Any) -> None:
    """Do something and draw the page again, which closes the dialog."""
    hush()
    with told():
        action(*arguments)
    st.rerun()


# The open map


def _this_map(it: Sheet) -> None:
    _who()
    if it.id is None:
        st.caption(words.NOT_SAVED_YET)
        return
    with st.form("rename", border=False):
        name, button = st.columns([4, 1], vertical_alignment="bottom")
        wanted = name.text_input(words.PROJECT_NAME, value=it.name, max_chars=200)
        if button.form_submit_button(words.RENAME, width="stretch"):
            _do(rename, wanted)
    copy, file, trash = st.columns(3)
    if copy.button(words.DUPLICATE, icon=":material/content_copy:", key="duplicate", width="stretch"):
        _do(duplicate, it.id)
    project_id = it.id
    file.download_button(
        words.DOWNLOAD_PROJECT,
        data=lambda: store().export(project_id),
        file_name=f"{project_id}.marchland",
        mime="application/vnd.sqlite3",
        icon=":material/download:",
        key="download-project",
        on_click="ignore",
        width="stretch",
    )
    if trash.button(words.DELETE, icon=":material/delete:", key="delete", width="stretch"):
        _do(delete, it.id)
    _misfits(it)


def _who() -> None:
    st.text_input(
        words.YOUR_NAME, value=st.session_state.get("who", ""), max_chars=100, help=words.YOUR_NAME_HELP,
        key="who-typed", on_change=_keep_name,
    )  # fmt: skip


def _keep_name() -> None:
    st.session_state["who"] = st.session_state["who-typed"]


def _misfits(it: Sheet) -> None:
    """Say whether another version read the articles first, and which decisions fit nothing any more."""
    now = versions_now()
    before = [stored.versions for stored in it.drawn.contents.articles.values()]
    if any(told and dict(told) != now for told in before):
        st.caption(words.READ_ANEW)
    if it.drawn.misfits:
        lines = "".join(f"<li>{as_html(f'{one.entry.number}: {one.reason}')}</li>" for one in it.drawn.misfits)
        st.html(f"<div class='about'><p>{as_html(words.MISFITS)}</p><ul>{lines}</ul></div>")


# All projects


def _all_projects() -> None:
    if st.button(words.NEW_MAP, icon=":material/add:", key="new-map"):
        _do(open_empty)
    with st.form("open-file", border=False, clear_on_submit=True):
        file = st.file_uploader(words.OPEN_PROJECT_FILE, type=["marchland"], key="project-file")
        if st.form_submit_button(words.OPEN_FILE, width="stretch") and file is not None:
            _do(open_project_file, file.getvalue())
    found, deleted = store().list(), store().deleted()
    st.caption(words.SHARED_LIST if found else words.NO_PROJECTS)
    for one in found:
        _listed(one)
    if deleted:
        st.subheader(words.TRASH)
    for one in deleted:
        _in_trash(one)


def _listed(one: Listing) -> None:
    about, opening, deleting = st.columns([6, 1.4, 1.4], vertical_alignment="center")
    about.html(_line(one))
    if one.problem is None and opening.button(words.OPEN, key=f"open-{one.id}", width="stretch"):
        _do(_go_to, one.id)
    if deleting.button(words.DELETE, key=f"delete-{one.id}", width="stretch"):
        _do(delete, one.id)


def _go_to(project_id: str) -> None:
    desk().current = project_id


def _in_trash(one: Listing) -> None:
    about, button = st.columns([6, 2.8], vertical_alignment="center")
    about.html(_line(one))
    if button.button(words.RESTORE, key=f"restore-{one.id}", width="stretch"):
        _do(restore, one.id)


def _line(one: Listing) -> str:
    counted = words.PROJECT_LINE.format(articles=one.articles, entries=one.entries, when=_when(one.changed))
    details = as_html(one.problem if one.problem is not None else counted)
    return f"<div class='about'><b>{as_html(one.name)}</b><br>{details}</div>"


def _when(at: datetime | None) -> str:
    return f"{at.day} {at:%b %Y, %H:%M} UTC" if at is not None else words.NO_TIME


# Versions


def _versions(it: Sheet) -> None:
    with st.form("name-version", border=False, clear_on_submit=True):
        name, button = st.columns([4, 1], vertical_alignment="bottom")
        wanted = name.text_input(words.VERSION_NAME, max_chars=200)
        if button.form_submit_button(words.NAME_IT, width="stretch"):
            _do(name_version, wanted)
    found = versions_of(it.project.log)[:-1]  # the last one is what is on the map
    if not found:
        st.caption(words.NO_VERSIONS)
        return
    chosen = st.selectbox(
        words.COMPARE_WITH, found[::-1], format_func=_version_words, key=f"version-{it.id}-{len(it.project.log)}"
    )
    with told():
        _changes(changes_since(chosen.number))
    if st.button(words.GO_BACK, icon=":material/history:", key="go-back"):
        _do(go_back_to, chosen.number)


def _version_words(version: Version) -> str:
    return " · ".join(
        filter(None, [version.name or words.VERSION_KINDS[version.kind], _when(version.at), ", ".join(version.who)])
    )


def _changes(changes: tuple[Change, ...]) -> None:
    if not changes:
        st.caption(words.NOTHING_CHANGED)
        return
    lines = "".join(f"<li>{as_html(_change_words(change))}</li>" for change in changes[:SHOWN_CHANGES])
    more = words.AND_MORE.format(count=len(changes) - SHOWN_CHANGES) if len(changes) > SHOWN_CHANGES else ""
    st.html(f"<div class='about'><ul>{lines}</ul><p>{as_html(more)}</p></div>")


def _change_words(change: Change) -> str:
    details = f": {'; '.join(change.details)}" if change.details else ""
    return f"{words.CHANGE_NAMES[change.kind]} {change.title}{details}"
