"""A terminal news reader for articles kept as files."""

__version__ = "0.1.0"
