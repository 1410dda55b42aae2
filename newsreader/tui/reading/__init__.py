"""The text of an article: opening it, drawing it, remembering the place, and what in it is new.

`reader` says which article it is and `pane` shows it; `novelties` finds out while the user rests what earlier articles
of its story have said already.
"""
