"""What can be done with the article under the cursor, on every screen that has one.

A key that marked an article on one screen and did nothing, or something else, on the next would have to be learnt anew
for each of them.
"""
