"""One run: what brings catalogue, index and stories up to date with the folders.

It is the only writer of the cache. The caller holds the library's lock: two runs at once would damage the index.
"""
