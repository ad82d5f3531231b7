"""The article in a file: text, Markdown, HTML, PDF or Word; the content decides, the name only helps."""

import hashlib
import io
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.article import MAX_CHARACTERS, Article
from geo.errors import ArticleError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MAX_BYTES = 20_000_000  # of a PDF or Word file; pictures make up most of such a file
MAX_MARKUP_BYTES = 5_000_000  # a news page has 0.1 to 1 MB; parsing grows with it
MAX_TAGS = 50_000  # a news page has 1,000 to 10,000
MAX_TAG = 20_000  # characters of one tag; pages write data into attributes
MAX_PAGES = 500
MAX_DOCX_BYTES = 50_000_000  # of the unpacked document, against zip bombs


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a file holds: its text and what it says about itself."""

    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None


def read_article_file(
    path: Path | str, *, title: str | None = None, url: str | None = None, published: date | None = None
) -> Article:
    """Read an article from a file; what is given here wins over what the file says of itself.

    Raises ArticleError where the file is missing, too large, no text, or empty.
    """
    file = Path(path)
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ArticleError(f"{file}: {file.stat().st_size / 1e6:.0f} MB is too large, the limit is 20 MB")
        data = file.read_bytes()
    except FileNotFoundError:
        raise ArticleError(f"{file}: there is no such file") from None
    except IsADirectoryError:
        raise ArticleError(f"{file}: this is a folder: give the file of one article") from None
    except OSError as error:
        raise ArticleError(f"{file}: cannot be read: {error.strerror}") from None
    article = load_article(data, str(file), title=title, url=url, published=published)
    return _with_meta(article, file) if file.name == "article.txt" else article


def _with_meta(article: Article, file: Path) -> Article:
    """Add what a meta.toml beside an article.txt says, as the seeds have it; the folder's name is the id."""
    try:
        meta = tomllib.loads((file.parent / "meta.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return article
    except (OSError, ValueError) as error:
        raise ArticleError(f"{file.parent / 'meta.toml'}: {error}") from None
    day = meta.get("published")
    return replace(
        article,
        title=article.title or meta.get("title"),
        publisher=meta.get("publisher"),
        url=article.url or meta.get("url"),
        published=article.published or (day if isinstance(day, date) else None),
        id=file.resolve().parent.name,
    )


def load_article(
    data: bytes,
    filename: str,
    *,
    title: str | None = None,
    url: str | None = None,
    published: date | None = None,
) -> Article:
    """Make an article of the bytes of a file; `filename` helps to tell Markdown from text and names it in errors.

    Text may be UTF-8, UTF-16 with or without a byte order mark, or Windows-1252/Latin-1. The id is made from the
    text, so that the same text is the same article on the page and on the command line.
    Raises ArticleError, whose text begins with the file's name and says what to do.
    """
    try:
        found = _read(data, filename)
        text = found.text.strip("\ufeff\n\r\t ")
        return Article(
            text=text,
            title=title or found.title,
            publisher=found.publisher,
            url=url or found.url,
            published=published or found.published,
            id="article-" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:10],
        )
    except ArticleError as error:
        raise ArticleError(f"{Path(filename).name or 'article'}: {error}") from None


def _read(data: bytes, filename: str) -> _Found:
    if len(data) > MAX_BYTES:
        raise ArticleError(f"{len(data) / 1e6:.0f} MB is too large, the limit is 20 MB")
    if not data.strip():
        raise ArticleError("the file is empty: choose one with at least one sentence")
    if b"%PDF-" in data[:1024]:
        return _guarded("PDF", _from_pdf, data)
    if data.startswith(b"PK\x03\x04"):
        return _guarded("Word document", _from_docx, data)
    for magic, what in _FOREIGN.items():
        if data.startswith(magic):
            raise ArticleError(f"this is {what}, not text: save the article as .txt, .html, .md, .pdf or .docx")
    text = _decode(data)
    head = text[:2000].lstrip().lower()
    name = filename.lower()
    if head.startswith(("<!doctype html", "<html", "<head", "<body", "<article", "<?xml")) or (
        name.endswith((".html", ".htm", ".xhtml")) and "<" in text
    ):
        return _guarded("HTML page", _from_html, text)
    if name.endswith((".md", ".markdown")) or re.match(r"---\n[a-z_-]{1,30}:", head):
        return _guarded("Markdown file", _from_markdown, text)
    return _Found(text=_lines(text))


_FOREIGN = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a sound, film or WebP file",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file (.doc, .xls)",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "an SQLite database",
    b"{\\rtf": "an RTF document",
}


