"""Hostile articles and files on the page: they show as text, run nothing, and take nothing away."""

import pytest

from tests.page_steps import Steps, address  # noqa: F401

pytestmark = pytest.mark.browser

EVIL_TITLE = "<img src=x onerror=\"top.document.title='hacked'\">${top.document.title='hacked'}`"
EVIL = (
    "Forces advanced as much as 7.5 km into Armenia's territory near Jermuk, said "
    "<script>top.document.title='hacked'</script><img src=x onerror=\"top.document.title='hacked'\"> a general. "
    "In </script><script>alert(1)</script> Jermuk ${alert(1)} `${alert(1)}` \\u003cscript\\u003ealert(1) {{7*7}} "
    "![x](http://example.org/x.png) [click](javascript:alert(1)) there was shelling, 12 soldiers were killed. "
    '"Yerevan" onmouseover="alert(1)" \' onfocus=\'alert(1)\' autofocus was quiet.'
)


@pytest.fixture
def user(browser_page, address):  # noqa: F811
    return Steps(browser_page, address)


def test_a_hostile_article_shows_as_text_and_runs_nothing(user):
    title = user.page.title()
    user.paste(EVIL, Title=EVIL_TITLE)
    user.article.get_by_text("a general").wait_for()
    user.settled()
    assert "<script>top.document.title='hacked'</script>" in user.article.inner_text()
    assert "![x](http://example.org/x.png)" in user.article.inner_text()
    for mark in user.article.locator("mark").all()[:12]:
        mark.hover()
        mark.click()
        user.idle()
    for frame in user.page.frames:
        assert frame.evaluate("document.querySelectorAll('[onerror],[onmouseover],[onfocus],[onload]').length") == 0
    for tab in ("Claims", "Decisions", "Places"):
        user.page.get_by_role("tab", name=tab).click()
        user.idle()
    assert user.page.title() == title


def test_a_hostile_place_name_of_the_user_shows_as_text(user):
    title = user.page.title()
    user.add_by_coordinates("39.9, 45.6", EVIL_TITLE)
    user.wait_layers(added_1=True)
    user.card_says("<img src=x")
    user.says("<img src=x")
    user.click_point("<img src=x")
    assert user.page.title() == title
    assert user.frame.evaluate("document.querySelectorAll('[onerror]').length") == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [("   ", "no report yet"), ("x" * 1_100_000, "1,000,000"), ("Nothing of note happened today.", None)],
)
def test_odd_texts_get_a_clear_sentence_or_an_empty_map_and_nothing_is_lost(user, text, says):
    user.page.get_by_role("button", name="New report").click()
    user.page.get_by_label("Paste the text of a report").evaluate(
        """(box, text) => { const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
                            set.call(box, text); box.dispatchEvent(new Event('input', {bubbles: true})) }""",
        text,
    )
    user.page.get_by_label("Paste the text of a report").blur()
    user.page.get_by_role("button", name="Read it and draw the map").click()
    user.idle()
    user.page.keyboard.press("Escape")
    if says:
        user.says(says)
        user.article.get_by_text("Pashinyan told").wait_for()
    else:
        user.article.get_by_text("Nothing of note").wait_for()
        user.page.get_by_text("No place was found").wait_for()


def test_uploads_of_hostile_files_are_text_or_a_clear_error(user, tmp_path):
    page = tmp_path / "report.html"
    page.write_text(f"<html><title>Report</title><body><p>{'Shelling hit Jermuk in Armenia on Friday. ' * 5}</p>"
                    "<script>top.document.title='hacked'</script></body></html>")  # fmt: skip
    user.page.get_by_role("button", name="New report").click()
    user.upload("or open a file", page)
    user.page.get_by_role("button", name="Read it and draw the map").click()
    user.idle()
    user.page.keyboard.press("Escape")
    user.article.get_by_text("Shelling hit").first.wait_for()
    assert "hacked" not in user.article.inner_text()
