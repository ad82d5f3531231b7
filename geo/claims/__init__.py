"""What the article asserts that can be drawn or counted."""

from geo.claims.find import find_claims

__all__ = ["find_claims"]
