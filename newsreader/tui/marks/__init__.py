"""What the user says about articles: tags, read and starred, notes; done in order, with a way back.

`changes` does it through the engine and remembers how it is undone, for all screens; `marking` runs it in a lane and
tells the screen.
"""
