"""The article with its places and claims marked; clicking one leads to the map, and the map leads back."""

from dataclasses import dataclass

import streamlit as st

from geo.article import Span
from geo.reading import Reading
from geo.render.highlight import highlighted
from geo.ui import words

_CSS = """
.article { height: var(--article-height, 24rem); overflow-y: auto; padding: 0.3rem 0.8rem 0.3rem 0.2rem;
           font-family: var(--st-font); font-size: 0.95rem; line-height: 1.55; color: var(--st-text-color);
           scroll-behavior: smooth; overflow-wrap: anywhere; }
.article:focus-visible { outline: 2px solid var(--st-primary-color); }
p { margin: 0 0 0.8rem; }
mark { color: inherit; background: none; border-radius: 2px; padding: 0 1px; }
mark[data-feature]:not([data-feature=""]) { cursor: pointer; }
mark mark { padding: 0; }
mark.claim { border-bottom: 2px dotted #b34d00; }
mark.claim.distance { background: #fbe3cf; border-bottom: 2px solid #b34d00; }
mark.claim.people, mark.claim.area { background: #fdf1e7; border-bottom: 2px solid #d9a06b; }
mark.claim.event { border-bottom: 1px dotted #b34d00; }
mark.place { border-bottom: 2px solid #8a8f98; }
mark.place.event { background: #ffe9b8; border-bottom: 2px solid #8a6100; font-weight: 600; }
mark.place.dateline { border-bottom-style: double; }
mark.place.demonym { border-bottom: 1px dotted #59636b; }
mark.place.unknown { border-bottom: 2px dotted #a33; }
mark:focus-visible { outline: 2px solid var(--st-primary-color); }
mark.hot { box-shadow: 0 0 0 2px #0b5c8a; }
.sentence.marked { background: #e4f1f8; }
"""

# data.html comes from geo/render/highlight.py alone, which escapes every character of the article.
_JS = """
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let box = parentElement.querySelector(".article");
  if (!box) {
    box = document.createElement("div");
    box.className = "article";
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    parentElement.appendChild(box);
  }
  box.setAttribute("aria-label", data.label);
  box.style.setProperty("--article-height", data.height + "px");
  if (box.source !== data.html) {
    box.source = data.html;
    box.innerHTML = data.html;
    box.scrollTop = 0;
    box.shown = null;
  }
  const pick = (mark) => {
    if (mark) setTriggerValue("picked", { feature: mark.dataset.feature, span: mark.dataset.span });
  };
  box.onclick = (event) => pick(event.target.closest("mark"));
  box.onkeydown = (event) => {
    const mark = event.target.closest("mark");
    if (mark && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); pick(mark); }
  };
  const hot = (feature) => box.querySelectorAll("mark").forEach(
    (mark) => mark.classList.toggle("hot", Boolean(feature) && mark.dataset.feature === feature));
  box.onmouseover = (event) => hot(event.target.closest("mark")?.dataset.feature || data.feature);
  box.onmouseleave = () => hot(data.feature);
  hot(data.feature);
  const shown = `${data.sentence}/${data.feature}`;
  if (box.shown !== shown) {
    box.shown = shown;
    box.querySelectorAll(".sentence.marked").forEach((part) => part.classList.remove("marked"));
    const parts = data.sentence ? box.querySelectorAll(`.sentence[data-sentence="${Number(data.sentence)}"]`) : [];
    parts.forEach((part) => part.classList.add("marked"));
    if (parts.length) {
      const place = parts[0].getBoundingClientRect(), frame = box.getBoundingClientRect();
      if (place.top < frame.top || place.bottom > frame.bottom) box.scrollTop += place.top - frame.top - 40;
    }
  }
}
"""

_article = st.components.v2.component("marchland_article", css=_CSS, js=_JS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What was clicked in the text: a feature ("" for a name without a place) and where it stands."""

    feature_id: str
    span: Span


def article_view(
    reading: Reading, *, key: str, height: int, feature_id: str | None, sentence_no: int | None
) -> Picked | None:
    """Show a reading's article, one sentence and one feature marked; return what was clicked in this run."""
    result = _article(
        key=key,
        data={
            "html": _html(reading),
            "height": height,
            "label": words.ARTICLE_LABEL,
            "feature": feature_id or "",
            "sentence": sentence_no or 0,
        },
        on_picked_change=lambda: None,
    )
    return _picked(result.picked, reading)


def _html(reading: Reading) -> str:
    kept: tuple[Reading, str] | None = st.session_state.get("article_html")
    if kept is None or kept[0] is not reading:
        kept = (reading, highlighted(reading))
        st.session_state["article_html"] = kept
    return kept[1]


def _picked(value: object, reading: Reading) -> Picked | None:
    """Read what the browser sent; None for anything that is not a place of this text."""
    if not isinstance(value, dict):
        return None
    start, _, end = str(value.get("span", "")).partition("-")
    if not (start.isdecimal() and end.isdecimal() and 0 <= int(start) < int(end) <= len(reading.article.text)):
        return None
    return Picked(feature_id=str(value.get("feature", "")), span=Span(start=int(start), end=int(end)))
