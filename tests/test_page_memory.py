"""What the page keeps in memory for all its sessions, and what it lets go."""

import gc
import weakref

import pytest

from geo.ui import cache


@pytest.fixture
def settle(monkeypatch):
    def now():
        monkeypatch.setattr(cache, "_settled", [-cache.SETTLE_S])
        cache.settle()

    yield now
    gc.unfreeze()


class Session:
    """Something that holds itself, as sessions do."""

    def __init__(self):
        self.own = self


def test_what_is_kept_is_left_out_of_collections_and_what_a_session_left_is_not(settle):
    kept, gone = Session(), Session()
    ended = weakref.ref(gone)
    settle()
    assert gc.get_freeze_count() > 1000
    assert all(one is not kept for one in gc.get_objects())
    del gone
    settle()
    assert ended() is None


def test_one_settling_is_enough_for_many_sessions(settle):
    settle()
    before = gc.get_freeze_count()
    more = [Session() for _ in range(5000)]
    cache.settle()
    assert gc.get_freeze_count() < before + len(more)
