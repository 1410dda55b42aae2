"""Words as numbers, and what is worked out of them by arrays: vocabularies, signatures, tables of common stems.

Index and stories both need the words of every text. Here they are cut and counted once, in a form that NumPy takes by
the thousand, and not by each of them word for word.
"""
