"""Three short hints for a first visit; the browser keeps that they were read."""

import streamlit as st

from geo.ui import words

_CSS = """
section { display: flex; gap: 0.6rem; align-items: flex-start; padding: 0.45rem 0.7rem; font-family: var(--st-font);
          font-size: 0.86rem; line-height: 1.45; color: var(--st-text-color); background: light-dark(#eaf3f8, #1c2c37);
          border-left: 3px solid var(--st-primary-color); }
section[hidden] { display: none; }
ol { margin: 0; padding-left: 1.1rem; flex: 1; }
button { font: inherit; padding: 0.1rem 0.6rem; cursor: pointer; color: inherit; background: none;
         border: 1px solid #8a939b; border-radius: 0.25rem; }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
"""
_HTML = """<section hidden><ol></ol><button type="button"></button></section>"""
_JS = """
const KEY = "marchland-hints-read";
const kept = { get: () => { try { return localStorage.getItem(KEY); } catch { return null; } },
               set: () => { try { localStorage.setItem(KEY, "yes"); } catch { /* shown again next time */ } } };

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector("section");
  const list = box.querySelector("ol"), button = box.querySelector("button");
  box.setAttribute("aria-label", data.label);
  list.replaceChildren(...data.hints.map((hint) => Object.assign(document.createElement("li"), { textContent: hint })));
  button.textContent = data.done;
  box.hidden = box.read || kept.get() === "yes";
  const place = (parentElement.host ?? parentElement).closest(".stElementContainer");
  const show = () => { if (place) place.style.display = box.hidden ? "none" : ""; };
  button.onclick = () => { kept.set(); box.read = box.hidden = true; show(); };
  show();
}
"""
_hints = st.components.v2.component("marchland_hints", html=_HTML, css=_CSS, js=_JS)


def hints() -> None:
    """Show the hints to who has not read them."""
    _hints(
        key="hints",
        data={"label": words.HINTS_LABEL, "hints": list(words.HINTS), "done": words.HINTS_DONE},
        height="content",
    )
