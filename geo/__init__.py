"""Marchland: news reports into a conflict map that can be defended."""

__version__ = "0.1.0"
