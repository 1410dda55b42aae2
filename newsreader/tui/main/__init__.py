"""The main screen: query, sidebar, list and text.

`screen` composes it and joins its parts; what each of them does stands here or in the folder of its feature. Only the
app imports this folder: a feature that knew the main screen could be used, tested and read only with all of it.
"""
