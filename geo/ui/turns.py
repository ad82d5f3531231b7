"""Whose turn it is where several people act at once: one after the other gets a map, and all else is drawn after that.

Python computes one thing at a time anyway; side by side, everybody would have to wait as long as the last.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Condition

AT_ONCE = 2  # one computes while the other's edit goes to the disk
LONGEST_S = 0.5  # that one part of a page gives way to the maps of others


class Turns:
    """Who acted and has no map yet; safe to use from several threads. Nobody waits for one who never comes back."""

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self.longest_s = longest_s
        self._until: dict[Hashable, float] = {}  # whose turn it is, and when it ends at the latest
        self._asking = self._after = 0
        self._changed = Condition()

    def begin(self, who: Hashable) -> None:
        """Wait for a turn, and take it until there is a map."""
        with self._changed:
            self._asking += 1
            self._wait(4 * self.longest_s, lambda: len(self._live(but=who)) >= AT_ONCE)
            self._asking -= 1
            self._until[who] = time.monotonic() + 2 * self.longest_s

    def end(self, who: Hashable) -> None:
        """Take note that somebody has the map, or waits for none."""
        with self._changed:
            if self._until.pop(who, None) is not None:
                self._changed.notify_all()

    @contextmanager
    def after(self) -> Iterator[None]:
        """Do something once nobody waits for a map, few at a time, but no later than is bearable."""
        with self._changed:
            self._wait(self.longest_s, lambda: bool(self._asking or self._after >= AT_ONCE or self._live()))
            self._after += 1
        try:
            yield
        finally:
            with self._changed:
                self._after -= 1
                self._changed.notify_all()

    def _live(self, but: Hashable = None) -> list[Hashable]:
        now = time.monotonic()
        return [who for who, until in self._until.items() if until > now and who != but]

    def _wait(self, longest_s: float, busy: Callable[[], bool]) -> None:
        enough = time.monotonic() + longest_s
        while busy() and (left := enough - time.monotonic()) > 0:
            self._changed.wait(min(left, self.longest_s / 4))


TURNS = Turns()
