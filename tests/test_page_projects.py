"""Projects in a real browser: made by deciding, kept over a reload, shared between tabs, copied, brought back."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.decisions import LogEntry
from geo.project import Annotate
from geo.stores.project_file import News
from geo.stores.projects import Projects
from tests.hostile import hostile_texts
from tests.page_steps import Steps, address  # noqa: F401

pytestmark = pytest.mark.browser

REPORT = "GOMA — Rebels captured the town of Sake, about 20 km west of Goma, the army said on Monday."


@pytest.fixture
def user(browser_page, address):  # noqa: F811
    return ProjectSteps(browser_page, address)


class ProjectSteps(Steps):
    """A user who keeps projects."""

    def open_map(self):
        """Return the id of the open map, as the address says it."""
        return parse_qs(urlsplit(self.page.url).query).get("map", [""])[0]

    def wait_for_map(self, pattern):
        """Wait until the address names a map whose id begins so."""
        self.page.wait_for_url(re.compile(rf"[?&]map={pattern}"))

    def decide(self, name="Depot", position="39.51, 46.34"):
        """Add a place, and wait until it is on the map and saved."""
        self.add_by_coordinates(position, name)
        self.frame.wait_for_function(
            """name => { let found = false;
               window.map.eachLayer(l => { found = found || l.feature?.properties?.title === name; });
               return found; }""",
            arg=name,
        )

    def projects(self, tab="This map"):
        """Open the dialog at one of its tabs."""
        self.page.get_by_role("button", name="Projects", exact=False).first.click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("tab", name=tab).click()
        self.idle()
        return dialog

    def again(self):
        """Reload the page."""
        self.page.reload()
        self.settled()


def test_looking_at_examples_saves_nothing(user):
    dialog = user.projects("All projects")
    dialog.get_by_text("There is no project yet").wait_for()
    dialog.get_by_role("tab", name="This map").click()
    dialog.get_by_text("saved as a project as soon as").wait_for()


def test_the_first_decision_makes_a_project_that_a_reload_keeps_with_undo_and_redo(user):
    user.page.evaluate("document.querySelector('iframe').dataset.seen = 'yes'")
    user.decide("Depot")
    user.wait_layers(added_1=True)
    assert user.page.evaluate("document.querySelector('iframe').dataset.seen") == "yes"
    user.wait_for_map("truce-holds")
    user.again()
    user.wait_layers(added_1=True)
    user.press("Undo")
    user.wait_layers(added_1=False)
    user.again()
    user.wait_layers(added_1=False)
    user.press("Redo")
    user.wait_layers(added_1=True)


def test_a_pasted_report_is_saved_at_once(user):
    user.paste(REPORT, Title="Sake falls")
    user.article.get_by_text("captured the town").wait_for()
    user.wait_for_map("sake-falls")
    user.again()
    user.article.get_by_text("captured the town").wait_for()


def test_a_project_is_renamed_and_the_list_says_so(user):
    user.decide()
    dialog = user.projects()
    dialog.get_by_label("Name of the project").fill("Front <b>north</b> *1*")
    dialog.get_by_role("button", name="Rename").click()
    user.idle()
    user.page.wait_for_timeout(1000)  # the list of maps in the bar must not lead away from it
    user.wait_layers(added_1=True)
    dialog = user.projects("All projects")
    dialog.get_by_text("Front <b>north</b> *1*").wait_for()


def test_a_duplicate_is_another_project(user):
    user.decide()
    user.wait_for_map("truce-holds")
    first = user.open_map()
    user.projects().get_by_role("button", name="Duplicate").click()
    user.wait_for_map("copy-of")
    user.press("Undo")
    user.wait_layers(added_1=False)
    dialog = user.projects("All projects")
    dialog.locator(f".st-key-open-{first} button").click()
    user.wait_for_map("truce-holds")
    user.wait_layers(added_1=True)


def test_a_deleted_project_comes_back_from_the_trash(user):
    user.decide()
    user.projects().get_by_role("button", name="Delete").first.click()
    user.says("trash")
    user.wait_layers(added_1=False)
    user.projects("All projects").get_by_role("button", name="Bring back").click()
    user.wait_layers(added_1=True)


def test_two_tabs_see_each_others_changes_and_nothing_is_lost(user, address):  # noqa: F811
    user.decide("One")
    user.wait_for_map("truce-holds")
    other = ProjectSteps(user.page.context.new_page(), f"{address}?map={user.open_map()}")
    other.wait_layers(added_1=True)
    other.page.evaluate("document.querySelector('iframe').dataset.seen = 'yes'")
    before = other.center()
    user.decide("Two", "39.6, 46.2")
    other.wait_layers(added_2=True)
    other.says("Somebody else")
    assert other.page.evaluate("document.querySelector('iframe').dataset.seen") == "yes"
    assert other.center() == before
    other.decide("Three", "39.7, 46.1")
    user.wait_layers(added_3=True)
    user.wait_layers(added_2=True)


def test_a_project_file_is_downloaded_and_opened_again(user, tmp_path):
    user.decide("Depot")
    dialog = user.projects()
    with user.page.expect_download() as download:
        dialog.get_by_role("button", name="Download file").click()
    file = tmp_path / "mailed map.marchland"
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"SQLite format 3")
    first = user.open_map()
    dialog.get_by_role("tab", name="All projects").click()
    user.upload("Open a project file", file)
    dialog.get_by_role("button", name="Open this file").click()
    user.page.wait_for_function("first => !location.search.includes(first)", arg=first)
    user.wait_layers(added_1=True)


@pytest.mark.parametrize("content", [b"no project", b"SQLite format 3\0" + b"\0" * 200])
def test_a_file_that_is_no_project_is_one_sentence(user, tmp_path, content):
    file = tmp_path / "bad.marchland"
    file.write_bytes(content)
    dialog = user.projects("All projects")
    user.upload("Open a project file", file)
    dialog.get_by_role("button", name="Open this file").click()
    user.says("no project of Marchland")
    assert "Traceback" not in user.page.inner_text("body")


def test_versions_say_what_changed_and_lead_back(user):
    user.decide("Depot")
    dialog = user.projects("Versions")
    dialog.get_by_label("Name of the map as it is now").fill("as published")
    dialog.get_by_role("button", name="Keep").click()
    user.idle()
    user.decide("Hospital", "39.6, 46.2")
    dialog = user.projects("Versions")
    dialog.get_by_text("New: Hospital").wait_for()
    assert not dialog.get_by_text("New: Depot").count()
    dialog.get_by_role("button", name="Go back to this version").click()
    user.wait_layers(added_2=False)
    user.wait_layers(added_1=True)
    user.press("Redo")
    user.wait_layers(added_2=True)


def test_the_log_knows_who(user, page_server):
    dialog = user.projects()
    name = dialog.get_by_role("textbox", name="Your name, for the log")
    name.fill("Ana <i>K.</i>")
    name.press("Enter")
    user.idle()
    user.page.keyboard.press("Escape")
    user.decide("Depot")
    user.wait_for_map("truce-holds")
    entries = Projects(page_server[1] / "projects").read(user.open_map()).entries
    assert entries[-1].who == "Ana <i>K.</i>"
    assert entries[-1].step.place.name == "Depot"


def test_an_address_of_a_map_that_is_not_there_is_told_and_opens_the_example(browser_page, address):  # noqa: F811
    user = ProjectSteps(browser_page, f"{address}?map=../../etc/passwd")
    user.says("not here")
    user.article.get_by_text("Pashinyan told").wait_for()


def test_hostile_names_in_the_list_the_bar_and_the_log_show_as_text(user, page_server):
    store = Projects(page_server[1] / "projects")
    for text in hostile_texts():
        note = LogEntry(number=1, step=Annotate(feature_id=text, note=text), who=text)
        store.create(text, News(entries=(note,)))
    user.again()
    title = user.page.title()
    dialog = user.projects("All projects")
    dialog.get_by_text("<script>window.pwned=1</script>", exact=True).first.wait_for()
    assert dialog.get_by_text("javascript:window.pwned=1//").count()
    for name in ("<img src=x onerror=", "${window.pwned=1}"):
        found = next(one for one in store.list() if one.name.startswith(name))
        dialog.locator(f".st-key-open-{found.id} button").click()
        user.wait_for_map(found.id)
        user.page.get_by_role("tab", name="Decisions").click()
        user.idle()
        dialog = user.projects("This map")
        dialog.get_by_text("These decisions fit nothing").wait_for()
        dialog.get_by_role("tab", name="All projects").click()
    for frame in user.page.frames:
        assert frame.evaluate("window.pwned === undefined")
        assert frame.evaluate("document.querySelectorAll('[onerror],[onload],[ontoggle],[onmouseover]').length") == 0
    assert user.page.title() == title
