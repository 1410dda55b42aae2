"""Files of records: JSON, JSON Lines and tables, as programs export articles.

The three readers find the records; `articles` makes articles of them, by the names in `formats.fields`.
"""
