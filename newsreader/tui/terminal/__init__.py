"""The terminal and the system around the program: the way of a key, signals, the editor, the indexer's process.

Textual leaves these to the program, and what is lost or hung here is lost for every screen.
"""
