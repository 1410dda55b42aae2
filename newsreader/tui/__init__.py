"""The interface in the terminal, on Textual: a folder for each thing that a user looks at.

`app` knows all screens and hands itself to them as a `host`; `main` joins lists, text and search on one screen; pages
and dialogs open on top of it. A folder imports only those that pyproject.toml lists below it, so that it can be
read with what it is made of, and without what it is a part of.
"""

import os

# Textual reads it once, when it is imported. It paints at most so often, and after a picture that took longer than one
# period it waits for the end of the next: with its own 60 that was up to 33 ms in which an answer lay ready. Measured
# from key to results at 100,000 articles: p95 75 ms, where it was 98.
os.environ.setdefault("TEXTUAL_FPS", "120")
