"""The version of what the index holds: apart, so that a run with nothing to do need not load Whoosh to compare it."""

SCHEMA_VERSION = 2
"""Raised whenever the same text would give other terms: an older index is then built anew."""
