"""Two articles side by side: what both say, what only one says, and how the words differ.

`screen` compares in a lane and answers keys; `content`, `plan` and `layout` turn the comparison into cells in their
places, and `view` draws only those lines that are on the screen: articles can be long.
"""
