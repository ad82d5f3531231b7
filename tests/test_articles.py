"""Articles out of files of every kind, and clear words for those that are none."""

import contextlib
import io
import time
import zipfile
from datetime import date

import pytest

from geo.errors import ArticleError
from geo.stores.articles import load_article, read_article_file

TEXT = "Shells fell on Jermuk, Armenia, on Tuesday – “heavy” fire, residents said."
PAGE = """<!DOCTYPE html><html><head><title>Truce holds | Example News</title>
<meta property="og:title" content="Truce holds">
<meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2022-09-16T08:30:00Z">
<link rel="canonical" href="https://example.org/truce">
<style>p { color: red }</style><script>alert("Paris")</script></head>
<body><nav><a href="/">Home Berlin</a></nav>
<article><h1>Truce holds</h1><p>Shells fell on <b>Jermuk</b>,
Armenia.</p><!-- Rome --><p>A truce held&nbsp;on Wednesday.</p><script>London</script></article>
<aside>More: Madrid</aside><footer>Tokyo office</footer></body></html>"""


def pdf_of(text: str) -> bytes:
    """Write the smallest PDF with one page that says something."""
    stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode("latin-1") if text else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return out + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table, start,
    )  # fmt: skip


def docx_of(*paragraphs: str, start: str = "") -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'{start}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
        )
    return made.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)  # fmt: skip
def test_text_is_read_in_every_common_encoding(encoding):
    assert load_article(TEXT.encode(encoding), "report.txt").text == TEXT


def test_latin_1_bytes_keep_their_accents():
    assert load_article("Forces entered Tórshavn and Malmö.".encode("latin-1"), "a.txt").text.endswith("Malmö.")


def test_one_broken_byte_does_not_turn_a_utf_8_text_into_latin_1():
    data = "Straße – “Köln” ".encode() + b"\xff end"
    assert load_article(data, "a.txt").text == "Straße – “Köln” \ufffd end"


def test_line_ends_of_every_system_become_one():
    assert load_article(b"One.\r\nTwo.\rThree.", "a.txt").text == "One.\nTwo.\nThree."


def test_what_the_caller_says_wins_over_what_the_file_says():
    article = load_article(PAGE.encode(), "a.html", title="Mine", url="https://a.org/b", published=date(2020, 1, 2))
    assert (article.title, article.url, article.published) == ("Mine", "https://a.org/b", date(2020, 1, 2))


def test_the_same_text_is_the_same_article():
    assert load_article(TEXT.encode(), "a.txt").id == load_article(TEXT.encode("utf-16"), "b.md").id
    assert load_article(TEXT.encode(), "a.txt").id != load_article(b"Other.", "a.txt").id


def test_a_page_gives_its_text_title_source_and_date_and_nothing_of_its_furniture():
    article = load_article(PAGE.encode(), "page.html")
    assert article.text == "Truce holds\n\nShells fell on Jermuk, Armenia.\n\nA truce held on Wednesday."
    assert (article.title, article.publisher) == ("Truce holds", "Example News")
    assert (article.url, article.published) == ("https://example.org/truce", date(2022, 9, 16))


def test_content_decides_not_the_extension():
    assert "alert" not in load_article(PAGE.encode(), "page.txt").text
    assert load_article(TEXT.encode(), "page.html").text == TEXT


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        ('<meta name="date" content="2024-08-06">', date(2024, 8, 6)),
        ('<meta itemprop="datePublished" content="2024-08-06T23:59:00+02:00">', date(2024, 8, 6)),
        ('<meta name="pubdate" content="August 6, 2024">', date(2024, 8, 6)),
        ('<meta name="date" content="Tue, 06 Aug 2024 10:00:00 GMT">', date(2024, 8, 6)),
        ('<script type="application/ld+json">{"datePublished": "2024-08-06"}</script>', date(2024, 8, 6)),
        ('<time datetime="2024-08-06T10:00">yesterday</time>', date(2024, 8, 6)),
        ('<meta name="date" content="2024-99-99">', None),
        ("", None),
    ],
)
def test_the_date_of_a_page_is_found(tag, day):
    assert load_article(f"<html><body>{tag}<p>Goma fell.</p></body></html>".encode(), "a.html").published == day


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("3 < 5 and 5 > 3 <b>in</b> Goma", "3 < 5 and 5 > 3 in Goma"),
        ("Goma <script>if (a < b) {}</script>fell", "Goma fell"),
        ("Goma <!-- <p>no</p> -->fell", "Goma fell"),
        ("Goma <SCRIPT>no</SCRIPT >fell", "Goma fell"),
        ("Goma fell <script>and it never ends", "Goma fell"),
        ("Goma fell <p class=", "Goma fell <p class="),
        ("Go<b>ma</b> <i>fell</i>.<br>So it went.", "Goma fell.\n\nSo it went."),
        ("&lt;script&gt;alert(1)&lt;/script&gt; in Goma", "<script>alert(1)</script> in Goma"),
    ],
)
def test_broken_markup_keeps_its_words(markup, text):
    assert load_article(f"<html><body>{markup}".encode(), "a.html").text == text