def _guarded(what: str, read: Callable[[Any], _Found], data: Any) -> _Found:
    """Turn whatever a parser raises on a broken or hostile file into one clear error."""
    try:
        return read(data)
    except ArticleError:
        raise
    except RecursionError:
        raise ArticleError(f"the {what} is nested too deeply: copy its text into a .txt file") from None
    except Exception as error:  # the parsers raise many kinds, none of which a reader can act on
        raise ArticleError(f"the {what} is broken ({type(error).__name__}): copy its text into a .txt file") from error


# --- text


def _decode(data: bytes) -> str:
    text = _decoded(data)
    odd = sum(1 for c in text[:100_000] if ord(c) < 32 and c not in "\n\r\t\f\v" or c == "\x7f")
    if "\x00" in text or odd > 0.01 * min(len(text), 100_000):
        raise ArticleError("this is a binary file, not text: save the article as .txt, .html, .md, .pdf or .docx")
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    sample = data[:2000]
    for encoding, zero, other in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if zero.count(0) > 0.4 * len(zero) and other.count(0) < 0.1 * len(other):
            return data.decode(encoding, "replace")
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # A few broken bytes in a UTF-8 text are damage; a text in which most of them are broken is Windows-1252.
    if broken <= sum(c > "\x7f" for c in text) - broken:
        return text
    return "".join(_cp1252(data))


def _cp1252(data: bytes) -> Iterator[str]:
    # Five bytes mean nothing in Windows-1252; there Latin-1 fills in, as browsers do.
    for byte_run in re.split(rb"([\x81\x8d\x8f\x90\x9d])", data):
        yield byte_run.decode("latin-1" if len(byte_run) == 1 else "cp1252", "replace")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


# --- Markdown


_FRONT_MATTER = re.compile(r"---[ \t]{0,10}\n((?:[^\n]{0,1000}\n){0,50}?)---[ \t]{0,10}(?:\n|$)")
_FIELD = re.compile(r"([A-Za-z_-]{1,30})[ \t]{0,10}:[ \t]{0,10}(.{1,900})")


def _from_markdown(text: str) -> _Found:
    _check_markup(text)
    text = _lines(text).lstrip()
    fields: dict[str, str] = {}
    if front := _FRONT_MATTER.match(text):
        text = text[front.end() :]
        for line in front.group(1).splitlines():
            if match := _FIELD.match(line):
                fields[match.group(1).lower()] = match.group(2).strip().strip("\"'")
    from markdown_it import MarkdownIt

    found = _from_html(MarkdownIt("commonmark").render(text))
    return replace(
        found,
        title=fields.get("title") or found.title,
        publisher=fields.get("publisher") or fields.get("source"),
        url=_web_address(fields.get("url") or fields.get("link")),
        published=_day(fields.get("date") or fields.get("published")),
    )


# --- HTML

_NO_TEXT = (
    "script style noscript template svg math canvas iframe object embed nav header footer aside form button select "
    "textarea figure figcaption dialog menu video audio head"
).split()
_BLOCKS = frozenset(
    "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote pre table tr section article main address dd dt dl hr body".split()
)


def _check_markup(text: str) -> None:
    if len(text) > MAX_MARKUP_BYTES:
        raise ArticleError(f"{len(text) / 1e6:.0f} MB of markup is too large, the limit is 5 MB: copy its text")
    if text.count("<") > MAX_TAGS:
        raise ArticleError(f"{text.count('<'):,} tags are too many, the limit is {MAX_TAGS:,}: copy its text")


def _from_html(text: str) -> _Found:
    _check_markup(text)
    from bs4 import BeautifulSoup

    day = _linked_data_date(text)
    soup = BeautifulSoup(_well_formed(text), "html.parser")
    meta = _meta(soup)
    title = meta.get("og:title") or _words(soup.title) or _words(soup.h1)
    canonical = soup.find("link", rel="canonical")
    published = (
        meta.get("article:published_time")
        or meta.get("datepublished")
        or meta.get("date")
        or meta.get("pubdate")
        or meta.get("dc.date")
        or meta.get("dc.date.issued")
        or day
    )
    if not published and (time := soup.find("time", datetime=True)):
        published = str(time["datetime"])
    return _Found(
        text=_body_text(soup),
        title=title,
        publisher=meta.get("og:site_name"),
        url=_web_address(str(canonical.get("href") or "") if canonical else None) or _web_address(meta.get("og:url")),
        published=_day(published),
    )


def _meta(soup: "BeautifulSoup") -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in soup.find_all("meta", limit=500):
        key = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if key and tag.get("content"):
            found.setdefault(str(key).lower(), " ".join(str(tag["content"]).split())[:1000])
    return found


_LINKED_DATE = re.compile(r'"datePublished"\s{0,20}:\s{0,20}"([0-9][0-9T:.+Z -]{7,40})"')


def _linked_data_date(text: str) -> str | None:
    found = _LINKED_DATE.search(text)
    return found.group(1) if found else None


