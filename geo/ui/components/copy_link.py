"""A button that copies the address of the view."""

import streamlit as st

from geo.ui import words

_CSS = """
button { display: grid; place-items: center; width: 2.2rem; height: 2.2rem; padding: 0; cursor: pointer; font: inherit;
         color: var(--st-text-color); background: var(--st-background-color);
         border: 1px solid light-dark(#c9cfd4, #4a535b); border-radius: 0.25rem; }
button:hover, button.done { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
"""
_HTML = """
<button type="button">
  <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
    <path d="M6.5 9.5l3-3M7.5 4.5l1.6-1.6a2.6 2.6 0 013.9 3.9L11.5 8.5M8.5 11.5l-1.6 1.6a2.6 2.6 0 01-3.9-3.9L4.5 7.5"/>
  </svg>
</button>
<span role="status" style="position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"></span>
"""
# The address itself is kept by geo/ui/components/link.py.
_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button"), said = parentElement.querySelector("span");
  button.title = data.label;
  button.setAttribute("aria-label", data.label);
  button.onclick = async () => {
    window.marchland?.write();
    try { await navigator.clipboard.writeText(location.href); }
    catch { window.prompt(data.label, location.href); return; }
    said.textContent = data.done;
    button.title = data.done;
    button.classList.add("done");
    setTimeout(() => { said.textContent = ""; button.title = data.label; button.classList.remove("done"); }, 2000);
  };
}
"""
_button = st.components.v2.component("marchland_copy_link", html=_HTML, css=_CSS, js=_JS)


def copy_link() -> None:
    """Draw the button."""
    _button(
        key="copy-link", data={"label": words.COPY_LINK, "done": words.LINK_COPIED}, width="content", height="content"
    )
