"""All that can be done with a library, for the command line and the interface alike.

Whatever both of them do is done here once, on values; neither opens a database, an index or a file by itself.
"""
