"""What belongs to the user: tags, marks, notes, saved searches, corrections, former texts, the library's folders.

Nothing else can bring it back, so every change is on disk when a call returns, and it is dumped as text once a day.
What can be made anew from the files is not here but in the cache.
"""
