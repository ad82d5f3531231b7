"""The parts of the page; each owns its widgets."""
