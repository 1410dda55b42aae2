"""A story's page: its articles in the order of time, what they share, and the user's word on what belongs together.

`screen` shows it; `fetch` reads it, `overlaps` and `correcting` compare and correct in lanes of their own.
"""
