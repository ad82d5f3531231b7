"""Every row of disputes.toml: fields, dates, shape, reference."""

import tomllib
from datetime import date

import pytest
import shapely

from geo.borders import WorldView
from geo.errors import BordersError
from geo.stores.borders import open_borders
from geo.stores.files import data_file

RECORD = tomllib.loads(data_file("gazetteer/disputes.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def disputes():
    return {dispute.id: dispute for dispute in open_borders().disputes()}


def test_states_are_named_and_not_coded(disputes):
    karabakh = disputes["ml:nagorno-karabakh"]
    assert karabakh.claimants[0] == "Azerbaijan"
    assert "Russia for the most part" in {period.controls for period in disputes["ml:luhansk"].periods}


def test_there_are_at_least_thirty(disputes):
    assert len(disputes) >= 30


@pytest.mark.parametrize("row", RECORD["dispute"], ids=lambda row: row["id"])
def test_every_dispute_is_whole(row, disputes):
    dispute = disputes[row["id"]]
    assert row["id"].startswith("ml:")
    assert row["note"]
    assert dispute.claimants
    assert dispute.periods
    assert len(dispute.reference) > 5
    assert row["checked"]  # what of it was looked up, or that nothing was
    assert dispute.shape.is_valid
    assert not dispute.shape.is_empty
    assert (dispute.shape.area == 0) == (row.get("kind") == "line")


@pytest.mark.parametrize("row", RECORD["dispute"], ids=lambda row: row["id"])
def test_periods_follow_each_other(row):
    periods = row["periods"]
    for before, after in zip(periods, periods[1:], strict=False):
        assert before["since"] < before["until"] <= after["since"]
    assert periods[-1].get("until") is None or periods[-1]["since"] < periods[-1]["until"]


def test_nagorno_karabakh_has_had_four_states(disputes):
    dispute = disputes["ml:nagorno-karabakh"]
    assert len(dispute.periods) == 4
    assert dispute.shape.contains(shapely.Point(46.75, 39.82))


def test_a_map_of_stepanakert_touches_nagorno_karabakh():
    touched = {dispute.id for dispute in open_borders().disputes_touched(shapely.Point(46.75, 39.82).buffer(0.1))}
    assert "ml:nagorno-karabakh" in touched


def test_a_map_of_lisbon_touches_nothing():
    assert not open_borders().disputes_touched(shapely.Point(-9.14, 38.74).buffer(0.1))


@pytest.mark.parametrize("row", RECORD["land"], ids=lambda row: row["atom"])
def test_every_piece_of_land_says_whose_it_is(row):
    assert open_borders().atom(row["atom"])
    assert row["reference"]
    assert row["un"] in (*row["claimants"], "")
    assert all(period["holds"] in (*row["claimants"], "") for period in row["de_facto"])


def test_south_sudan_is_land_of_sudan_before_its_independence_in_every_view():
    borders, juba = open_borders(), shapely.Point(31.6, 4.85)
    for name in ("de facto", "UN", "SS"):
        before, after = (WorldView(name=name, as_of=date(2011, 7, day)) for day in (8, 9))
        assert borders.territory("SD", before).land.contains(juba)
        assert borders.territory("SS", after).land.contains(juba)
        with pytest.raises(BordersError, match="SS is part of SD"):
            borders.territory("SS", before)
    assert borders.territory("SD", WorldView(as_of=date(2011, 7, 8))).land.is_valid
    assert not borders.shared_border("SD", "SS", WorldView(as_of=date(2011, 7, 9))).line.is_empty
