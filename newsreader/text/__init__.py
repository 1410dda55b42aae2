"""Plain text: cleaned, cut into sentences, read as dates or JSON, and marked with spans of characters.

The lowest layer. It knows no articles and no files, so that everything above can use it; what is said here about
which characters are safe or equal holds in the whole program.
"""
