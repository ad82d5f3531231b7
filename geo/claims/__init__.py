"""What the article asserts that can be drawn or counted."""