def test_only_a_web_address_is_taken_for_one():
    page = '<html><link rel="canonical" href="javascript:alert(1)"><p>Goma fell.</p></html>'
    assert load_article(page.encode(), "a.html").url is None


def test_the_front_matter_of_markdown_is_not_text():
    article = load_article(
        b"---\ntitle: 'Truce'\ndate: 2022-09-16\nurl: https://a.org/b\n---\n# Jermuk\n\nIt *held* in [Goris](http://x).\n",
        "a.md",
    )
    assert article.text == "Jermuk\n\nIt held in Goris."
    assert (article.title, article.url, article.published) == ("Truce", "https://a.org/b", date(2022, 9, 16))


def test_markdown_without_front_matter_has_its_heading_as_title():
    assert load_article(b"# Truce\n\nIt held.", "a.md").title == "Truce"


def test_a_pdf_gives_its_text():
    assert load_article(pdf_of("Shells fell on Jermuk, Armenia."), "a.pdf").text == "Shells fell on Jermuk, Armenia."


def test_a_word_document_gives_its_paragraphs():
    assert load_article(docx_of("Shells fell.", "On Jermuk."), "a.docx").text == "Shells fell.\n\nOn Jermuk."


def test_an_article_without_a_place_is_an_article():
    assert load_article(b"Nothing happened.", "a.txt").text == "Nothing happened."


def encrypted_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of("Secret."))))
    writer.encrypt("password", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


BILLION_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        ("\ufeff  ".encode(), "empty"),
        (b"<html><body><script>x</script></body></html>", "empty"),
        (b"word " * 1_000_000, "4,999,999 characters, the limit is 1,000,000: split"),
        (b"<html>" + b"<p>" + b"x" * 5_000_000, "too large, the limit is 5 MB"),
        (b"<html>" + b"<b>" * 60_000, "60,001 tags are too many"),
        (bytes(range(256)) * 50, "binary"),
        (b"text" + b"\x00" * 50 + b"text", "binary"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word"),
        (b"PK\x03\x04broken", "broken"),
        (b"%PDF-1.4\nbroken", "PDF"),
        (pdf_of(""), "pictures of text only"),
        (encrypted_pdf(), "password"),
        (docx_of("x", start=BILLION_LAUGHS), "not one that Word wrote"),
    ],
    ids=range(18),
)
def test_what_is_no_article_is_refused_in_clear_words(data, why):
    with pytest.raises(ArticleError, match=why) as error:
        load_article(data, "dir/input.bin")
    assert str(error.value).startswith("input.bin: ")
    assert "\n" not in str(error.value)


def test_a_zip_that_is_no_word_document_is_told():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(ArticleError, match="zip archive"):
        load_article(made.getvalue(), "a.zip")


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<div>" * 10_000 + "Goma fell.",
        "<html>" + "<b>" * 10_000 + "Goma fell." + "</i>" * 10_000,
        "<html>" + "<p " * 10_000 + "Goma fell.",
        "<html>" + "<!--" * 10_000 + "Goma fell.",
        "<html>" + "<a<" * 10_000,
        "<html>" + "&#x;" * 10_000 + "Goma fell.",
        "<html>" + "<article>" * 3_000 + "Goma fell." * 30,
        "> " * 5_000 + "Goma fell.",
        "[" * 5_000 + "Goma fell.",
        "*a_" * 5_000 + "Goma fell.",
    ],
    ids=range(10),
)
def test_a_hostile_page_ends_soon(page):
    begin = time.process_time()
    with contextlib.suppress(ArticleError):
        load_article(page.encode(), "a.md" if page[0] != "<" else "a.html")
    assert time.process_time() - begin < 8  # a bound against blow-up, not a timing


def test_a_file_is_read_from_the_disk(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert read_article_file(path).text == TEXT


def test_a_meta_file_beside_an_article_is_used_as_for_the_seeds(tmp_path):
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "meta.toml").write_text('title = "Truce"\npublished = 2022-09-16\n', encoding="utf-8")
    article = read_article_file(tmp_path / "article.txt")
    assert (article.title, article.published, article.id) == ("Truce", date(2022, 9, 16), tmp_path.name)


@pytest.mark.parametrize(("name", "why"), [("none.txt", "no such file"), (".", "folder")])
def test_a_path_that_is_no_file_is_told(tmp_path, name, why):
    with pytest.raises(ArticleError, match=why):
        read_article_file(tmp_path / name)
