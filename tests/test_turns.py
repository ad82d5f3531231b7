"""Whose map is drawn first where several people act at once."""

from threading import Thread

import pytest

from geo.ui.turns import AT_ONCE, Turns

LONG_S = 600.0


@pytest.fixture
def turns():
    """Have turns that are all taken."""
    made = Turns(LONG_S)
    for number in range(AT_ONCE):
        made.begin(number)
    return made


def waiting(act):
    """Start something that has to wait, and see it wait."""
    thread = Thread(target=act, daemon=True)
    thread.start()
    thread.join(0.2)
    assert thread.is_alive()
    return thread


def test_who_acts_gets_a_turn_once_somebody_has_a_map(turns):
    thread = waiting(lambda: turns.begin("late"))
    turns.end(0)
    thread.join(LONG_S)


def test_who_acts_again_does_not_wait_for_oneself(turns):
    turns.begin(0)


def test_tables_are_drawn_once_everybody_has_a_map(turns):
    drawn = []

    def draw():
        with turns.after():
            drawn.append("table")

    thread = waiting(draw)
    for number in range(AT_ONCE):
        assert drawn == []
        turns.end(number)
    thread.join(LONG_S)
    assert drawn == ["table"]


def test_what_goes_wrong_after_the_maps_keeps_nobody_from_the_next():
    turns = Turns(LONG_S)
    for _ in range(AT_ONCE + 1):
        with pytest.raises(ZeroDivisionError), turns.after():
            raise ZeroDivisionError


def test_nobody_waits_for_one_who_never_comes_back():
    turns = Turns(0.01)
    for number in range(3 * AT_ONCE):
        turns.begin(number)
    with turns.after():
        pass
