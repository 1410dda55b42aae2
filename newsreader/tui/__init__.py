"""The interface in the terminal."""

import os

# Textual reads it once, when it is imported. It paints at most so often, and after a picture that took longer than one
# period it waits for the end of the next: with its own 60 that was up to 33 ms in which an answer lay ready. Measured
# from key to results at 100,000 articles: p95 75 ms, where it was 98.
os.environ.setdefault("TEXTUAL_FPS", "120")