def _well_formed(text: str) -> str:
    """Take out comments, scripts and styles, and write every "<" that begins no tag as "&lt;", in one pass.

    Python's HTML parser takes quadratic time on tags and comments that never end; after this there are none.
    """
    small = text.lower() if len(text.lower()) == len(text) else text
    kept: list[str] = []
    at = close = 0
    while (begin := text.find("<", at)) >= 0:
        kept.append(text[at:begin])
        hidden = next((tag for tag in ("!--", "script", "style") if small.startswith(tag, begin + 1)), None)
        if hidden:
            end = "-->" if hidden == "!--" else f"</{hidden}"
            at = small.find(end, begin)
            if at < 0:
                return "".join(kept)  # it never ends: a browser shows nothing more either
            at = at + 3 if hidden == "!--" else (text.find(">", at) + 1 or len(text))
            continue
        if close <= begin:
            close = text.find(">", begin)
        if close < 0 or text.find("<", begin + 1, close) >= 0 or close - begin > MAX_TAG:
            kept.append("&lt;")
            at = begin + 1
            if close < 0:
                break
        else:
            kept.append(text[begin : close + 1])
            at = close + 1
    kept.append(text[at:].replace("<", "&lt;"))
    return "".join(kept)


def _words(tag: "Tag | None") -> str | None:
    return " ".join(tag.get_text(" ").split())[:500] or None if tag else None


def _body_text(soup: "BeautifulSoup") -> str:
    for tag in soup.find_all(_NO_TEXT):
        if tag.name == "header" and tag.find("h1"):
            continue  # many pages keep the article's own headline there
        tag.extract()
    # The element that names itself the article is taken if it holds most of the page's sentences.
    for tag in (*soup.find_all("article", limit=20), *soup.find_all("main", limit=2)):
        text = _paragraphs(tag)
        if len(text) > 200 and len(text) > 0.5 * len(_paragraphs(soup)):
            return text
    return _paragraphs(soup)


def _paragraphs(root: "Tag") -> str:
    from bs4.element import NavigableString, PreformattedString, Tag

    pieces: list[str] = []
    for node in root.descendants:
        if isinstance(node, Tag):
            if node.name in _BLOCKS:
                pieces.append("\n")
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            pieces.append(node.replace("\n", " ").replace("\r", " "))
            following = node.next_sibling
            if following is None and node.parent is not None and node.parent.name in _BLOCKS:
                pieces.append("\n")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _web_address(address: str | None) -> str | None:
    address = (address or "").strip()
    return address if address.startswith(("https://", "http://")) and len(address) < 2000 else None


_DAY_FORMS = ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%b. %d, %Y", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y")


def _day(words: str | None) -> date | None:
    words = (words or "").strip()[:100]
    if not words:
        return None
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        pass
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(words, form).date()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(words).date()
    except (ValueError, TypeError, IndexError):
        return None


# --- PDF and Word


def _from_pdf(data: bytes) -> _Found:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns about every oddity of a file that reads well
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ArticleError("the PDF is protected by a password: save it without one, or copy its text")
    pages: list[str] = []
    for number, page in enumerate(reader.pages, start=1):
        if number > MAX_PAGES or sum(map(len, pages)) > MAX_CHARACTERS:
            raise ArticleError("the PDF is too long for one article: split it, or copy the part that matters")
        pages.append(page.extract_text() or "")
    text = _unwrapped("\n\n".join(pages))
    if not text.strip():
        raise ArticleError("the PDF holds pictures of text only (a scan): run text recognition on it first")
    info = reader.metadata
    return _Found(text=text, title=(info.title if info else None) or None)


def _unwrapped(text: str) -> str:
    # A PDF breaks lines where the column ends; a sentence goes on after a break that follows no full stop.
    text = re.sub(r"(\w)[-\u00ad]\n(?=[a-z])", r"\1", _lines(text))
    return re.sub(r"(?<![.!?:;\"”’)\n])\n(?=[^\n])", " ", text)


def _from_docx(data: bytes) -> _Found:
    from xml.etree import ElementTree

    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "word/document.xml" not in archive.namelist():
            raise ArticleError("this is a zip archive, not an article: unpack it and choose the file inside")
        if archive.getinfo("word/document.xml").file_size > MAX_DOCX_BYTES:
            raise ArticleError("the Word document is too large: copy the part that matters")
        with archive.open("word/document.xml") as part:
            xml = part.read(MAX_DOCX_BYTES + 1)
    if len(xml) > MAX_DOCX_BYTES or b"<!DOCTYPE" in xml[:2000]:  # Word writes no entities
        raise ArticleError("the Word document is not one that Word wrote: copy its text")
    paragraphs = ElementTree.fromstring(xml).iter(f"{word}p")
    return _Found(text="\n\n".join("".join(run.text or "" for run in p.iter(f"{word}t")) for p in paragraphs))
