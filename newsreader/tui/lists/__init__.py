"""The lists of articles and stories on the main screen.

`browser` asks for them and shows what comes; `fetch` looks it up off the event loop; `listing` has the values that pass
between. The lists keep only the rows near the place in view, as a library may have 100,000 articles.
"""
