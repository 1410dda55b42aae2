"""What is asked or shown on top of any screen: a folder, an article, a file to write to, former texts, all keys.

A dialog of one feature alone stands in that feature's folder.
"""
